"""The answers of a document against its form's own JSON Schema, once more: a kiosk's word for it is not enough."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker

from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from city.verification.document import Answer

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_FIRST_ERA = (1868, 1, 25)  # 明治; nobody who files was born before
_DAYS = 31

_CHECKER = FormatChecker(formats=["date"])


@_CHECKER.checks("partial-date")
def _is_partial_date(value: object) -> bool:
    """A date in which parts may be unknown: zeros, as the card has them."""
    return not isinstance(value, str) or _parts(value) is not None


@_CHECKER.checks("birth-date")
def _is_birth_date(value: object) -> bool:
    """A partial date not before the first era."""
    if not isinstance(value, str):
        return True
    parts = _parts(value)
    if parts is None:
        return False
    year, month, day = parts
    return not year or (year, month or 12, day or _DAYS) >= _FIRST_ERA


@_CHECKER.checks("clock-time")
def _is_clock_time(value: object) -> bool:
    """HH:MM of one day."""
    return not isinstance(value, str) or _CLOCK.fullmatch(value) is not None


def _parts(text: str) -> tuple[int, int, int] | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day


def check_answers(answers: Sequence[Answer], schema: Mapping[str, Any]) -> None:
    """Raise Refused unless the answers together are what the schema allows; names fields and keywords, never values."""
    given = {answer.field: answer.value for answer in answers}
    if len(given) != len(answers):
        raise Refused(Code.ANSWERS_INVALID, "answer twice")
    validator = Draft202012Validator(dict(schema), format_checker=_CHECKER)
    for error in validator.iter_errors(given):
        known = schema.get("properties", {})
        field = next((name for name in error.absolute_path if name in known), "document")
        raise Refused(Code.ANSWERS_INVALID, f"{field} {error.validator}")
