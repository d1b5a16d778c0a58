"""Finding what looks like somebody's individual number (個人番号) in free text, so that it is never kept."""

from __future__ import annotations

import re

from kiosk.text_input.latin import half_width_digits

# As people write it: in one go, or in three groups of four.
_APART = r"[-\u2010-\u2015\u2212\uff0dー・. \u3000]?"
_TWELVE = re.compile(rf"(?<![0-9])([0-9]{{4}}){_APART}([0-9]{{4}}){_APART}([0-9]{{4}})(?![0-9])")


def holds_individual_number(text: str) -> bool:
    """Tell whether a run of twelve digits with the right check digit stands in the text."""
    plain = half_width_digits(text)
    return any(_checks("".join(match.groups())) for match in _TWELVE.finditer(plain))


def check_digit(eleven: str) -> int:
    """Return the twelfth digit for the first eleven (総務省令第85号, 2014, Art. 5)."""
    weights = (*range(2, 8), *range(2, 7))  # from the last of the eleven digits to the first
    remainder = sum(int(digit) * weight for digit, weight in zip(reversed(eleven), weights, strict=True)) % 11
    return 0 if remainder <= 1 else 11 - remainder


def _checks(twelve: str) -> bool:
    return check_digit(twelve[:11]) == int(twelve[11])
