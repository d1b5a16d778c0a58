"""The photographs of a paper on a form's page: each a tile that opens, with けす beside it, and 写真をとる."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.camera_events import PhotographAsked, PhotographOpened, PhotographRemoved
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.photo import PhotoTile

if TYPE_CHECKING:
    from kiosk.forms.model import Field
    from kiosk.screens.scenes.asking import Asking
    from kiosk.screens.widgets.base import Widget

_COLUMNS: Final = 2
_REMOVE_PX, _REMOVE_SMALL_PX = 136, 116
_WORDS: Final = (
    Face(28, 34, bold=True, most=34, small=22),
    Face(24, 28, bold=True, most=28, small=22),
    Face(22, 26, bold=True, most=22, small=20),
)


def photos_height(asking: Asking, field: Field) -> int:
    """Return how high the list is, in panel pixels."""
    lines = -(-_cells(asking, field) // _columns(field))
    return lines * asking.least + (lines - 1) * asking.gap


def _digests(asking: Asking, field: Field) -> list[str]:
    given = asking.answer(field)
    return [str(digest) for digest in given] if isinstance(given, list | tuple) else []


def _columns(field: Field) -> int:
    return min(_COLUMNS, field.maximum or 1)


def _cells(asking: Asking, field: Field) -> int:
    have = len(_digests(asking, field))
    return have + (have < (field.maximum or 1))


def photos_list(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return the tiles, and the button for one more while there may be more."""
    digests, columns = _digests(asking, field), _columns(field)
    lines = -(-_cells(asking, field) // columns)
    least, gap = asking.least, asking.gap
    lined = [Rect(place.x, place.y + at * (least + gap), place.w, least) for at in range(lines)]
    cells = [cell for line in lined for cell in line.columns(columns, max(gap, asking.theme.px(16)))]
    parts = [
        part
        for at, (digest, cell) in enumerate(zip(digests, cells, strict=False))
        for part in _taken(asking, field, at, digest, cell)
    ]
    if len(digests) < (field.maximum or 1):
        words = asking.texts("form-page.photograph_more" if digests else "form-page.photograph")
        press = None if field.id in asking.view.disabled else PhotographAsked(field.id)
        parts.append(_button(asking, cells[len(digests)], words, press, icon="camera"))
    return parts


def _taken(asking: Asking, field: Field, at: int, digest: str, cell: Rect) -> list[Widget]:
    wide = _REMOVE_SMALL_PX if asking.area.small else asking.area.px(_REMOVE_PX)
    tile = Rect(cell.x, cell.y, cell.w - wide - asking.gap, cell.h)
    away = Rect(tile.right + asking.gap, cell.y, wide, cell.h)
    off = field.id in asking.view.disabled
    name = asking.texts("form-page.photograph_number", number=at + 1)
    opened = None if off else PhotographOpened(field.id, at)
    removed = None if off else PhotographRemoved(field.id, at)
    return [
        PhotoTile(tile, name, asking.view.photographs[digest].thumb, press=opened, enabled=not off),
        _button(asking, away, asking.texts("form-page.remove"), removed),
    ]


def _button(
    asking: Asking, place: Rect, words: str, press: PhotographAsked | PhotographRemoved | None, icon: str = ""
) -> Button:
    buttons = [
        Button(
            place, words, icon=icon or None, face=face, gap=10, icon_px=36, weight=4.5, press=press, enabled=bool(press)
        )
        for face in _WORDS
    ]
    return next((button for button in buttons if button.fits(asking.theme)), buttons[-1])
