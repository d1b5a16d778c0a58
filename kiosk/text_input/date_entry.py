"""A date while it is typed: an era or the common era, then year, month and day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kiosk.text_input.eras import ERAS, Era, common_year, era_of, era_year, parse, within
from kiosk.text_input.latin import is_digit


class Part(StrEnum):
    """The three boxes of a date."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


_ORDER = (Part.YEAR, Part.MONTH, Part.DAY)
# A second digit can follow only these: there is no month 20 and no day 40.
_MAY_GROW = {Part.MONTH: "01", Part.DAY: "0123"}


@dataclass(frozen=True, slots=True, repr=False)
class DateEntry:
    """What has been typed; `era` None is the common era (西暦). `at` is the box that the next digit goes to."""

    era: Era | None
    year: str = ""
    month: str = ""
    day: str = ""
    at: Part = Part.YEAR

    def __repr__(self) -> str:
        return "<DateEntry>"

    @property
    def year_digits(self) -> int:
        """How many digits the year has room for."""
        return 2 if self.era else 4

    def choose(self, era: Era | None) -> DateEntry:
        """Take another era; the year is typed anew, month and day stay."""
        return self if era == self.era else replace(self, era=era, year="", at=Part.YEAR)

    def go(self, part: Part) -> DateEntry:
        """Put the caret into that box."""
        return replace(self, at=part)

    def insert(self, digit: str) -> DateEntry:
        """Add a digit to the box and go on to the next one when the box can hold no more."""
        box = self.box(self.at)
        if len(digit) != 1 or not is_digit(digit) or self._holds_all(self.at, box):
            return self
        grown = self._with(self.at, box + digit)
        return grown._onward() if grown._holds_all(self.at, box + digit) else grown  # noqa: SLF001 - one of its own

    def erase(self) -> DateEntry:
        """Take the last digit away; in an empty box, the last digit of the box before."""
        at = self.at
        if not self.box(at) and at is not Part.YEAR:
            at = _ORDER[_ORDER.index(at) - 1]
        return replace(self._with(at, self.box(at)[:-1]), at=at)

    def box(self, part: Part) -> str:
        """Return what has been typed into that box."""
        return {Part.YEAR: self.year, Part.MONTH: self.month, Part.DAY: self.day}[part]

    @property
    def complete(self) -> bool:
        """Whether something is typed in every box."""
        return bool(self.month and self.day) and (bool(self.year) if self.era else len(self.year) == self.year_digits)

    @property
    def iso(self) -> str | None:
        """The date as `YYYY-MM-DD`; None while it is incomplete or when no calendar has it."""
        if not self.complete:
            return None
        year = common_year(self.era, int(self.year)) if self.era else int(self.year)
        try:
            day = date(year, int(self.month), int(self.day))
        except ValueError:
            return None
        return None if self.era and not within(self.era, day) else day.isoformat()

    @property
    def impossible(self) -> bool:
        """Whether every box is filled, but with a day that no calendar or not this era has."""
        return self.complete and self.iso is None

    def _with(self, part: Part, text: str) -> DateEntry:
        if part is Part.YEAR:
            return replace(self, year=text)
        return replace(self, month=text) if part is Part.MONTH else replace(self, day=text)

    def _holds_all(self, part: Part, text: str) -> bool:
        if part is Part.YEAR:
            return len(text) >= self.year_digits
        return len(text) >= 2 or (len(text) == 1 and text not in _MAY_GROW[part])

    def _onward(self) -> DateEntry:
        return replace(self, at=_ORDER[min(_ORDER.index(self.at) + 1, 2)])


def start_date(iso: str | None = None, era_id: str = "S") -> DateEntry:
    """Open a date for typing: empty in an era, or filled with an earlier answer; unknown parts become empty boxes."""
    if not iso:
        return DateEntry(next(era for era in ERAS if era.id == era_id))
    found = parse(iso)
    era = era_of(found.earliest) if found.year else None
    year = (f"{era_year(era, found.year)}" if era else f"{found.year:04}") if found.year else ""
    return DateEntry(era, year, f"{found.month or ''}", f"{found.day or ''}")
