"""Words on the ground: titles, sentences, labels."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.rich import plain
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme


# Longer ones are what a citizen typed: they may be broken.
_LETTERS: Final = "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"
_WORD: Final = re.compile(rf"\b(?=[^ ]{{2,16}}\b){_LETTERS}+(?:[/-]{_LETTERS}+)*\b")


@dataclass(frozen=True, slots=True)
class Label(Widget):
    """A text broken to its rectangle's width; `<b>…</b>` is bold."""

    text: str
    face: Type | Face = Type.BODY
    colour: str = "ink"
    align: Align = Align.LEFT
    middle: bool = False
    role: Role | None = Role.PARAGRAPH

    def draw(self, canvas: Canvas) -> None:
        canvas.text(self.rect, self.text, self.face, self.colour, self.align, middle=self.middle)

    def meaning(self) -> Meaning | None:
        return None if self.role is None else Meaning(self.role, self.text)

    def lines_rect(self, theme: Theme) -> Rect:
        """Return where the lines stand; the label's own rectangle may be much larger."""
        setting = theme.face(self.face)
        lines = theme.kit.type.lines(self.text, setting, self.rect.w)
        wide = round(max(theme.kit.type.line_width(line, setting) for line in lines))
        high = len(lines) * setting.line
        x = self.rect.x + round((self.rect.w - wide) * self.align.value)
        return Rect(x, self.rect.y + ((self.rect.h - high) // 2 if self.middle else 0), wide, high)

    def fits(self, theme: Theme) -> bool:
        return fits(theme, self.text, self.face, self.rect.w, self.rect.h)


def fits(theme: Theme, text: str, face: Type | Face, width: int, height: int) -> bool:
    """Tell whether a text broken to a width stays within width and height, with no plain word torn apart."""
    setting = theme.face(face)
    if any(theme.width(word, face) > width for word in _WORD.findall(plain(text))):
        return False
    lines = theme.kit.type.lines(text, setting, width)
    widest = max(theme.kit.type.line_width(line, setting) for line in lines)
    return widest <= width + 1 and len(lines) * setting.line <= height + 1
