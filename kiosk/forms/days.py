"""Dates that a form takes: a day of birth has come, a day of moving is near today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.forms import formats
from kiosk.forms.problems import Problem, ProblemCode
from kiosk.text_input.eras import parse

if TYPE_CHECKING:
    from datetime import date

    from kiosk.forms.model import Field


def calendar_problem(field: Field, value: str, today: date | None) -> Problem | None:
    """Return why a date is not taken, None if it is; without `today` only what no calendar has is refused."""
    try:
        found = parse(value)
    except ValueError:
        return Problem(ProblemCode.DATE)
    if field.format == formats.BIRTH_DATE:
        if formats.too_early(found):
            return Problem(ProblemCode.TOO_EARLY)
        return Problem(ProblemCode.FUTURE) if today and found.year and found.earliest > today else None
    return _near(field, found.earliest, today) if today and found.year else None


def _near(field: Field, day: date, today: date) -> Problem | None:
    back, ahead = field.days_back, field.days_ahead
    if back is not None and day < today - timedelta(days=back):
        return Problem(ProblemCode.TOO_FAR_BACK, {"days": back}) if back else Problem(ProblemCode.PAST)
    if ahead is not None and day > today + timedelta(days=ahead):
        return Problem(ProblemCode.TOO_FAR_AHEAD, {"days": ahead}) if ahead else Problem(ProblemCode.FUTURE)
    return None
