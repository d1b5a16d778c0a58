"""Numbers that must be seen from afar: tries left, seconds left, the number of a receipt."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.screens.canvas import Align
from kiosk.screens.rich import parse
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.rich import Run
    from kiosk.screens.theme import Theme

SECONDS = Face(72, 88, bold=True, fixed=True, most=72)


@dataclass(frozen=True, slots=True)
class Figure(Widget):
    """One line whose `<b>` parts are set in a larger face on the same baseline: あと<b>4</b>回."""

    text: str
    face: Type | Face
    large: Type | Face
    colour: str = "ink"
    large_colour: str = "ink"
    align: Align = Align.LEFT
    gap: int = 6

    def draw(self, canvas: Canvas) -> None:
        theme = canvas.theme
        large, x = theme.face(self.large), self.rect.x
        x += round((self.rect.w - self.width(theme)) * self.align.value)
        baseline = self.rect.y + (self.rect.h - large.line) // 2 + theme.kit.type.baseline(large, (parse(self.text),))
        for run in parse(self.text):
            setting = theme.face(self.large if run.bold else self.face)
            colour = theme.colour(self.large_colour if run.bold else self.colour)
            gap = theme.px(self.gap) if run.bold else 0
            drawn, rise = theme.kit.type.strip((replace(run, bold=setting.bold),), setting, colour)
            canvas.surface.blit(drawn, (x + gap, baseline - rise))
            x += self._run_width(theme, run)

    def _run_width(self, theme: Theme, run: Run) -> int:
        gap = theme.px(self.gap) if run.bold else 0
        setting = theme.face(self.large if run.bold else self.face)
        line = (replace(run, bold=setting.bold),)
        return math.ceil(theme.kit.type.line_width(line, setting)) + 2 * gap

    def width(self, theme: Theme) -> int:
        """Return how wide the line is, in panel pixels."""
        return sum(self._run_width(theme, run) for run in parse(self.text))

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, self.text)

    def fits(self, theme: Theme) -> bool:
        return self.width(theme) <= self.rect.w


@dataclass(frozen=True, slots=True)
class Ring(Widget):
    """A ring that loses a piece each second, with the seconds in it."""

    text: str
    part: float
    face: Type | Face = SECONDS
    colour: str = "here"

    def draw(self, canvas: Canvas) -> None:
        ring = self.rect.inset(round(self.rect.w * 4 / 176))
        thick = round(self.rect.w * 16 / 176)
        canvas.ring(ring, "sunken", thick)
        canvas.ring(ring, self.colour, thick, self.part)
        canvas.text(self.rect, self.text, self.face, align=Align.CENTRE, middle=True)

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, self.text)
