"""A number in a filled circle and a word, together in the middle: the steps of the guidance."""

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
    from kiosk.screens.theme import Theme

_WORD: Final = Face(28, 36, bold=True, most=40, small=24)
_NUMBER: Final = Face(24, 36, bold=True, most=24, small=22)
_CIRCLE: Final = 36
_GAP: Final = 10


@dataclass(frozen=True, slots=True)
class Numbered(Widget):
    """One step's number and name."""

    number: int
    text: str

    def draw(self, canvas: Canvas) -> None:
        theme = canvas.theme
        size, wide = canvas.px(_CIRCLE), theme.width(self.text, _WORD)
        x = self.rect.x + (self.rect.w - self._width(theme)) // 2
        mark = Rect(x, self.rect.y, size, self.rect.h).centred(size, size)
        canvas.disc(mark, "primary")
        canvas.text(mark, str(self.number), _NUMBER, "on_primary", Align.CENTRE, middle=True)
        word = Rect(mark.right + canvas.px(_GAP), self.rect.y, wide + 1, self.rect.h)
        canvas.text(word, self.text, _WORD, middle=True)

    def _width(self, theme: Theme) -> int:
        return theme.px(_CIRCLE + _GAP) + theme.width(self.text, _WORD)

    def meaning(self) -> Meaning:
        return Meaning(Role.PARAGRAPH, f"{self.number} {self.text}")

    def fits(self, theme: Theme) -> bool:
        return self._width(theme) <= self.rect.w and theme.face(_WORD).line <= self.rect.h + 1
