import io
import json
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from kiosk.courier.parcel import SpoolFailed
from kiosk.courier.spool import Spool
from kiosk.journal import Journal, NotAFact, incident_code
from tests.turned_clock import TurnedClock


class Colour(StrEnum):
    RED = "red"


@pytest.fixture
def stream():
    return io.StringIO()


@pytest.fixture
def journal(stream):
    return Journal("kiosk", stream, TurnedClock(datetime(2026, 12, 1, 3, 0, tzinfo=UTC)))


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json(journal, stream):
    journal.note(
        "courier.delivered", number="K7P4-29XD", attempts=2, wait=0.5, held=False, code=None, colour=Colour.RED
    )
    assert lines(stream) == [
        {
            "at": "2026-12-01T03:00:00.000+00:00",
            "program": "kiosk",
            "level": "notice",
            "event": "courier.delivered",
            "number": "K7P4-29XD",
            "attempts": 2,
            "wait": 0.5,
            "held": False,
            "code": None,
            "colour": "red",
        }
    ]


@pytest.mark.parametrize(
    "value",
    [
        "鶴ヶ島　花子",
        "two words",
        "line\nbreak",
        "x" * 81,
        b"bytes",
        ["list"],
        {"a": 1},
        ValueError("x"),
        datetime(2026, 12, 1, tzinfo=UTC),
    ],
)
def test_only_simple_facts_get_in_and_the_refusal_does_not_tell_them(journal, stream, value):
    with pytest.raises(NotAFact) as refusal:
        journal.note("event", thing=value)
    assert str(refusal.value) == "thing"
    assert stream.getvalue() == ""


@pytest.mark.parametrize("event", ["", "Event", "two words", "a..b", "花子", "a\n"])
def test_events_have_codes(journal, event):
    with pytest.raises(NotAFact):
        journal.note(event)


@pytest.mark.parametrize("name", ["at", "program", "level"])
def test_a_fact_cannot_hide_the_head_of_the_line(journal, name):
    with pytest.raises(NotAFact):
        journal.note("event", **{name: "x"})


def test_journald_gets_priorities(stream):
    journal = Journal("kiosk", stream, TurnedClock(datetime(2026, 12, 1, 3, 0, tzinfo=UTC)), priorities=True)
    journal.note("a")
    journal.warn("b")
    journal.error("c")
    assert [line[:3] for line in stream.getvalue().splitlines()] == ["<5>", "<4>", "<3>"]


def test_an_incident_tells_type_and_place_and_never_the_message(journal, stream, tmp_path):
    with pytest.raises(SpoolFailed) as caught:
        Spool(tmp_path / "花子" / "spool", 1)
    code = journal.incident(caught.value)
    first, *_ = found = lines(stream)
    assert (first["event"], first["type"], first["incident"]) == ("incident", "SpoolFailed", code)
    assert first["place"].startswith("kiosk/courier/mending.py:")
    assert [line["depth"] for line in found] == list(range(len(found)))
    assert "花子" not in stream.getvalue()
    assert "No such file" not in stream.getvalue()


def test_the_same_fault_has_the_same_code_and_another_place_another(tmp_path):
    def spool_fails(path):
        with pytest.raises(SpoolFailed) as caught:
            Spool(path, 1)
        return caught.value

    first = incident_code(spool_fails(tmp_path / "a" / "b"))
    assert first == incident_code(spool_fails(tmp_path / "c" / "d"))
    assert len(first) == 4
    assert first != incident_code(ValueError())


def test_an_error_from_elsewhere_is_an_incident_too(journal, stream):
    journal.incident(ZeroDivisionError())
    assert lines(stream)[0]["place"] == "elsewhere"
