"""Buttons: one filled blue one a scene, the others on white."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.rich import plain
from kiosk.screens.theme import BUTTON, BUTTON_MAIN, UTILITY, Face
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

_ICON: Final = 40
_GAP: Final = 16
_SIDE: Final = 31  # border and padding
_EDGE: Final = 6


class Kind(StrEnum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


class _Look(NamedTuple):
    fill: str
    border: str
    word: str
    edge: str
    down: str


_LOOKS: Final = {
    Kind.PRIMARY: _Look("primary", "primary", "on_primary", "primary_press", "primary_press"),
    Kind.SECONDARY: _Look("surface", "primary", "primary", "primary_tint_2", "primary_tint_2"),
    Kind.QUIET: _Look("surface", "edge", "ink", "sunken", "sunken"),
    Kind.DANGER: _Look("surface", "danger", "danger", "danger_tint", "danger_tint"),
}


@dataclass(frozen=True, slots=True)
class Button(Widget):
    """A word to press, with an icon before it and one after it; a disabled one has its reason beside it."""

    text: str
    kind: Kind = Kind.SECONDARY
    icon: str | None = None
    after: str | None = None
    face: Face | None = None
    gap: int = _GAP
    icon_px: int = _ICON
    weight: float = 6
    called: str = ""  # what an icon alone is called
    details: tuple[str, ...] = ()  # what is told with it

    def draw(self, canvas: Canvas) -> None:
        look = _LOOKS[self.kind]
        border, radius = canvas.theme.control_px, canvas.px(self.radius())
        if not self.enabled:
            canvas.dashed(self.rect, "sunken", "edge", border, radius)
            self._words(canvas, "ink_disabled", 0)
        elif self.pressed:
            outer = look.down if self.kind is Kind.PRIMARY else look.border
            canvas.box(self.rect, look.down, outer, border, radius)
            self._words(canvas, look.word, 3)
        else:
            canvas.box(self.rect, look.fill, look.border, border, radius, look.edge, canvas.px(_EDGE))
            self._words(canvas, look.word, -2)

    def _face(self) -> Face:
        main = self.kind is Kind.PRIMARY or not self.enabled
        return self.face or (BUTTON_MAIN if main else BUTTON)

    def _icons(self, theme: Theme) -> int:
        """Return the width that icons and their gaps take."""
        each = theme.px(self.icon_px) + (theme.px(self.gap) if self.text else 0)
        return each * ((self.icon is not None) + (self.after is not None))

    def _words(self, canvas: Canvas, colour: str, drop: int) -> None:
        theme, inner = canvas.theme, self.rect.moved(0, canvas.px(drop))
        room = inner.w - 2 * canvas.px(8) - self._icons(theme)
        setting = theme.face(self._face())
        lines = theme.kit.type.lines(self.text, setting, room)
        width = round(max(theme.kit.type.line_width(line, setting) for line in lines))
        x = inner.x + (inner.w - width - self._icons(theme)) // 2
        size, gap = canvas.px(self.icon_px), canvas.px(self.gap) if self.text else 0
        if self.icon:
            canvas.icon(Rect(x, inner.y, size, inner.h).centred(size, size), self.icon, self.weight, colour)
            x += size + gap
        canvas.text(Rect(x, inner.y, width + 1, inner.h), self.text, self._face(), colour, Align.CENTRE, middle=True)
        if self.after:
            canvas.icon(
                Rect(x + width + gap, inner.y, size, inner.h).centred(size, size), self.after, self.weight, colour
            )

    def meaning(self) -> Meaning:
        text = plain(self.text) or self.called or self.icon or ""
        return Meaning(Role.BUTTON, text, self.enabled, self.press, details=self.details)

    def fits(self, theme: Theme) -> bool:
        return fits(theme, self.text, self._face(), self.rect.w - 2 * theme.px(8) - self._icons(theme), self.rect.h)


def button_width(theme: Theme, text: str, *, icons: int = 0, face: Face = BUTTON, least: int = 208) -> int:
    """Return how wide a button is whose words stand on one line, in panel pixels."""
    return max(theme.px(least), theme.width(text, face) + theme.px(2 * _SIDE + icons * (_ICON + _GAP)))


@dataclass(frozen=True, slots=True)
class UtilityButton(Widget):
    """A button of the header: an icon above a word."""

    text: str
    icon: str
    calls: bool = False
    face: Face = UTILITY

    def draw(self, canvas: Canvas) -> None:
        fill, border, word = ("primary_tint", "primary", "on_tint") if self.calls else ("surface", "edge", "ink")
        if self.pressed:
            fill = "primary_tint_2" if self.calls else "sunken"
        canvas.box(self.rect, fill, border, canvas.theme.control_px, canvas.px(self.radius()))
        face = self._fitting(canvas.theme)
        size, gap, line = canvas.px(45 if canvas.theme.small else 40), canvas.px(2), canvas.theme.face(face).line
        top = self.rect.y + (self.rect.h - size - gap - line) // 2
        canvas.icon(Rect(self.rect.x, top, self.rect.w, size), self.icon, 4.5, "primary")
        canvas.text(Rect(self.rect.x, top + size + gap, self.rect.w, line), self.text, face, word, Align.CENTRE)

    def _fitting(self, theme: Theme) -> Face:
        """Return the face, kept at its standard size where it would grow out of the button."""
        return self.face if self._fits(theme, self.face) else replace(self.face, most=self.face.px)

    def _fits(self, theme: Theme, face: Face) -> bool:
        return theme.width(self.text, face) <= self.rect.w - 2 * theme.control_px

    def meaning(self) -> Meaning:
        return Meaning(Role.BUTTON, self.text, self.enabled, self.press)

    def fits(self, theme: Theme) -> bool:
        return self._fits(theme, self._fitting(theme))
