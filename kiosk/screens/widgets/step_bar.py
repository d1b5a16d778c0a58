"""The step bar 入力→確認→電子署名→完了."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import MARK, STEP, Face
from kiosk.screens.widgets.base import Meaning, Role, Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

_NUMBER: Final = Face(24, 34, bold=True, most=24, small=22)


@dataclass(frozen=True, slots=True)
class StepBar(Widget):
    """Where the citizen is: `now` counts from 1, 0 means that the first step is still to come."""

    words: tuple[str, ...]
    now: int

    def draw(self, canvas: Canvas) -> None:
        theme = canvas.theme
        tight, named = self._manner(theme)
        x = self.rect.x
        if not theme.small:
            x += (self.rect.w - self._width(theme, tight=tight, named=named)) // 2
        for number in range(1, len(self.words) + 1):
            if number > 1:
                x = self._draw_link(canvas, x, tight=tight)
            x = self._draw_step(canvas, x, number, tight=tight, named=named)

    def _manner(self, theme: Theme) -> tuple[bool, bool]:
        """Return whether the bar is set tightly and whether all its words are said."""
        if theme.folded:
            return theme.small, False
        for tight in (False, True):
            if self._width(theme, tight=tight, named=True) <= self.rect.w:
                return tight, True
        return False, False

    def _width(self, theme: Theme, *, tight: bool, named: bool) -> int:
        steps = sum(
            self._step_width(theme, number, tight=tight, named=named) for number in range(1, len(self.words) + 1)
        )
        return steps + (len(self.words) - 1) * self._link_width(theme, tight=tight)

    @staticmethod
    def _link_width(theme: Theme, *, tight: bool) -> int:
        return theme.px(10) + 2 * theme.px(4) if tight else theme.px(20) + 2 * theme.px(4)

    def _step_width(self, theme: Theme, number: int, *, tight: bool, named: bool) -> int:
        circle = theme.px(40)
        if number != self.now and not named:
            return circle + (0 if theme.small else 2 * theme.px(3))
        word = theme.px(8) + theme.width(self.words[number - 1], _face(tight=tight))
        return circle + word + (theme.px(9) + theme.px(19) if number == self.now else 2 * theme.px(7))

    def _draw_link(self, canvas: Canvas, x: int, *, tight: bool) -> int:
        wide = self._link_width(canvas.theme, tight=tight)
        high, space = canvas.px(4), canvas.px(4)
        bar = Rect(x + space, self.rect.y + (self.rect.h - high) // 2, wide - 2 * space, high)
        canvas.box(bar, "edge", radius=canvas.px(2))
        return x + wide

    def _draw_step(self, canvas: Canvas, x: int, number: int, *, tight: bool, named: bool) -> int:
        theme, wide = canvas.theme, self._step_width(canvas.theme, number, tight=tight, named=named)
        current, said = number == self.now, named or number == self.now
        circle = theme.px(40)
        lead = theme.px(9) if current else theme.px(7) if said else 0 if theme.small else theme.px(3)
        if current:
            canvas.box(Rect(x, self.rect.y, wide, self.rect.h), "primary", radius=self.rect.h // 2)
        mark = Rect(x + lead, self.rect.y, circle, self.rect.h).centred(circle, circle)
        self._draw_mark(canvas, mark, number)
        if said:
            colour = "on_primary" if current else "ink" if number < self.now else "ink_soft"
            left = mark.right + theme.px(8)
            word = Rect(left, self.rect.y, theme.width(self.words[number - 1], _face(tight=tight)) + 1, self.rect.h)
            canvas.text(word, self.words[number - 1], _face(tight=tight), colour, middle=True)
        return x + wide

    def _draw_mark(self, canvas: Canvas, mark: Rect, number: int) -> None:
        if number < self.now:
            canvas.disc(mark, "primary")
            canvas.icon(mark.centred(canvas.px(28), canvas.px(28)), "check", 8, "on_primary")
            return
        if number == self.now:
            canvas.disc(mark, "on_primary")
        else:
            canvas.disc(mark, "surface", "edge", canvas.px(3))
        canvas.text(
            mark, str(number), _NUMBER, "primary" if number == self.now else "ink_soft", Align.CENTRE, middle=True
        )

    def meaning(self) -> Meaning:
        return Meaning(Role.STEP, self.words[self.now - 1] if self.now else "", on=self.now > 0)


def _face(*, tight: bool) -> Face:
    return MARK if tight else STEP
