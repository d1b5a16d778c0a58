"""What the citizen types: entry fields, the places of a password, and what is wrong with a field."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import DETAIL, MARK, Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

COUNT: Final = Face(36, 42, bold=True, fixed=True, most=48)
_END: Final = 4  # characters of what was typed that are never hidden


@dataclass(frozen=True, slots=True)
class Entry(Widget):
    """A field; `composing` is how many of its last characters are not decided yet, `label` what it is called."""

    text: str
    active: bool = False
    error: bool = False
    prompt: str = ""
    composing: int = 0
    hint: str = ""
    label: str = ""
    locked: bool = False
    face: Type | Face = Type.ENTRY
    hint_face: Face = DETAIL

    def draw(self, canvas: Canvas) -> None:
        self._draw_box(canvas)
        room = self._room(canvas.theme)
        if self.hint:
            right = self.rect.right - canvas.px(27)
            place = Rect(room.right, self.rect.y, right - room.right, self.rect.h)
            canvas.text(place, self.hint, self.hint_face, "ink_soft", Align.RIGHT, middle=True)
        if not self.text and self.prompt and not self.active:
            canvas.text(room, self.prompt, Type.BODY, "ink_soft", middle=True)
        else:
            self._draw_words(canvas, room)

    def _draw_box(self, canvas: Canvas) -> None:
        radius = canvas.px(12)
        if self.error:
            canvas.box(self.rect, "danger_tint", "danger", canvas.px(5), radius)
        elif self.active:
            canvas.box(self.rect, "surface", "primary", canvas.px(5), radius)
        else:
            sunken = self.locked or not self.enabled or self.pressed
            canvas.box(self.rect, "sunken" if sunken else "surface", "edge", canvas.theme.control_px, radius)

    def _inner(self, theme: Theme) -> Rect:
        return self.rect.inset(min(theme.px(27), self.rect.w // 10), theme.px(6))

    def _room(self, theme: Theme) -> Rect:
        """Return the place of the words, at the left of the hint."""
        inner = self._inner(theme)
        used = theme.width(self.hint, self.hint_face) + theme.px(16) if self.hint else 0
        return Rect(inner.x, inner.y, inner.w - used, inner.h)

    def _draw_words(self, canvas: Canvas, room: Rect) -> None:
        """Set the end of the text where there is not room for all of it, and the caret behind it."""
        setting = canvas.theme.face(self.face)
        lines = self._shown(canvas.theme, room)
        top = room.y + (room.h - len(lines) * setting.line) // 2
        for index, words in enumerate(lines):
            place = Rect(room.x, top + index * setting.line, room.w, setting.line)
            placed = canvas.text(place, words, self.face) if words else Rect(room.x, place.y, 0, setting.line)
        if self.composing:
            self._underline(canvas, placed, lines[-1])
        if self.active:
            high = min(setting.line, room.h)
            bar = Rect(placed.right + canvas.px(2), placed.y + (setting.line - high) // 2, canvas.px(4), high)
            canvas.box(bar, "primary", radius=canvas.px(2))

    def _shown(self, theme: Theme, room: Rect) -> list[str]:
        """Return the lines that fit, in a field of one line the longest end of the text."""
        width = room.w - (theme.px(8) if self.active else 0)
        most = max(1, room.h // theme.face(self.face).line)
        if most == 1:
            words = self.text.replace("\n", " ")
            hidden = bisect_left(range(len(words)), -width, key=lambda start: -theme.width(words[start:], self.face))
            return [words[hidden:]]
        lines = theme.kit.type.lines(self.text, theme.face(self.face), width)
        return ["".join(run.text for run in line) for line in lines][-most:]

    def _underline(self, canvas: Canvas, placed: Rect, words: str) -> None:
        width = canvas.theme.width(words[-self.composing :], self.face) if words else 0
        thick = canvas.px(5)
        lowest = self.rect.bottom - 3 * thick  # where large letters fill the field the line lies within its border
        canvas.fill(Rect(placed.right - width, min(placed.bottom, lowest), width, thick), "primary")

    def meaning(self) -> Meaning:
        said = f"{self.label}: {self.text}" if self.label else self.text
        if self.composing and self.hint:
            said = f"{said}\n{self.hint}"
        return Meaning(Role.ENTRY, said, self.enabled, self.press, self.active)

    def radius(self) -> int:
        return 12

    def fits(self, theme: Theme) -> bool:
        end = self.text.replace("\n", " ")[-_END:]
        return theme.width(end, self.face) <= self._room(theme).w - (theme.px(8) if self.active else 0)


@dataclass(frozen=True, slots=True)
class PasswordEntry(Widget):
    """The places of a password: how many are filled, never with what; a gap follows the least length."""

    length: int
    places: int = 16
    least: int = 6
    unit: str = ""
    dot: int = 30

    def draw(self, canvas: Canvas) -> None:
        canvas.box(self.rect, "surface", "primary", canvas.px(5), canvas.px(12))
        size, step = canvas.px(self.dot), canvas.px(self.dot + 11)
        for index in range(self.places):
            gap = canvas.px(16) if self.least and index >= self.least else 0
            x = self.rect.x + canvas.px(25) + index * step + gap
            place = Rect(x, self.rect.y, size, self.rect.h).centred(size, size)
            if index < self.length:
                canvas.disc(place, "ink")
            else:
                canvas.disc(place, "surface", "edge", canvas.px(3))
        if self.unit:
            self._draw_count(canvas)

    def _draw_count(self, canvas: Canvas) -> None:
        theme, right = canvas.theme, self.rect.right - canvas.px(25)
        wide = theme.width(self.unit, Type.BODY)
        count, unit = theme.face(COUNT), theme.face(Type.BODY)
        lines = (unit.line - count.line) // 2  # both stand on one baseline though their lines differ
        drop = theme.kit.type.baseline(count) - theme.kit.type.baseline(unit) + lines
        place = Rect(right - wide, self.rect.y + drop, wide + 1, self.rect.h)
        canvas.text(place, self.unit, Type.BODY, middle=True)
        figures = Rect(self.rect.x, self.rect.y, right - wide - canvas.px(9) - self.rect.x, self.rect.h)
        canvas.text(figures, str(self.length), COUNT, align=Align.RIGHT, middle=True)

    def meaning(self) -> Meaning:
        return Meaning(Role.ENTRY, f"{self.length}/{self.places}", on=True)


@dataclass(frozen=True, slots=True)
class Problem(Widget):
    """What is missing in a field, below it; or, with another colour and icon, that it is right.

    `word` is the colour of the words where it is not the icon's.
    """

    text: str
    colour: str = "danger"
    icon: str = "warn"
    face: Face = MARK
    word: str | None = None

    def draw(self, canvas: Canvas) -> None:
        size = self._icon_px(canvas.theme)
        place = Rect(self.rect.x, self.rect.y, size, self.rect.h).centred(size, size)
        canvas.icon(place, self.icon, 5, self.colour)
        canvas.text(self._words(canvas.theme), self.text, self.face, self.word or self.colour, middle=True)

    def _icon_px(self, theme: Theme) -> int:
        return round(theme.face(self.face).px * 1.3)

    def _words(self, theme: Theme) -> Rect:
        used = self._icon_px(theme) + theme.px(8)
        return Rect(self.rect.x + used, self.rect.y, self.rect.w - used, self.rect.h)

    def meaning(self) -> Meaning:
        return Meaning(Role.PROBLEM, self.text)

    def fits(self, theme: Theme) -> bool:
        words = self._words(theme)
        return fits(theme, self.text, self.face, words.w, words.h)
