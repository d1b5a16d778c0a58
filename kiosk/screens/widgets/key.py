"""Keys of the keyboards and pads."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.rich import plain
from kiosk.screens.theme import BUTTON_MAIN, CANDIDATE, FUNCTION, SYMBOL, Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme


class KeyKind(StrEnum):
    """What a key is for."""

    CHARACTER = "character"
    SYMBOL = "symbol"  # letters and digits, in the fixed font
    FUNCTION = "function"
    MODE = "mode"  # the mode that is on
    CANDIDATE = "candidate"
    FIRST = "first"  # the candidate that is taken
    GO = "go"
    BACK = "back"


class _Look(NamedTuple):
    fill: str
    border: str
    word: str
    edge: str | None
    face: Face | Type


_LOOKS: Final = {
    KeyKind.CHARACTER: _Look("surface", "edge", "ink", "sunken", Type.KEY),
    KeyKind.SYMBOL: _Look("surface", "edge", "ink", "sunken", SYMBOL),
    KeyKind.FUNCTION: _Look("sunken", "edge", "ink", "line", FUNCTION),
    KeyKind.MODE: _Look("primary_tint_2", "primary", "on_tint", None, FUNCTION),
    KeyKind.CANDIDATE: _Look("surface", "edge", "ink", "sunken", CANDIDATE),
    KeyKind.FIRST: _Look("primary_tint_2", "primary", "on_tint", None, CANDIDATE),
    KeyKind.GO: _Look("primary", "primary", "on_primary", "primary_press", BUTTON_MAIN),
    KeyKind.BACK: _Look("surface", "edge", "ink", "line", FUNCTION),
}


_LEAST_ICON: Final = 20  # design px


@dataclass(frozen=True, slots=True)
class Key(Widget):
    """A key with a sign, a word or an icon; `after` stands behind the word."""

    text: str
    kind: KeyKind = KeyKind.CHARACTER
    icon: str | None = None
    after: str | None = None
    face: Face | Type | None = None
    icon_px: int = 34
    weight: float = 4.5
    said: str = ""  # what it is called where it is one of several that choose between keys: か行
    called: str = ""  # what an icon alone is called

    def draw(self, canvas: Canvas) -> None:
        look = _LOOKS[self.kind]
        radius = canvas.px(12)
        if self.pressed and not self.secret:
            self._draw_pressed(canvas, look, radius)
            return
        if look.edge is None:
            canvas.box(self.rect, look.fill, look.border, canvas.px(4), radius)
            self._words(canvas, look.word, 0)
            return
        depth = 6 if self.kind is KeyKind.GO else 0 if canvas.theme.stark else 5
        canvas.box(self.rect, look.fill, look.border, canvas.theme.key_px, radius, look.edge, canvas.px(depth))
        self._words(canvas, look.word, -2 if depth else 0)

    def _draw_pressed(self, canvas: Canvas, look: _Look, radius: int) -> None:
        if self.kind in {KeyKind.FUNCTION, KeyKind.BACK}:
            canvas.box(self.rect, "line", "edge", canvas.theme.key_px, radius)
            self._words(canvas, "on_primary" if canvas.theme.stark else look.word, 0)
            return
        fill = "primary_press" if self.kind is KeyKind.GO else "primary"
        canvas.box(self.rect, fill, fill, canvas.theme.key_px, radius)
        self._words(canvas, "on_primary", 0)

    def _face(self) -> Face | Type:
        return self.face or _LOOKS[self.kind].face

    def _icons(self, theme: Theme) -> int:
        each = self._icon_size(theme) + (theme.px(8) if self.text else 0)
        return each * self._icon_count()

    def _icon_count(self) -> int:
        return (self.icon is not None) + (self.after is not None)

    def _icon_size(self, theme: Theme) -> int:
        """Return how large the icon is: it gives way a little where the word needs the room."""
        size = theme.px(self.icon_px)
        if not self.text or self._icon_count() != 1:
            return size
        left = self.rect.w - 2 * theme.px(4) - theme.px(8) - theme.width(self.text, self._face()) - 1
        return max(theme.px(_LEAST_ICON), min(size, left))

    def _words(self, canvas: Canvas, colour: str, drop: int) -> None:
        place = self.rect.moved(0, canvas.px(drop))
        size, gap = self._icon_size(canvas.theme), canvas.px(8) if self.text else 0
        room = place.w - self._icons(canvas.theme) - 2 * canvas.px(4)
        width = min(room, canvas.theme.width(self.text, self._face())) if self.text else 0
        x = place.x + (place.w - width - self._icons(canvas.theme)) // 2
        if self.icon:
            canvas.icon(Rect(x, place.y, size, place.h).centred(size, size), self.icon, self.weight, colour)
            x += size + gap
        if self.text:
            words = Rect(x, place.y, width + 1, place.h)
            canvas.text(words, self.text, self._face(), colour, Align.CENTRE, middle=True)
        if self.after:
            x += width + gap
            canvas.icon(Rect(x, place.y, size, place.h).centred(size, size), self.after, self.weight, colour)

    def meaning(self) -> Meaning:
        if self.said:
            return Meaning(Role.CHOICE, plain(self.said), self.enabled, self.press, self.kind is KeyKind.MODE)
        on = True if self.kind in {KeyKind.MODE, KeyKind.FIRST} else None
        text = plain(self.text or self.called) or self.icon or self.after or ""
        return Meaning(Role.KEY, text, self.enabled, self.press, on)

    def radius(self) -> int:
        return 12

    def fits(self, theme: Theme) -> bool:
        room = self.rect.w - self._icons(theme) - 2 * theme.px(4)
        return not self.text or fits(theme, self.text, self._face(), room, self.rect.h)
