"""An answer that the card gave: shown, marked as the card's, and closed until the citizen asks to correct it."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.rect import Rect
from kiosk.screens.theme import VALUE, Face
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.label import fits
from kiosk.screens.widgets.marks import Tag
from kiosk.screens.widgets.shortened import shortened

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

_FACES: Final = (VALUE, Face(28, 36, bold=True), Face(26, 34, bold=True), Face(24, 28, most=34), Face(22, 26, most=26))
_LEAST_FACES: Final = {False: _FACES[2], True: _FACES[4]}


@dataclass(frozen=True, slots=True)
class LockedAnswer(Widget):
    """The answer in a sunken field, with the mark of its origin at the right."""

    text: str
    mark: str
    label: str = ""

    def draw(self, canvas: Canvas) -> None:
        canvas.box(self.rect, "sunken", "edge", canvas.theme.line_px, canvas.px(12))
        words = self._words(canvas.theme)
        face = self._face(canvas.theme)
        said = shortened(canvas.theme, self.text, face, (words.w, words.h - canvas.px(4)))
        canvas.text(words, said, face, middle=True)
        tag = self._tag(canvas.theme)
        tag.at(
            Rect(self.rect.right - canvas.px(20) - tag.width(canvas.theme), self.rect.y, 0, self.rect.h), canvas.theme
        ).draw(canvas)

    def _tag(self, theme: Theme) -> Tag:
        del theme
        return Tag(self.rect, self.mark, icon="card")

    def _words(self, theme: Theme) -> Rect:
        left, gap = theme.px(27), theme.px(20)
        return Rect(
            self.rect.x + left, self.rect.y, self.rect.w - left - 2 * gap - self._tag(theme).width(theme), self.rect.h
        )

    def _face(self, theme: Theme) -> Face:
        words = self._words(theme)
        room = words.h - theme.px(12)
        return next((face for face in _FACES if fits(theme, self.text, face, words.w, room)), _FACES[-1])

    def needed(self, theme: Theme, *, tight: bool) -> int:
        """Return how high the field must be at its width, in panel pixels; `tight` in the smallest type."""
        return theme.height(self.text, _LEAST_FACES[tight], self._words(theme).w) + theme.px(16)

    def meaning(self) -> Meaning:
        return Meaning(Role.ENTRY, f"{self.label}: {self.text}", enabled=False, on=False)

    def radius(self) -> int:
        return 12
