"""Opening hours: on which days and between which times the kiosk takes applications, by the clock of Japan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JAPAN: Final = timezone(timedelta(hours=9), "JST")
LOOK_AHEAD: Final = 400  # days in which the next opening is looked for
DAY_MINUTES: Final = 24 * 60
_SPAN: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_CLOSED: Final = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})")
_LEAP_YEAR: Final = 2024  # has every day that a year can have


class HoursFaulty(ValueError):
    """Words that are no opening hours; says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the beginning of one minute of the day to the beginning of another."""

    begin: int
    end: int

    def holds(self, minute: int) -> bool:
        """Whether the minute lies within."""
        return self.begin <= minute < self.end


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A week, Monday first, and the days on which it does not hold; `yearly` are (month, day)."""

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def open_at(self, now: datetime) -> bool:
        """Whether the kiosk is open at this moment."""
        here = now.astimezone(JAPAN)
        return any(span.holds(here.hour * 60 + here.minute) for span in self._on(here.date()))

    def next_opening(self, now: datetime) -> datetime | None:
        """Return the first moment after `now` at which it opens, None where none is near."""
        here = now.astimezone(JAPAN)
        for ahead in range(LOOK_AHEAD):
            day = here.date() + timedelta(days=ahead)
            for span in self._on(day):
                opens = datetime.combine(day, time(), JAPAN) + timedelta(minutes=span.begin)
                if opens > here:
                    return opens
        return None

    def _on(self, day: date) -> tuple[Span, ...]:
        if day in self.closed or (day.month, day.day) in self.yearly:
            return ()
        return self.week[day.weekday()]


def spans(words: Iterable[str]) -> tuple[Span, ...]:
    """Read `08:30-12:00` and the like, in the order of the day; raises HoursFaulty."""
    found: list[Span] = []
    for word in words:
        match = _SPAN.fullmatch(word)
        if match is None:
            raise HoursFaulty(f'times such as "08:30-17:15" were expected, not "{word}"')
        hour, minute, until_hour, until_minute = map(int, match.groups())
        span = Span(hour * 60 + minute, until_hour * 60 + until_minute)
        if not (found[-1].end if found else 0) <= span.begin < span.end <= DAY_MINUTES:
            raise HoursFaulty(f'each time after the one before it, until 24:00, was expected, not "{word}"')
        found.append(span)
    return tuple(found)


def closed_days(words: Iterable[str]) -> tuple[frozenset[date], frozenset[tuple[int, int]]]:
    """Read `2026-12-29` (that day) and `12-29` (each year); raises HoursFaulty."""
    once: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    for word in words:
        match = _CLOSED.fullmatch(word)
        try:
            year, month, day = match.groups() if match else ("", "", "")
            found = date(int(year or _LEAP_YEAR), int(month), int(day))
        except ValueError:
            raise HoursFaulty(f'days such as "2026-12-29", or each year "12-29", were expected, not "{word}"') from None
        if year:
            once.add(found)
        else:
            yearly.add((found.month, found.day))
    return frozenset(once), frozenset(yearly)


def opening_hours(week: Sequence[Iterable[str]], closed: Iterable[str]) -> OpeningHours:
    """Return the opening hours of seven days' times, Monday first, and the closed days; raises HoursFaulty."""
    once, yearly = closed_days(closed)
    return OpeningHours(tuple(spans(day) for day in week), once, yearly)
