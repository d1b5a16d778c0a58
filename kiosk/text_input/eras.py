"""和暦: Japanese eras, from dates to their names and back; dates with unknown parts included.

An ISO date here is `YYYY-MM-DD` in which `00` stands for a month or day, and `0000` for a year, that nobody knows.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

UNKNOWN = 0
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Era:
    """One era: `id` is its letter as on forms, `first` its first day; it ends on the day before the next begins."""

    id: str
    name: str
    latin: str
    first: date


ERAS: tuple[Era, ...] = (
    Era("M", "明治", "Meiji", date(1868, 1, 25)),
    Era("T", "大正", "Taisho", date(1912, 7, 30)),
    Era("S", "昭和", "Showa", date(1926, 12, 25)),
    Era("H", "平成", "Heisei", date(1989, 1, 8)),
    Era("R", "令和", "Reiwa", date(2019, 5, 1)),
)

# Not calendar.month_name, which follows the process's locale.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date in which parts may be unknown (0): a day only with its month known, a month only with its year known."""

    year: int
    month: int
    day: int

    @property
    def iso(self) -> str:
        """The date as `YYYY-MM-DD`."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def earliest(self) -> date:
        """The first day that it can be; raises ValueError when even the year is unknown."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can be; raises ValueError when even the year is unknown."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def parse(text: str) -> PartialDate:
    """Read an ISO date; raises ValueError, without the text, for what no calendar has."""
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError("not YYYY-MM-DD")
    found = PartialDate(*(int(part) for part in match.groups()))
    if (found.month and not found.year) or (found.day and not found.month):
        raise ValueError("a part is known below an unknown one")
    if found.year:
        _ = found.earliest, found.latest
    return found


def era_of(day: date) -> Era | None:
    """Return the era of the day; None before Meiji."""
    return next((era for era in reversed(ERAS) if era.first <= day), None)


def era_year(era: Era, year: int) -> int:
    """Return the year of the era (1 is 元年) for a year of the common era."""
    return year - era.first.year + 1


def common_year(era: Era, year: int) -> int:
    """Return the year of the common era for a year of the era."""
    return era.first.year + year - 1


def within(era: Era, day: date) -> bool:
    """Tell whether the day lies in the era: 昭和64年1月8日 never was."""
    return era_of(day) == era


def _year_in_japanese(found: PartialDate) -> str:
    eras: list[Era] = []
    for day in (found.earliest, found.latest):
        era = era_of(day)
        if era is None:
            return f"{found.year}年"
        if era not in eras:
            eras.append(era)
    # 1989 without its month is the last year of one era or the first of the next: both are said.
    return "／".join(f"{era.name}{_counted(era_year(era, found.year))}年" for era in eras)


def _counted(year: int) -> str:
    return "元" if year == 1 else str(year)


def in_japanese(found: PartialDate) -> str:
    """Return the date as forms have it: 昭和29年4月1日, 昭和29年4月（日不詳）, 昭和29年（月日不詳）, 不詳."""
    if not found.year:
        return "不詳"
    year = _year_in_japanese(found)
    if not found.month:
        return f"{year}（月日不詳）"
    if not found.day:
        return f"{year}{found.month}月（日不詳）"
    return f"{year}{found.month}月{found.day}日"


def in_english(found: PartialDate) -> str:
    """Return the date for readers of English: 1 April 1954, April 1954 (day unknown), unknown."""
    if not found.year:
        return "unknown"
    if not found.month:
        return f"{found.year:04} (month and day unknown)"
    month = _MONTHS[found.month - 1]
    return f"{found.day} {month} {found.year:04}" if found.day else f"{month} {found.year:04} (day unknown)"
