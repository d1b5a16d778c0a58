"""How fast or how loud: rising bars, as many filled as the level says, and its number."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Meaning, Role, Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas

_NUMBER: Final = Face(40, 48, bold=True, fixed=True, most=40)
_LEAST, _MOST = 0.34, 0.72  # of the place's height: the first bar, the last one


@dataclass(frozen=True, slots=True)
class Level(Widget):
    """`text` is what the voice says of it; `level` counts from 1 to `most`."""

    text: str
    level: int
    most: int

    def draw(self, canvas: Canvas) -> None:
        gap, number = canvas.px(10), canvas.px(56)
        wide = min(canvas.px(28), (self.rect.w - number) // self.most - gap)
        used = number + self.most * (wide + gap)
        left = self.rect.x + max(0, (self.rect.w - used) // 2)
        place = Rect(left, self.rect.y, number, self.rect.h)
        canvas.text(place, str(self.level), _NUMBER, "ink", Align.CENTRE, middle=True)
        foot = self.rect.y + round(self.rect.h * (1 + _MOST) / 2)
        for at in range(self.most):
            high = round(self.rect.h * (_LEAST + (_MOST - _LEAST) * at / max(1, self.most - 1)))
            bar = Rect(left + number + gap + at * (wide + gap), foot - high, wide, high)
            filled = at < self.level
            fill, edge = ("primary", "primary") if filled else ("surface", "edge")
            canvas.box(bar, fill, edge, canvas.theme.key_px, canvas.px(6))

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, self.text)
