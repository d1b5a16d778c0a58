"""The places of a number pad: as on a telephone, and on the 7 inch panel in three rows of four."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.screens.rect import Rect

if TYPE_CHECKING:
    from kiosk.screens.area import Area

LEAST_SMALL: Final = 88.64  # design px that make 78 px on the 7 inch panel
GAP_SMALL: Final = 8  # panel px
_TELEPHONE: Final = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("erase", "0", "other"))
_LOW: Final = (("1", "2", "3", "erase"), ("4", "5", "6", "0"), ("7", "8", "9", "other"))


def pad_of(area: Area) -> Rect:
    """Return where the pad lies: at the right of the content, down to its foot."""
    if area.small or area.low:
        return fitted_rows(area, area.content.right - area.px(432), area.px(432))
    return area.at(776, 148, 408, 388)


def fitted_rows(area: Area, x: int, w: int) -> Rect:
    """Return a place for three rows of the least height of a target, at the foot of a 7 inch panel's content."""
    if area.low:
        return Rect(x, area.controls.y, w, area.controls.h)
    high = 3 * area.px(LEAST_SMALL) + 2 * GAP_SMALL
    return Rect(x, area.action_bar.y - 2 - high, w, high)


def pad_places(area: Area, pad: Rect) -> dict[str, Rect]:
    """Return the place of each digit, of the erasing key and of one other key."""
    signs, gap = (_LOW, GAP_SMALL) if area.small or area.low else (_TELEPHONE, area.px(12))
    rows = zip(pad.rows(len(signs), gap), signs, strict=True)
    return {sign: cell for row, line in rows for cell, sign in zip(row.columns(len(line), gap), line, strict=True)}
