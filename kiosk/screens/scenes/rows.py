"""The rows of a repeated group: each a tile that opens, with けす beside it, and a button for one more at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.forms.rows import row_id, rows_of
from kiosk.forms.show import add_label, row_label, shown
from kiosk.journey.events import RowAdded, RowOpened, RowRemoved
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.answer_tile import AnswerTile
from kiosk.screens.widgets.button import Button

if TYPE_CHECKING:
    from kiosk.forms.model import Field
    from kiosk.screens.scenes.asking import Asking
    from kiosk.screens.widgets.base import Widget

_COLUMNS: Final = 2
_LISTED: Final = 3  # so many have room below each other, each over the whole width
_REMOVE_PX, _REMOVE_SMALL_PX = 136, 116
_WORD: Final = Face(28, 34, bold=True, most=34, small=22)
_WORDS: Final = (_WORD, Face(24, 28, bold=True, most=28, small=22), Face(22, 26, bold=True, most=22, small=20))


def rows_height(asking: Asking, field: Field) -> int:
    """Return how high the list is, in panel pixels."""
    lines = -(-_cells(asking, field) // _columns(asking, field))
    return lines * asking.least + (lines - 1) * asking.gap


def _columns(asking: Asking, field: Field) -> int:
    return 1 if _cells(asking, field) <= _LISTED else _COLUMNS


def _cells(asking: Asking, field: Field) -> int:
    rows = len(rows_of(field, asking.view.answers))
    return rows + (rows < (field.maximum or 1))


def rows_list(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return the tiles, many of them in two columns, and the button for one more while there may be more."""
    rows = rows_of(field, asking.view.answers)
    columns = _columns(asking, field)
    lines = -(-_cells(asking, field) // columns)
    least, gap = asking.least, asking.gap
    lined = [Rect(place.x, place.y + at * (least + gap), place.w, least) for at in range(lines)]
    cells = [cell for line in lined for cell in line.columns(columns, max(gap, asking.theme.px(16)))]
    parts = [part for at, cell in zip(range(len(rows)), cells, strict=False) for part in _row(asking, field, at, cell)]
    if len(rows) < (field.maximum or 1):
        words = add_label(asking.form, field.id, asking.view.language)
        parts.append(_button(asking, cells[len(rows)], words, RowAdded(field.id), icon="plus"))
    return parts


def _row(asking: Asking, field: Field, at: int, cell: Rect) -> list[Widget]:
    language, name = asking.view.language, row_id(field.id, at)
    rows = rows_of(field, asking.view.answers)
    said = shown(asking.form, name, rows[at], language) or asking.texts("form-page.empty")
    wide = _REMOVE_SMALL_PX if asking.area.small else asking.area.px(_REMOVE_PX)
    tile = Rect(cell.x, cell.y, cell.w - wide - asking.gap, cell.h)
    away = Rect(tile.right + asking.gap, cell.y, wide, cell.h)
    press = RowRemoved(field.id, at) if len(rows) > (field.minimum or 1) else None
    whole = AnswerTile(tile, row_label(asking.form, field.id, at, language), said, press=RowOpened(field.id, at))
    first = field.columns[0].id
    brief = shown(asking.form, f"{name}.{first}", rows[at].get(first), language)
    looks = (whole, replace(whole, bare=True), replace(whole, bare=True, brief=brief))
    return [
        next((look for look in looks if look.fits(asking.theme)), looks[-1]),
        _button(asking, away, asking.texts("form-page.remove"), press),
    ]


def _button(asking: Asking, place: Rect, words: str, press: RowAdded | RowRemoved | None, icon: str = "") -> Button:
    buttons = [
        Button(place, words, icon=icon or None, face=face, gap=10, icon_px=32, press=press, enabled=press is not None)
        for face in _WORDS
    ]
    return next((button for button in buttons if button.fits(asking.theme)), buttons[-1])
