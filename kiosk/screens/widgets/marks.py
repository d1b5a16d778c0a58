"""Small marks that are not touched: pills, tags, tries left, numbered points, stages."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import MARK, Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

PILL = Face(28, 42, bold=True, most=34)
POINT = Face(30, 48, bold=True, most=40)
_LATER = Face(32, 48)


@dataclass(frozen=True, slots=True)
class Pill(Widget):
    """The state of the tray in the colour of its lamp: here, illustration.blue, success or danger."""

    text: str
    lamp: str = "here"

    def draw(self, canvas: Canvas) -> None:
        rect = Rect(self.rect.x, self.rect.y, min(self.rect.w, self.width(canvas.theme)), self.rect.h)
        canvas.box(rect, "surface", self.lamp, canvas.theme.control_px, rect.h // 2)
        dot = canvas.px(28)
        x = rect.x + canvas.px(23)
        canvas.disc(Rect(x, rect.y, dot, rect.h).centred(dot, dot), self.lamp)
        left = x + dot + canvas.px(12)
        canvas.text(Rect(left, rect.y, rect.right - left, rect.h), self.text, PILL, middle=True)

    def width(self, theme: Theme) -> int:
        """Return how wide the pill is, in panel pixels."""
        return theme.px(23 + 28 + 12 + 31) + theme.width(self.text, PILL)

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, self.text)

    def fits(self, theme: Theme) -> bool:
        return self.width(theme) <= self.rect.w


@dataclass(frozen=True, slots=True)
class Tag(Widget):
    """A word on a tint, with or without an icon: カード, おすすめ, 模擬."""

    text: str
    icon: str | None = None
    fill: str = "primary_tint"
    word: str = "on_tint"
    face: Face = MARK

    def draw(self, canvas: Canvas) -> None:
        border = canvas.px(3) if canvas.theme.stark else 0
        canvas.box(self.rect, self.fill, "edge", border, canvas.px(8))
        x = self.rect.x + canvas.px(12)
        if self.icon:
            size = canvas.px(28)
            canvas.icon(Rect(x, self.rect.y, size, self.rect.h).centred(size, size), self.icon, 4.5, self.word)
            x += size + canvas.px(8)
        canvas.text(
            Rect(x, self.rect.y, self.rect.right - x, self.rect.h), self.text, self.face, self.word, middle=True
        )

    def width(self, theme: Theme) -> int:
        """Return how wide the tag is, in panel pixels."""
        return theme.px(24 + (36 if self.icon else 0)) + theme.width(self.text, self.face)

    def at(self, place: Rect, theme: Theme) -> Tag:
        """Return the tag at the left of a place, in the middle of its height."""
        high = min(theme.px(40), place.h)
        return replace(self, rect=Rect(place.x, place.y + (place.h - high) // 2, self.width(theme), high))

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, self.text)


@dataclass(frozen=True, slots=True)
class Pips(Widget):
    """One dot a try: filled ones are left, dashed rings are used."""

    left: int
    most: int
    upright: bool = False
    gap: int = 12

    def draw(self, canvas: Canvas) -> None:
        size, step = canvas.px(32), canvas.px(32 + self.gap)
        for index in range(self.most):
            along = index * step
            x, y = (0, along) if self.upright else (along, (self.rect.h - size) // 2)
            place = Rect(self.rect.x + x, self.rect.y + y, size, size)
            if index < self.left:
                canvas.disc(place, "primary")
            else:
                canvas.dashed(place, None, "edge", canvas.px(4), size // 2)

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, f"{self.left}/{self.most}")


@dataclass(frozen=True, slots=True)
class Point(Widget):
    """A numbered line of what to do."""

    number: int
    text: str

    def draw(self, canvas: Canvas) -> None:
        size = canvas.px(52)
        mark = Rect(self.rect.x, self.rect.y, size, self.rect.h).centred(size, size)
        canvas.disc(mark, "primary_tint", "edge", canvas.px(3) if canvas.theme.stark else 0)
        canvas.text(mark, str(self.number), POINT, "primary", Align.CENTRE, middle=True)
        canvas.text(self._words(canvas.theme), self.text, POINT, middle=True)

    def _words(self, theme: Theme) -> Rect:
        used = theme.px(72)
        return Rect(self.rect.x + used, self.rect.y, self.rect.w - used, self.rect.h)

    def meaning(self) -> Meaning:
        return Meaning(Role.PARAGRAPH, f"{self.number} {self.text}")

    def fits(self, theme: Theme) -> bool:
        return fits(theme, self.text, POINT, self._words(theme).w, self.rect.h)


class Phase(Enum):
    """Whether something is done, happening, or still to come."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class StageLine(Widget):
    """One stage of the signing; `turn` (0–7) is how far its ring has come round, None while nothing moves."""

    text: str
    phase: Phase
    turn: int | None = None

    def draw(self, canvas: Canvas) -> None:
        size = canvas.px(52)
        mark = Rect(self.rect.x, self.rect.y, size, self.rect.h).centred(size, size)
        if self.phase is Phase.DONE:
            canvas.disc(mark, "success")
            canvas.icon(mark.centred(canvas.px(34), canvas.px(34)), "check", 7, "surface")
        elif self.phase is Phase.NOW:
            self._draw_now(canvas, mark)
        else:
            canvas.disc(mark, "surface", "edge", canvas.px(3))
        colour = {Phase.DONE: "ink", Phase.NOW: "primary", Phase.LATER: "ink_soft"}[self.phase]
        canvas.text(self._words(canvas.theme), self.text, self._face(), colour, middle=True)

    def _face(self) -> Face | Type:
        return Type.LEAD if self.phase is not Phase.LATER else _LATER

    def _words(self, theme: Theme) -> Rect:
        left = theme.px(72)
        return Rect(self.rect.x + left, self.rect.y, self.rect.w - left, self.rect.h)

    def _draw_now(self, canvas: Canvas, mark: Rect) -> None:
        if self.turn is None:
            canvas.disc(mark, "surface", "primary", canvas.px(10))
            return
        canvas.disc(mark, "surface", "primary_tint_2", canvas.px(10))
        canvas.ring(mark, "primary", canvas.px(10), (self.turn % 8 + 1) / 8)

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, self.text, on=self.phase is not Phase.LATER)

    def fits(self, theme: Theme) -> bool:
        room = self._words(theme).w
        return all(theme.width(self.text, face) <= room for face in (Type.LEAD, _LATER))  # on one line, in every phase


@dataclass(frozen=True, slots=True)
class Dot(Widget):
    """A round lamp in the header: filled when the kiosk serves, an open ring when it does not."""

    colour: str = "success"
    filled: bool = True

    def draw(self, canvas: Canvas) -> None:
        if self.filled:
            canvas.disc(self.rect, self.colour)
        else:
            canvas.disc(self.rect, "chrome", "edge", canvas.px(5))
