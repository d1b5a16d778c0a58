"""The courier as a whole process: it delivers, waits, stops, comes back, and tells nobody anything personal."""

import json
import socket
import threading
from datetime import UTC, datetime

import courier_city as moods
import pytest
from courier_city import LittleCity, problem
from courier_parcels import parcel
from courier_process import CourierProcess

from kiosk.courier.parcel import CityAnswer, State
from kiosk.courier.spool import Spool

NEVER = threading.Event()


@pytest.fixture
def spool(tmp_path):
    with Spool(tmp_path / "spool.sqlite3", 500) as spool:
        yield spool


def answer(spool, name, seconds=20):
    return spool.wait_for_answer(parcel(name).transaction_id, seconds, NEVER)


def test_from_the_spool_to_the_receipt_and_back(trust, tmp_path, spool):
    with LittleCity(trust) as city, CourierProcess(trust, tmp_path, city.url, watchdog_seconds=90) as courier:
        courier.hear(b"READY=1")
        courier.hear(b"STATUS=0 waiting")
        spool.put(parcel("a"))  # rings: without the bell it would be looked for after 15 seconds
        found = answer(spool, "a", seconds=8)
        assert found == CityAnswer(State.ACCEPTED, city.stored[parcel("a").transaction_id][1])
        assert courier.stop() == 0
        courier.hear(b"STOPPING=1")


def test_a_refusal_reaches_the_kiosk(trust, tmp_path, spool):
    spool.put(parcel("a"))
    with LittleCity(trust, moods=[moods.revoked]) as city, CourierProcess(trust, tmp_path, city.url):
        assert answer(spool, "a") == CityAnswer(State.REFUSED, code="certificate-revoked")


def test_every_kind_of_trouble_ends_in_one_record(trust, tmp_path, spool):
    troubles = [
        moods.busy,
        moods.cut_before,
        moods.answer_lost,
        moods.half_answer,
        moods.portal,
        moods.other_signature,
        moods.broken,
    ]
    spool.put(parcel("a"))
    with LittleCity(trust, moods=troubles) as city, CourierProcess(trust, tmp_path, city.url):
        assert answer(spool, "a").state is State.ACCEPTED
        assert len(city.requests) == len(troubles) + 1
        assert len(set(city.requests)) == 1  # the same id, the same bytes, each time
        assert len(city.stored) == 1


def test_the_wait_survives_a_killed_courier(trust, tmp_path, spool):
    def busy(*_):
        return problem(503, "busy", Retry_After="600")

    spool.put(parcel("a"))
    with LittleCity(trust, moods=[busy] * 9) as city:
        with CourierProcess(trust, tmp_path, city.url) as courier:
            courier.hear(b"STATUS=1 waiting")
            courier.kill()
        assert 500 < (spool.next_turn() - datetime.now(UTC)).total_seconds() <= 600
        with CourierProcess(trust, tmp_path, city.url) as courier:
            courier.hear(b"STATUS=1 waiting")
            assert courier.stop() == 0
        assert len(city.requests) == 1


def test_an_attempt_that_kills_the_courier_is_not_hurried_into_again(trust, tmp_path, spool):
    spool.put(parcel("a"))
    with LittleCity(trust, moods=[moods.late]) as city:
        with CourierProcess(
            trust, tmp_path, city.url, courier__first_wait=300.0, courier__longest_wait=900.0
        ) as courier:
            assert city.wait_until(lambda city: city.requests)
            courier.kill()
        assert (spool.next_turn() - datetime.now(UTC)).total_seconds() > 100


def test_a_backlog_goes_as_soon_as_the_city_is_back(trust, tmp_path, spool):
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    names = [str(number) for number in range(40)]
    for name in names:
        spool.put(parcel(name))
    with CourierProcess(trust, tmp_path, f"https://127.0.0.1:{port}") as courier:
        courier.hear(b"STATUS=40 waiting")
        with LittleCity(trust, port=port) as city:
            assert city.wait_until(lambda city: len(city.stored) == 40)
            assert all(answer(spool, name).state is State.ACCEPTED for name in names)
            assert len(city.requests) == 40
    assert courier.journal().count("courier.later") < 10  # one knocked at the door, the others waited behind


def test_one_that_never_gets_through_stops_nobody(trust, tmp_path, spool):
    def choose():
        return lambda city, txn, body: (
            moods.late(city, txn, body) if txn == parcel("poison").transaction_id else city.take(txn, body)
        )

    spool.put(parcel("poison"))
    for name in "abc":
        spool.put(parcel(name))
    with LittleCity(trust, choose=choose) as city, CourierProcess(trust, tmp_path, city.url):
        assert {answer(spool, name).state for name in "abc"} == {State.ACCEPTED}


def test_an_answer_that_drips_is_ended_and_life_goes_on(trust, tmp_path, spool):
    spool.put(parcel("a"))
    with LittleCity(trust, moods=[moods.drip]) as city, CourierProcess(trust, tmp_path, city.url) as courier:
        assert city.wait_until(lambda city: city.requests)
        courier.hear(b"WATCHDOG=1")
        courier.hear(b"WATCHDOG=1")
        assert answer(spool, "a").state is State.ACCEPTED
        assert '"reason": "too-slow"' in courier.journal()


def test_stopping_does_not_wait_for_a_silent_city(trust, tmp_path, spool):
    spool.put(parcel("a"))
    with (
        LittleCity(trust, moods=[moods.late]) as city,
        CourierProcess(trust, tmp_path, city.url, courier__answer_timeout=600.0) as courier,
    ):
        assert city.wait_until(lambda city: city.requests)
        assert courier.stop() == 0
        assert '"reason": "stopped"' in courier.journal()
    assert spool.answer(parcel("a").transaction_id) == CityAnswer(State.WAITING)


def test_delivery_can_be_turned_off_and_on(trust, tmp_path, spool):
    with (
        LittleCity(trust) as city,
        CourierProcess(trust, tmp_path, city.url) as courier,
        socket.socket(socket.AF_UNIX) as switch,
    ):
        courier.hear(b"READY=1")
        switch.connect(str(tmp_path / "courier.sock"))
        lines = switch.makefile("rw")

        def say(command):
            lines.write(json.dumps({"do": command}) + "\n")
            lines.flush()
            return json.loads(lines.readline())

        assert say("pause") == {"paused": True, "waiting": 0}
        spool.put(parcel("a"))
        courier.hear(b"STATUS=1 waiting")  # woken by the bell, it saw the application and left it
        assert say("state") == {"paused": True, "waiting": 1}
        assert city.requests == []
        assert say("resume")["paused"] is False
        assert answer(spool, "a").state is State.ACCEPTED
        assert "error" in say("explode")
        lines.close()


def test_bytes_that_changed_on_the_disk_are_never_sent(trust, tmp_path):
    path = tmp_path / "spool.sqlite3"
    with Spool(path, 5) as spool:
        spool.put(parcel("a"))
        spool.put(parcel("b"))
    file = bytearray(path.read_bytes())
    file[file.index(parcel("a").sealed[100:120])] ^= 0x10
    path.write_bytes(file)
    with Spool(path, 5) as spool, LittleCity(trust) as city, CourierProcess(trust, tmp_path, city.url):
        assert answer(spool, "a") == CityAnswer(State.REFUSED, code="damaged-in-spool")
        assert answer(spool, "b").state is State.ACCEPTED
        assert {txn for txn, _ in city.requests} == {parcel("b").transaction_id}


def test_the_journal_has_codes_and_holding_numbers_only(trust, tmp_path, spool):
    spool.put(parcel("a"))
    with LittleCity(trust, moods=[moods.busy]) as city, CourierProcess(trust, tmp_path, city.url) as courier:
        assert answer(spool, "a").state is State.ACCEPTED
        courier.stop()
    lines = [json.loads(line) for line in courier.journal().splitlines()]
    assert [line["event"] for line in lines] == [
        "courier.started",
        "courier.later",
        "courier.delivered",
        "courier.stopped",
    ]
    assert lines[2]["number"] == parcel("a").holding_number
    assert parcel("a").transaction_id not in courier.journal()


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        ({"courier__first_wait": -1}, "courier.first_wait"),
        ({"courier__colour": '"red"'}, "courier.colour"),
        ({"city__ca": '"/nonexistent/ca.pem"'}, "/nonexistent/ca.pem"),
        ({"city__receipt_key": '"README.md"'}, "README.md"),
    ],
)
def test_settings_that_cannot_be_used_are_told_and_nothing_starts(trust, tmp_path, sets, told):
    with CourierProcess(trust, tmp_path, "https://127.0.0.1:1", **sets) as courier:
        assert courier.process.wait(20) == 78
    assert told in courier.journal()
    assert "Traceback" not in courier.journal()


def test_a_spool_that_is_damaged_is_set_aside_delivered_from_and_told_by_a_code(trust, tmp_path):
    path = tmp_path / "spool.sqlite3"
    with Spool(path, 500) as spool:
        spool.put(parcel("kept"))
    with path.open("r+b") as file:
        file.write(b"this is no database, it only lies where one should be")
    with LittleCity(trust) as city, CourierProcess(trust, tmp_path, city.url) as courier:
        assert city.wait_until(lambda city: city.stored)
        assert list(city.stored) == [parcel("kept").transaction_id]
    assert (tmp_path / "spool.broken-1.sqlite3").exists()
    assert '"event": "spool-set-aside", "code": "S-01", "number": 1, "rescued": 1' in courier.journal()


def test_a_spool_that_cannot_be_made_ends_the_program(trust, tmp_path):
    (tmp_path / "spool.sqlite3").mkdir()
    with CourierProcess(trust, tmp_path, "https://127.0.0.1:1") as courier:
        assert courier.process.wait(20) == 78
    assert "spool.path" in courier.journal()
    assert "Traceback" not in courier.journal()
