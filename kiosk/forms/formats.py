"""The formats of JSON Schema that forms may use, checked; the standard's own checker would let unknown ones pass.

`date` is the standard's. `partial-date` is a date in which parts may be unknown (zeros), as on the card.
`birth-date` is a partial date not before 明治 (25 January 1868); that it has come is checked where the day is known.
`clock-time` is `HH:MM` of one day.
"""

from __future__ import annotations

import re

from jsonschema import FormatChecker

from kiosk.text_input.eras import ERAS, PartialDate, parse

DATE = "date"
PARTIAL_DATE = "partial-date"
BIRTH_DATE = "birth-date"
CLOCK_TIME = "clock-time"
DATES = (DATE, PARTIAL_DATE, BIRTH_DATE)
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)

CHECKER = FormatChecker(formats=[DATE])


@CHECKER.checks(PARTIAL_DATE, raises=ValueError)
def _is_partial_date(value: object) -> bool:
    return not isinstance(value, str) or parse(value) is not None


@CHECKER.checks(BIRTH_DATE, raises=ValueError)
def _is_birth_date(value: object) -> bool:
    return not isinstance(value, str) or not too_early(parse(value))


@CHECKER.checks(CLOCK_TIME)
def _is_clock_time(value: object) -> bool:
    return not isinstance(value, str) or _CLOCK.fullmatch(value) is not None


def too_early(found: PartialDate) -> bool:
    """Tell whether the date lies wholly before the first era of the forms."""
    return bool(found.year) and found.latest < ERAS[0].first
