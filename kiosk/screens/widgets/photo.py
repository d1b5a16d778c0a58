"""What the camera sees, and what it has taken."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.screens.rect import Rect
from kiosk.screens.rich import plain
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.check_row import draw_card
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.application.picture import Picture
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

_NAMES: Final = (Face(28, 34, bold=True, most=34, small=22), Face(24, 28, bold=True, most=26, small=20))


@dataclass(frozen=True, slots=True)
class LivePicture(Widget):
    """What the camera sees now, as large as its place; nothing of it is kept once it is drawn."""

    picture: Picture | None
    said: str

    def draw(self, canvas: Canvas) -> None:
        inner = _framed(canvas, self.rect)
        if self.picture is not None:
            drawn = scaled(self.picture, inner)
            place = inner.centred(*drawn.get_size())
            canvas.surface.blit(drawn, (place.x, place.y))

    def meaning(self) -> Meaning:
        return Meaning(Role.PICTURE, self.said)


@dataclass(frozen=True, slots=True)
class Photo(Widget):
    """A photograph as large as its place."""

    picture: Picture
    said: str

    def draw(self, canvas: Canvas) -> None:
        inner = _framed(canvas, self.rect)
        kept(canvas, self.picture, inner)

    def meaning(self) -> Meaning:
        return Meaning(Role.PICTURE, self.said)


@dataclass(frozen=True, slots=True)
class PhotoTile(Widget):
    """An accepted photograph beside its name; pressed to be seen large."""

    text: str
    picture: Picture

    def draw(self, canvas: Canvas) -> None:
        draw_card(canvas, self.rect, chosen=False, pressed=self.pressed)
        frame = self._frame(canvas.theme)
        canvas.fill(frame.grown(canvas.px(2)), "edge")
        kept(canvas, self.picture, frame)
        words = self._words(canvas.theme)
        canvas.text(words, self.text, self._face(canvas.theme), middle=True)

    def _frame(self, theme: Theme) -> Rect:
        high = self.rect.h - 2 * theme.px(12)
        wide = round(high * self.picture.width / self.picture.height)
        return Rect(self.rect.x + theme.px(14), self.rect.y + theme.px(12), wide, high)

    def _words(self, theme: Theme) -> Rect:
        left = self._frame(theme).right + theme.px(12)
        return Rect(left, self.rect.y, self.rect.right - theme.px(10) - left, self.rect.h)

    def _face(self, theme: Theme) -> Face:
        words = self._words(theme)
        return next((face for face in _NAMES if fits(theme, self.text, face, *words.size)), _NAMES[-1])

    def meaning(self) -> Meaning:
        return Meaning(Role.BUTTON, plain(self.text), self.enabled, self.press)

    def radius(self) -> int:
        return 20

    def fits(self, theme: Theme) -> bool:
        return fits(theme, self.text, self._face(theme), *self._words(theme).size)


def _framed(canvas: Canvas, rect: Rect) -> Rect:
    """Draw the frame that a picture lies in; return what is within."""
    canvas.fill(rect, "edge")
    inner = rect.inset(canvas.px(3))
    canvas.fill(inner, "sunken")
    return inner


def scaled(picture: Picture, place: Rect) -> pygame.Surface:
    """Return a picture as large as it fits into a place, its shape kept."""
    scale = min(place.w / picture.width, place.h / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    whole = pygame.image.frombuffer(picture.rgb, (picture.width, picture.height), "RGB")
    return whole.copy() if size == whole.get_size() else pygame.transform.smoothscale(whole, size)


def kept(canvas: Canvas, picture: Picture, place: Rect) -> None:
    """Draw a picture that stays; its scaled form is kept until everything drawn is forgotten."""
    drawn = canvas.theme.kit.pages.get((picture.rgb, place.size), lambda: scaled(picture, place))
    middle = place.centred(*drawn.get_size())
    canvas.surface.blit(drawn, (middle.x, middle.y))
