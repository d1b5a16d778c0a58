"""What other widgets lie on: bands, sheets, rules, the veil and its dialog."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from kiosk.screens.rect import Rect
from kiosk.screens.widgets.base import Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas

VEIL_ALPHA = round(255 * 0.62)


@dataclass(frozen=True, slots=True)
class Band(Widget):
    """A rectangle of one colour."""

    colour: str = "chrome"

    def draw(self, canvas: Canvas) -> None:
        canvas.fill(self.rect, self.colour)


@dataclass(frozen=True, slots=True)
class Sheet(Widget):
    """A white sheet with rounded corners."""

    fill: str = "surface"
    border: str = "line"

    def draw(self, canvas: Canvas) -> None:
        canvas.box(self.rect, self.fill, self.border, canvas.theme.line_px, canvas.px(20))

    def radius(self) -> int:
        return 20


@dataclass(frozen=True, slots=True)
class Dialog(Widget):
    """The sheet of an overlay."""

    def draw(self, canvas: Canvas) -> None:
        canvas.box(self.rect, "surface", "edge", canvas.theme.control_px, canvas.px(28))

    def radius(self) -> int:
        return 28


@dataclass(frozen=True, slots=True)
class Veil(Widget):
    """What darkens the scene behind a dialog; it begins below the header and takes every touch."""

    def draw(self, canvas: Canvas) -> None:
        place = self.rect.clipped(Rect(*canvas.surface.get_clip()))
        shade = pygame.Surface(place.size)
        shade.fill(canvas.theme.colour("veil"))
        shade.set_alpha(VEIL_ALPHA)
        canvas.surface.blit(shade, (place.x, place.y))
