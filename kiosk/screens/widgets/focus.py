"""The ring around the part that the physical keys have chosen."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screens.rect import Rect
from kiosk.screens.widgets.base import Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas

WAY_OUT = 120  # focus order of the action bar's way out, which the back key presses
REACH = 12  # design px outside of the part: gap 3, inner ring 5, outer ring 4


@dataclass(frozen=True, slots=True)
class FocusRing(Widget):
    """Two rings around a part; its rectangle is the part's, grown by the reach."""

    corner: int = 16

    def draw(self, canvas: Canvas) -> None:
        place = self.rect.clipped(Rect(0, 0, *canvas.surface.get_size()))  # at the panel's edge it lies on the part
        outer, gap = canvas.px(4), canvas.px(3)
        both = outer + canvas.px(5)
        radius = canvas.px(self.corner) + gap + both
        canvas.outline(place, "focus_outer", outer, radius)
        canvas.outline(place.inset(outer), "focus_inner", both - outer, radius - outer)
