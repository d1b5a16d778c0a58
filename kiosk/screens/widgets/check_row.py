"""Rows to tick and options to choose: a mark, perhaps a picture, and the words."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme


def draw_card(canvas: Canvas, rect: Rect, *, chosen: bool, pressed: bool) -> None:
    """Draw the sheet of something that can be chosen."""
    radius = canvas.px(20)
    if pressed:
        canvas.box(rect, "primary_tint_2", "primary", canvas.theme.control_px, radius)
    elif chosen:
        canvas.box(rect, "primary_tint", "primary", canvas.px(5), radius)
    else:
        canvas.box(rect, "surface", "edge", canvas.theme.control_px, radius, "sunken", canvas.px(6))


@dataclass(frozen=True, slots=True)
class CheckRow(Widget):
    """A row with a box to tick; `single` makes it one of several options, with a round mark."""

    text: str
    checked: bool = False
    picture: str | None = None
    face: Type | Face = Type.LEAD
    single: bool = False
    side: int = 28
    box: int = 64
    picture_px: int = 136

    def draw(self, canvas: Canvas) -> None:
        draw_card(canvas, self.rect, chosen=self.checked, pressed=self.pressed)
        size = canvas.px(self.box)
        x = self.rect.x + canvas.px(self.side + 3)
        self._mark(canvas, Rect(x, self.rect.y, size, self.rect.h).centred(size, size))
        if self.picture:
            wide = canvas.px(self.picture_px)
            place = Rect(x + size + canvas.px(28), self.rect.y, wide, self.rect.h)
            canvas.illustration(place, self.picture)
        canvas.text(self._words(canvas.theme), self.text, self.face, middle=True)

    def _mark(self, canvas: Canvas, place: Rect) -> None:
        fill, border = ("primary", "primary") if self.checked else ("surface", "edge")
        if not self.single:
            canvas.box(place, fill, border, canvas.px(4), canvas.px(12))
            if self.checked:
                canvas.icon(place.inset(place.w // 8), "check", 7, "on_primary")
            return
        canvas.disc(place, "surface", border, canvas.px(4))
        if self.checked:
            canvas.disc(place.inset(place.w // 4), "primary")

    def _words(self, theme: Theme) -> Rect:
        gap = 28 if self.picture else min(self.side, 28)
        used = theme.px(self.side + 3 + self.box + gap) + (theme.px(self.picture_px + 28) if self.picture else 0)
        return Rect(self.rect.x + used, self.rect.y, self.rect.w - used - theme.px(min(self.side, 12)), self.rect.h)

    def meaning(self) -> Meaning:
        role = Role.CHOICE if self.single else Role.CHECK
        return Meaning(role, self.text, self.enabled, self.press, self.checked)

    def radius(self) -> int:
        return 20

    def fits(self, theme: Theme) -> bool:
        words = self._words(theme)
        return fits(theme, self.text, self.face, words.w, words.h)
