"""Opening hours: the clock of Japan, closed days, and the next opening; told to the journey by the clerk's rounds."""

from __future__ import annotations

import io
import queue
from datetime import UTC, datetime

import pytest

from kiosk.hours import JAPAN, HoursFaulty, OpeningHours, opening_hours
from kiosk.journal import Journal
from kiosk.journey.events import ServiceChanged
from kiosk.workers.health import Health
from kiosk.workers.timetable import Timetable
from tests.turned_clock import TurnedClock

WORKDAYS = [["08:30-12:00", "13:00-17:15"]] * 5
HOURS = opening_hours([*WORKDAYS, [], []], ["12-29", "2026-11-26"])


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(25, 8, 29), False),  # a Wednesday
        (at(25, 8, 30), True),
        (at(25, 11, 59), True),
        (at(25, 12), False),
        (at(25, 13), True),
        (at(25, 17, 14), True),
        (at(25, 17, 15), False),
        (at(26, 10), False),  # closed that day
        (at(28, 10), False),  # a Saturday
        (at(29, 10, month=12), False),  # closed each year
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), True),  # 8:30 of the 25th in Japan
    ],
)
def test_open_or_closed(moment: datetime, is_open: bool) -> None:
    assert HOURS.open_at(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(25, 3), at(25, 8, 30)),
        (at(25, 8, 30), at(25, 13)),  # open now: the one after it
        (at(25, 12, 30), at(25, 13)),
        (at(25, 17, 15), at(27, 8, 30)),  # over the closed Thursday
        (at(27, 18), at(30, 8, 30)),  # over the weekend
    ],
)
def test_the_next_opening(moment: datetime, opens: datetime) -> None:
    assert HOURS.next_opening(moment) == opens


def test_a_kiosk_that_never_opens_names_no_next_opening() -> None:
    assert opening_hours([[]] * 7, []).next_opening(at(25, 9)) is None


def test_a_day_may_be_open_until_midnight() -> None:
    always = opening_hours([["00:00-24:00"]] * 7, [])
    assert always.open_at(at(25, 0))
    assert always.open_at(at(25, 23, 59))


@pytest.mark.parametrize(
    "word", ["8:30-17:15", "08:30–17:15", "08:30-25:00", "17:15-08:30", "08:30-08:30", "24:00-24:30"]
)
def test_what_is_no_time_is_named(word: str) -> None:
    with pytest.raises(HoursFaulty) as told:
        opening_hours([[word], *[[]] * 6], [])
    assert word in str(told.value)


def test_a_leap_day_may_be_closed_each_year() -> None:
    hours = opening_hours([["09:00-17:00"]] * 7, ["02-29"])
    assert not hours.open_at(datetime(2028, 2, 29, 10, tzinfo=JAPAN))
    assert hours.open_at(datetime(2028, 2, 28, 10, tzinfo=JAPAN))


@pytest.mark.parametrize("word", ["29-12", "2026-13-01", "02-30", "tomorrow", ""])
def test_what_is_no_day_is_named(word: str) -> None:
    with pytest.raises(HoursFaulty, match="were expected"):
        opening_hours([[]] * 7, [word])


class Told:
    """The health with a timetable, and what it told the journey."""

    def __init__(self, hours: OpeningHours, now: datetime) -> None:
        self.mail: queue.SimpleQueue[ServiceChanged] = queue.SimpleQueue()
        self.clock = TurnedClock(now)
        self.health = Health(self.mail.put, Journal("kiosk", io.StringIO(), self.clock))
        self.timetable = Timetable(hours, self.clock, self.health)

    def look(self, now: datetime) -> list[ServiceChanged]:
        self.clock.moment = now
        self.timetable.look()
        found = []
        while not self.mail.empty():
            found.append(self.mail.get())
        return found


def test_closing_and_opening_are_told_once() -> None:
    told = Told(HOURS, at(25, 9))
    assert told.look(at(25, 17, 14)) == []
    closed = told.look(at(25, 17, 15))
    assert closed == [ServiceChanged(open=False, reason="hours", facts={"opens": "2026-11-27T08:30"})]
    assert told.look(at(26, 3)) == []
    assert told.look(at(27, 8, 30)) == [ServiceChanged(open=True)]


def test_a_clock_that_cannot_be_right_does_not_judge_the_hours() -> None:
    told = Told(HOURS, at(25, 3))
    told.clock.right = False
    assert told.look(at(25, 3)) == []


def test_outside_the_hours_nothing_else_is_said_and_a_lost_reader_is_told_all_the_same() -> None:
    told = Told(HOURS, at(25, 3))
    told.health.report("catalogue", well=False)
    told.look(at(25, 3))
    told.health.report("reader", well=False)
    lost = told.mail.get_nowait()
    assert (lost.reason, lost.reader) == ("hours", False)
    assert told.look(at(25, 9)) == [ServiceChanged(open=False, reason="catalogue")]
