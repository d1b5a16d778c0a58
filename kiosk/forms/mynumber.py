"""Finding what looks like somebody's individual number (個人番号) in free text, so that it is never kept."""

from __future__ import annotations

import re
import unicodedata

# What people put between groups of digits, and how much of it at most; a letter or a kana ends the number.
_BETWEEN = re.compile(r"(?:[^\S\n]|[-\u2010-\u2015\u2212\uff0dー～〜~・･.．,，、_＿/／|:：+＋=＝()（）\[\]「」]){1,3}")
_GROUP = re.compile(r"[0-9]+")
_DIGITS = 12


def holds_individual_number(text: str) -> bool:
    """Tell whether twelve digits with the right check digit stand in the text, in one go or in groups."""
    plain = _plain_digits(text)
    run: list[str] = []
    end = 0
    for group in _GROUP.finditer(plain):
        if run and not _BETWEEN.fullmatch(plain, end, group.start()):
            run.clear()
        run.append(group[0])
        end = group.end()
        if _ends_in_number(run):
            return True
    return False


def _plain_digits(text: str) -> str:
    """Return the text with the decimal digits of every script as 0 to 9, and without what cannot be seen."""
    seen = (char for char in text if unicodedata.category(char) not in ("Cf", "Mn"))
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in seen)


def _ends_in_number(run: list[str]) -> bool:
    """Tell whether the last groups make up twelve digits that check."""
    tail = ""
    for group in reversed(run):
        tail = group + tail
        if len(tail) >= _DIGITS:
            return len(tail) == _DIGITS and _checks(tail)
    return False


def check_digit(eleven: str) -> int:
    """Return the twelfth digit for the first eleven (総務省令第85号, 2014, Art. 5)."""
    weights = (*range(2, 8), *range(2, 7))  # from the last of the eleven digits to the first
    remainder = sum(int(digit) * weight for digit, weight in zip(reversed(eleven), weights, strict=True)) % 11
    return 0 if remainder <= 1 else 11 - remainder


def _checks(twelve: str) -> bool:
    return check_digit(twelve[:11]) == int(twelve[11])
