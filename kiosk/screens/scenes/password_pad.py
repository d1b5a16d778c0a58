"""The keys of the password pad: what a key sends is its place in the pad, and pressing changes nothing on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import CellErased, CellPressed, CellsCleared
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.key import Key, KeyKind

if TYPE_CHECKING:
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CELLS: Final = LETTERS + "0123456789"  # as drivers.card.pad.SIGNING_PAD
_PHONE: Final = "123456789"
_KEY, _PITCH = 88, 96
_DIGITS_X: Final = 696
_TOP: Final = 180
_GAP_SMALL: Final = 7  # panel px
_WORD: Final = Face(26, 32, bold=True, most=26)
_CLEAR: Final = Face(24, 30, bold=True, most=24)


def letters_and_digits(area: Area, texts: Texts) -> list[Widget]:
    """Return letters in rows of seven at the left, digits as on a telephone at the right."""

    def place(x: int, column: int, row: int, width: int = _KEY) -> Rect:
        return area.at(x + column * _PITCH, _TOP + row * _PITCH, width, _KEY)

    letters = [_key(sign, place(0, index % 7, index // 7)) for index, sign in enumerate(LETTERS)]
    digits = [_key(sign, place(_DIGITS_X, index % 3, index // 3)) for index, sign in enumerate(_PHONE)]
    return [
        *letters,
        _erase(place(0, 5, 3, 184), texts),
        *digits,
        _clear(place(_DIGITS_X, 0, 3), texts),
        _key("0", place(_DIGITS_X, 1, 3)),
    ]


def one_kind(place: Rect, texts: Texts, *, digits: bool, gap: int = _GAP_SMALL) -> list[Widget]:
    """Return letters or digits alone, in three rows, with the keys that take back."""
    if digits:
        middle = Rect(place.x + place.w // 6, place.y, place.w * 2 // 3, place.h)
        cells = _cells(middle, 4, gap)
        keys = [_key(sign, cell) for sign, cell in zip("1234567890", cells, strict=False)]
        return [*keys, _erase(cells[10], texts, word=False), _clear(cells[11], texts)]
    cells = _cells(place, 9, gap)
    keys = [_key(sign, cell) for sign, cell in zip(LETTERS, cells, strict=False)]
    return [*keys, _erase(cells[26], texts, word=False)]


def _cells(place: Rect, columns: int, gap: int) -> list[Rect]:
    return [cell for row in place.rows(3, gap) for cell in row.columns(columns, gap)]


def _key(sign: str, place: Rect) -> Key:
    return Key(place, sign, KeyKind.SYMBOL, press=CellPressed(CELLS.index(sign)), secret=True)


def _erase(place: Rect, texts: Texts, *, word: bool = True) -> Key:
    called = texts("password.erase")
    look = Key(place, called if word else "", KeyKind.FUNCTION, icon="erase", face=_WORD, icon_px=36, called=called)
    return replace(look, press=CellErased(), secret=True)


def _clear(place: Rect, texts: Texts) -> Key:
    return Key(place, texts("password.clear"), KeyKind.FUNCTION, face=_CLEAR, press=CellsCleared(), secret=True)
