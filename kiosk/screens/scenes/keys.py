"""Which signs the keys of a keyboard carry, given what has been typed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.text_input import kana, latin
from kiosk.text_input.composer import Mode
from kiosk.text_input.keyboard import Keyboard

if TYPE_CHECKING:
    from kiosk.text_input.composer import Composer

Rows = tuple[tuple[str, ...], ...]


def rows_of(composer: Composer) -> Rows:
    """Return five rows of ten signs; a blank is a place without a key."""
    if composer.mode is Mode.DIGITS:
        return tuple(tuple(sign if latin.is_digit(sign) else "" for sign in row) for row in latin.ROWS)
    if composer.mode is Mode.LATIN:
        mail = composer.keyboard is Keyboard.LATIN
        return latin.ROWS if not mail and capital(composer.text) else _lower(latin.ROWS)
    return kana.rows(katakana=composer.mode is Mode.KATAKANA)


def lines_of(composer: Composer) -> tuple[tuple[str, ...], ...]:
    """Return the signs in lines of five, as kana are learned and letters follow each other; a blank has no key."""
    rows = rows_of(composer)
    if composer.mode in {Mode.HIRAGANA, Mode.KATAKANA}:
        found = list(zip(*rows, strict=True))
    else:
        found = [row[at : at + latin.LINE] for row in rows for at in range(0, len(row), latin.LINE)]
    return tuple(line for line in found if any(line))


def capital(text: str) -> bool:
    """Tell whether the next letter is a capital: at the beginning of a word, and after two capitals."""
    word = text.rsplit(maxsplit=1)[-1] if text and not text[-1].isspace() else ""
    if not word or not word[-1].isascii() or not word[-1].isalpha():
        return True
    return word[-1].isupper() and len(word) > 1 and word[-2].isupper()


def _lower(rows: Rows) -> Rows:
    return tuple(tuple(sign.lower() for sign in row) for row in rows)
