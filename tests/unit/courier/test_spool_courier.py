import sqlite3
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from courier_parcels import NOON, parcel

from kiosk.courier.parcel import (
    CityAnswer,
    ParcelConflict,
    ParcelDamaged,
    SpoolFailed,
    SpoolFull,
    State,
    holding_number,
)
from kiosk.courier.schema import connect
from kiosk.courier.spool import Spool

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def spool(tmp_path):
    with Spool(tmp_path / "spool.sqlite3", capacity=5, parcel_bytes=100_000) as spool:
        yield spool


def test_what_was_put_is_what_comes_out(spool):
    one = parcel()
    spool.put(one)
    (due,) = spool.due(LATER, 10)
    assert (due.transaction_id, due.holding_number, due.key_id) == (one.transaction_id, one.holding_number, one.key_id)
    assert due.attempts == 0
    assert spool.sealed(one.transaction_id) == one.sealed
    assert spool.answer(one.transaction_id) == CityAnswer(State.WAITING)
    assert spool.waiting() == 1


def test_it_survives_closing(tmp_path):
    with Spool(tmp_path / "s.sqlite3", 5) as spool:
        spool.put(parcel())
    with Spool(tmp_path / "s.sqlite3", 5) as spool:
        assert spool.sealed(parcel().transaction_id) == parcel().sealed


def test_the_same_twice_is_the_same_as_once(spool):
    spool.put(parcel())
    spool.put(parcel())
    assert spool.waiting() == 1


def test_other_bytes_under_the_same_id_are_refused(spool):
    spool.put(parcel())
    with pytest.raises(ParcelConflict):
        spool.put(replace(parcel(), sealed=b"others"))
    assert spool.sealed(parcel().transaction_id) == parcel().sealed


def test_a_full_spool_says_so_and_has_room_again_after_a_delivery(spool):
    for number in range(5):
        assert spool.room_left() == 5 - number
        spool.put(parcel(str(number)))
    assert spool.room_left() == 0
    with pytest.raises(SpoolFull):
        spool.put(parcel("one too many"))
    spool.answered(parcel("3").transaction_id, b"{}", LATER)
    assert spool.room_left() == 1
    spool.put(parcel("one too many"))


def test_nothing_larger_than_room_was_counted_for(spool):
    with pytest.raises(SpoolFull):
        spool.put(parcel(size=100_001))


def test_an_answer_is_kept_and_the_sealed_bytes_are_destroyed_on_the_disk(spool, tmp_path):
    spool.put(parcel("a", 50_000))
    spool.put(parcel("b"))
    spool.answered(parcel("a").transaction_id, b'{"receipt":1}', LATER)
    spool.sweep()
    assert spool.answer(parcel("a").transaction_id) == CityAnswer(State.ACCEPTED, b'{"receipt":1}')
    assert spool.waiting() == 1
    with pytest.raises(ParcelDamaged):
        spool.sealed(parcel("a").transaction_id)
    disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    sealed = parcel("a", 50_000).sealed
    assert not any(sealed[at : at + 32] in disk for at in range(0, 50_000, 500))
    assert parcel("b").sealed[:32] in disk  # the search would have found it


def test_a_refusal_is_final_and_shown(spool):
    spool.put(parcel())
    spool.refused(parcel().transaction_id, "certificate-revoked", LATER)
    spool.answered(parcel().transaction_id, b"{}", LATER)
    assert spool.answer(parcel().transaction_id) == CityAnswer(State.REFUSED, code="certificate-revoked")
    assert spool.due(LATER, 10) == []


def test_nothing_is_known_about_strangers(spool):
    assert spool.answer("stranger") is None
    assert spool.wait_for_answer("stranger", 10, threading.Event()) is None


def test_a_failed_attempt_waits_for_its_turn_over_a_restart(tmp_path):
    with Spool(tmp_path / "s.sqlite3", 5) as spool:
        spool.put(parcel())
        spool.begun(parcel().transaction_id, NOON + timedelta(seconds=40))
        spool.failed(parcel().transaction_id, NOON + timedelta(seconds=50), "busy")
    with Spool(tmp_path / "s.sqlite3", 5) as spool:
        assert spool.due(NOON + timedelta(seconds=49), 10) == []
        assert spool.next_turn() == NOON + timedelta(seconds=50)
        (due,) = spool.due(NOON + timedelta(seconds=50), 10)
        assert due.attempts == 1


def test_an_attempt_that_killed_the_courier_is_counted(spool):
    spool.put(parcel())
    spool.begun(parcel().transaction_id, LATER)
    assert spool.due(NOON, 10) == []
    assert [due.attempts for due in spool.due(LATER, 10)] == [1]


def test_while_the_city_is_away_everything_waits_and_then_everything_goes(spool):
    for name in "abc":
        spool.put(parcel(name))
    spool.hold(LATER)
    assert spool.due(NOON, 10) == []
    assert len(spool.due(LATER, 10)) == 3
    spool.release(NOON)
    assert len(spool.due(NOON, 10)) == 3


def test_a_release_leaves_those_alone_that_failed_by_themselves(spool):
    spool.put(parcel("a"))
    spool.failed(parcel("a").transaction_id, LATER, "server-error")
    spool.release(NOON)
    assert spool.due(NOON, 10) == []


def test_the_one_that_never_gets_through_does_not_stand_in_the_way(spool):
    spool.put(parcel("poison"))
    spool.put(parcel("good", created=NOON + timedelta(seconds=1)))
    spool.begun(parcel("poison").transaction_id, LATER)
    spool.hold(LATER)
    first = spool.due(LATER, 1)[0]
    assert first.transaction_id == parcel("good").transaction_id


def test_a_turn_set_by_a_clock_years_ahead_comes_now(spool):
    spool.put(parcel())
    spool.begun(parcel().transaction_id, NOON + timedelta(days=1500))
    assert len(spool.due(LATER, 10)) == 1


def test_tidying_forgets_old_answers_and_nothing_that_waits(spool):
    for name in ("accepted", "refused", "waiting"):
        spool.put(parcel(name))
    spool.answered(parcel("accepted").transaction_id, b"{}", NOON)
    spool.refused(parcel("refused").transaction_id, "form-unknown", NOON)
    spool.tidy(NOON + timedelta(days=6))
    assert spool.answer(parcel("accepted").transaction_id) is not None
    spool.tidy(NOON + timedelta(days=8))
    assert spool.answer(parcel("accepted").transaction_id) is None
    assert spool.answer(parcel("refused").transaction_id) is None
    assert spool.sealed(parcel("waiting").transaction_id) == parcel("waiting").sealed


def test_the_kiosk_hears_the_answer_while_it_waits(tmp_path, spool):
    spool.put(parcel())
    heard = []
    listener = threading.Thread(
        target=lambda: heard.append(spool.wait_for_answer(parcel().transaction_id, 30, threading.Event()))
    )
    listener.start()
    with Spool(tmp_path / "spool.sqlite3", 5, 100_000) as courier:
        courier.answered(parcel().transaction_id, b"{}", LATER)
    listener.join(10)
    assert heard == [CityAnswer(State.ACCEPTED, b"{}")]


def test_patience_ends_and_can_be_ended(spool):
    spool.put(parcel())
    assert spool.wait_for_answer(parcel().transaction_id, 0, threading.Event()) == CityAnswer(State.WAITING)
    stop = threading.Event()
    stop.set()
    assert spool.wait_for_answer(parcel().transaction_id, 30, stop) == CityAnswer(State.WAITING)


@pytest.mark.parametrize("at", [0, 1500, 2999])
def test_a_flipped_bit_is_never_sent(tmp_path, at):
    path = tmp_path / "s.sqlite3"
    with Spool(path, 5) as spool:
        spool.put(parcel())
    file = bytearray(path.read_bytes())
    where = file.index(parcel().sealed[at - at % 64 :][:8]) + at % 64
    file[where] ^= 1
    path.write_bytes(file)
    with Spool(path, 5) as spool, pytest.raises(ParcelDamaged):
        spool.sealed(parcel().transaction_id)


@pytest.mark.parametrize("label", ["transaction_id", "holding_number", "key_id"])
def test_a_label_that_changed_is_put_aside_and_the_others_go_on(tmp_path, label):
    path = tmp_path / "s.sqlite3"
    with Spool(path, 5) as spool:
        spool.put(parcel("a"))
        spool.put(parcel("b"))
    file = bytearray(path.read_bytes())
    where = file.rindex(getattr(parcel("a"), label).encode())
    file[where] = 0xFF
    path.write_bytes(file)
    with Spool(path, 5) as spool:
        good = set()
        for due in spool.due(LATER, 10):
            try:
                good.add(spool.sealed(due.transaction_id))
            except ParcelDamaged:
                spool.damaged(due.row, LATER)
        assert parcel("b").sealed in good
        assert len(spool.due(LATER, 10)) == len(good)


def test_four_threads_and_another_process_write_at_once(tmp_path, spool):
    elsewhere = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from courier_parcels import parcel; from kiosk.courier.spool import Spool\n"
        "with Spool(Path(sys.argv[1]), 1000) as spool:\n"
        "    [spool.put(parcel(f'other {n}')) for n in range(50)]\n"
    )
    arguments = [sys.executable, "-c", elsewhere, str(tmp_path / "spool.sqlite3"), sys.path[0]]
    with Spool(tmp_path / "spool.sqlite3", 1000) as roomy:
        other = subprocess.Popen([*arguments[:4], str(__file__).rpartition("/")[0]])
        threads = [
            threading.Thread(target=lambda name=name: [roomy.put(parcel(f"{name} {n}")) for n in range(50)])
            for name in "abcd"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert other.wait(30) == 0
        assert roomy.waiting() == 250


def test_files_are_for_owner_and_group_only(tmp_path, spool):
    spool.put(parcel())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o660}
    assert len(modes) == 5  # table, log, shared memory, reserve, lock


def test_nothing_but_labels_and_sealed_bytes_is_stored(spool, tmp_path):
    with sqlite3.connect(tmp_path / "spool.sqlite3") as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(parcel)")}
    connection.close()
    assert columns == {
        "transaction_id", "holding_number", "key_id", "created", "digest", "state",
        "attempts", "next_at", "reason", "receipt", "code", "answered_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("trusted_schema", 0), ("cell_size_check", 1)],
)
def test_every_connection_keeps_what_it_acknowledged_and_erases_what_it_deletes(tmp_path, setting, value):
    for _ in ("made", "opened again"):  # all but the journal's mode belong to the connection, not to the file
        connection = connect(tmp_path / "spool.sqlite3")
        assert connection.execute(f"PRAGMA {setting}").fetchone() == (value,)
        connection.close()


def test_a_place_where_nothing_can_be_made(tmp_path):
    with pytest.raises(SpoolFailed, match="No such file"):
        Spool(tmp_path / "absent" / "s.sqlite3", 5)


def test_a_spool_of_a_later_version_is_left_alone(tmp_path):
    path = tmp_path / "s.sqlite3"
    Spool(path, 5).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(SpoolFailed):
        Spool(path, 5)


def test_holding_numbers_are_easy_to_read_aloud_and_differ():
    numbers = {holding_number(parcel(str(n)).transaction_id) for n in range(500)}
    assert len(numbers) == 500
    assert all(len(number) == 9 and not set(number) & set("01IO") for number in numbers)
