"""A spool that SQLite cannot open is set aside, never deleted; what can be read of it goes on, and staff are told."""

from __future__ import annotations

import sqlite3

import pytest
from courier_parcels import NOON, parcel

from kiosk.courier.mending import legible, set_aside
from kiosk.courier.parcel import SpoolFailed, State
from kiosk.courier.spool import Spool

NAMES = [f"n{number}" for number in range(8)]
PAGE = 4096


def filled(path, size=6000):
    with Spool(path, 100, 20_000) as spool:
        for name in NAMES:
            spool.put(parcel(name, size))
        spool.answered(parcel("n0").transaction_id, b"{}", NOON)
        spool.sweep()


def spoil(path, at, what):
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


def sealed_in(spool):
    return {due.transaction_id: spool.sealed(due.transaction_id) for due in spool.due(NOON, 100)}


WAITING = {parcel(name).transaction_id: parcel(name, 6000).sealed for name in NAMES[1:]}


@pytest.mark.parametrize(
    ("at", "what"),
    [
        (0, b"not SQLite 3"),
        (0, bytes(PAGE)),  # header and schema gone
        (16, b"\xff\xff"),  # a page size that there is not
        (PAGE - 900, b"\xff" * 800),  # the schema's text
    ],
)
def test_what_can_be_read_goes_on_from_a_new_spool(tmp_path, at, what):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    broken = path.read_bytes()
    spoil(path, at, what)
    with Spool(path, 100, 20_000) as spool:
        assert (spool.mended.number, spool.mended.rescued) == (1, 7)
        assert sealed_in(spool) == WAITING
        spool.put(parcel("new", 6000))
    kept = tmp_path / "spool.broken-1.sqlite3"
    first = (tmp_path / "spool.broken-1.page").read_bytes()
    assert first != broken[:PAGE], "the page that was broken is kept as it was"
    assert kept.read_bytes()[PAGE : len(broken)] == broken[PAGE:], "and everything else too"
    with Spool(path, 100, 20_000) as spool:
        assert spool.mended is None, "told once"
        assert len(sealed_in(spool)) == 8


@pytest.mark.parametrize("answered", [True, False], ids=["accepted", "refused"])
def test_what_the_city_has_answered_is_not_sent_again(tmp_path, answered):
    """Also where its bytes are still there: a refusal keeps them until staff have seen it."""
    path = tmp_path / "spool.sqlite3"
    filled(path)
    over = parcel("n3").transaction_id
    with sqlite3.connect(path) as database:
        database.execute(
            "UPDATE parcel SET state = ?, answered_at = 0 WHERE transaction_id = ?",
            ("accepted" if answered else "refused", over),
        )
    database.close()
    spoil(path, 0, b"not SQLite 3")
    with Spool(path, 100, 20_000) as spool:
        assert sealed_in(spool) == {key: sealed for key, sealed in WAITING.items() if key != over}


def test_an_application_whose_index_is_damaged_is_read_without_it(tmp_path):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    with sqlite3.connect(path) as database:
        ((page,),) = database.execute(
            "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'sealed'"
        ).fetchall()
    database.close()
    spoil(path, (page - 1) * PAGE, bytes(PAGE))
    spoil(path, 0, b"not SQLite 3")
    with Spool(path, 100, 20_000) as spool:
        assert sealed_in(spool) == WAITING


def beheaded(folder):
    """Set aside a spool whose first page is none; return where it was, and that page."""
    path = folder / "spool.sqlite3"
    filled(path)
    spoil(path, 0, b"not SQLite 3")
    broken = path.read_bytes()[:PAGE]
    set_aside(path)
    return path, broken


def test_a_reading_that_was_cut_short_keeps_the_page_as_it_was(tmp_path):
    path, broken = beheaded(tmp_path)
    for _ in range(2):  # the power went before it was told
        assert {each.transaction_id for each in legible(path, 1)} == set(WAITING)
        assert (tmp_path / "spool.broken-1.page").read_bytes() == broken


READ = """
import sys
from pathlib import Path
from kiosk.courier.mending import legible
print(len(list(legible(Path(sys.argv[1]), 1))))
"""


def test_the_page_is_on_the_disk_before_another_is_laid_over_it(tmp_path, told_calls):
    """Or a power cut between the two leaves neither the old first page nor a note of it."""
    path, _ = beheaded(tmp_path)
    told = told_calls.run(READ, path, folder=tmp_path)
    assert told.ended.stdout == "7\n", told.ended.stderr
    kept = ["fsync spool.broken-1.page.part", "rename spool.broken-1.page.part spool.broken-1.page", "fsync ."]
    assert told.calls[:4] == [*kept, "fsync spool.broken-1.sqlite3"]


def test_a_mending_that_was_cut_before_the_page_was_laid_is_finished(tmp_path):
    path, broken = beheaded(tmp_path)
    (tmp_path / "spool.broken-1.page").write_bytes(broken)  # as far as it came
    assert {each.transaction_id for each in legible(path, 1)} == set(WAITING)
    assert (tmp_path / "spool.broken-1.page").read_bytes() == broken


def test_a_new_spool_never_finds_the_log_of_the_old_one(tmp_path):
    path = tmp_path / "spool.sqlite3"
    for name in ("spool.sqlite3", "spool.sqlite3-wal", "spool.sqlite3-shm"):
        (tmp_path / name).write_bytes(name.encode())
    set_aside(path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "spool.broken-1.sqlite3": b"spool.sqlite3",
        "spool.broken-1.sqlite3-wal": b"spool.sqlite3-wal",
    }


def test_a_file_with_nothing_left_in_it_is_kept_all_the_same(tmp_path):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    noise = b"\xa5" * path.stat().st_size
    path.write_bytes(noise)
    with Spool(path, 100, 20_000) as spool:
        assert (spool.mended.number, spool.mended.rescued) == (1, 0)
        spool.put(parcel("new", 6000))
        assert spool.waiting() == 1
    assert (tmp_path / "spool.broken-1.sqlite3").read_bytes()[PAGE:] == noise[PAGE:]
    assert (tmp_path / "spool.broken-1.page").read_bytes() == noise[:PAGE]


def test_an_application_whose_bytes_changed_is_never_taken_over(tmp_path):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    content = path.read_bytes()
    spoil(path, content.index(parcel("n3", 6000).sealed[100:160]), b"\0" * 60)
    spoil(path, 0, b"x" * 16)
    with Spool(path, 100, 20_000) as spool:
        assert spool.mended.rescued == 6
        found = sealed_in(spool)
    assert parcel("n3").transaction_id not in found
    assert all(WAITING[name] == sealed for name, sealed in found.items())


def test_a_second_one_gets_the_next_number(tmp_path):
    path = tmp_path / "spool.sqlite3"
    for number in (1, 2):
        filled(path)
        spoil(path, 0, b"x" * 16)
        with Spool(path, 100, 20_000) as spool:
            assert spool.mended.number == number
    assert sorted(kept.name for kept in tmp_path.glob("*.sqlite3")) == [
        "spool.broken-1.sqlite3",
        "spool.broken-2.sqlite3",
        "spool.sqlite3",
    ]


def test_a_rescue_that_was_cut_short_is_finished_at_the_next_start(tmp_path):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    spoil(path, 0, b"x" * 16)
    path.rename(tmp_path / "spool.broken-1.sqlite3")  # as far as it came before the power went
    with Spool(path, 100, 20_000) as spool:
        assert (spool.mended.number, spool.mended.rescued) == (1, 7)
        assert sealed_in(spool) == WAITING


def test_what_was_answered_meanwhile_is_not_sent_again(tmp_path):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    spoil(path, 0, b"x" * 16)
    with Spool(path, 100, 20_000) as spool:
        spool.answered(parcel("n1").transaction_id, b"{}", NOON)
    (tmp_path / "spool.broken-1.told").unlink()
    with Spool(path, 100, 20_000) as spool:
        assert spool.answer(parcel("n1").transaction_id).state is State.ACCEPTED
        assert spool.waiting() == 6


def test_while_another_program_has_it_open_nothing_is_moved(tmp_path):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    with Spool(path, 100, 20_000):
        spoil(path, 0, b"x" * 16)
        with pytest.raises(SpoolFailed, match="SQLITE_NOTADB"):
            Spool(path, 100, 20_000)
        assert path.exists()
        assert not list(tmp_path.glob("*broken*"))


def test_a_disk_that_fails_is_no_damage(tmp_path):
    path = tmp_path / "spool.sqlite3"
    path.mkdir()
    with pytest.raises(SpoolFailed):
        Spool(path, 100, 20_000)
    assert not list(tmp_path.glob("*broken*"))


def test_a_sound_spool_is_never_touched(tmp_path):
    path = tmp_path / "spool.sqlite3"
    filled(path)
    with Spool(path, 100, 20_000) as spool:
        assert spool.mended is None
    assert sorted(kept.name for kept in tmp_path.iterdir() if "broken" in kept.name) == []
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
