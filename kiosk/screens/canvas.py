"""The surface that widgets draw on, in the theme's words: colours by role, lengths in panel pixels."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import pygame

from kiosk.screens.rect import Rect
from kiosk.screens.shapes import Box

if TYPE_CHECKING:
    from kiosk.screens.theme import Face, Theme, Type


class Align(Enum):
    """Where the lines of a text lie in their rectangle."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Canvas:
    """A surface with a theme."""

    def __init__(self, surface: pygame.Surface, theme: Theme) -> None:
        self.surface = surface
        self.theme = theme
        self._kit = theme.kit

    def px(self, design: float) -> int:
        """Turn a design length into panel pixels."""
        return self.theme.px(design)

    def fill(self, rect: Rect, role: str) -> None:
        """Fill a rectangle with a colour."""
        self.surface.fill(self.theme.colour(role), rect.as_tuple())

    def box(
        self,
        rect: Rect,
        fill: str,
        border: str | None = None,
        border_px: int = 0,
        radius: int = 0,
        edge: str | None = None,
        edge_px: int = 0,
    ) -> None:
        """Draw a rounded rectangle, with a border and standing on a lower edge where they are given."""
        colour = self.theme.colour
        outer = colour(border) if border and border_px else colour(fill)
        look = Box(colour(fill), outer, border_px, radius, colour(edge) if edge else None, edge_px if edge else 0)
        self._kit.shapes.box(self.surface, rect, look)

    def dashed(self, rect: Rect, fill: str | None, border: str, border_px: int, radius: int) -> None:
        """Draw a rounded rectangle with a dashed border; without a fill what lies below stays as it is."""
        colour = self.theme.colour(border)
        look = Box(self.theme.colour(fill) if fill else None, colour, border_px, radius)
        self._kit.shapes.dashed_box(self.surface, rect, look)

    def outline(self, rect: Rect, colour: str, width: int, radius: int) -> None:
        """Draw a border only; what it surrounds stays as it is."""
        self._kit.shapes.outline(self.surface, rect, self.theme.colour(colour), width, radius)

    def disc(self, rect: Rect, fill: str, border: str | None = None, border_px: int = 0) -> None:
        """Draw a disc in a square rectangle."""
        edge = self.theme.colour(border) if border and border_px else None
        self._kit.shapes.disc(self.surface, rect, self.theme.colour(fill), edge, border_px)

    def ring(self, rect: Rect, colour: str, width: int, part: float = 1.0) -> None:
        """Draw a ring, or the part of it from the top clockwise."""
        self._kit.shapes.ring(self.surface, rect, self.theme.colour(colour), width, part)

    def icon(self, rect: Rect, name: str, weight: float, colour: str) -> None:
        """Draw an icon as large as the rectangle's height, in its middle."""
        size = rect.h
        drawn = self._kit.icons.get(name, size, weight, self.theme.colour(colour))
        place = rect.centred(size, size)
        self.surface.blit(drawn, (place.x, place.y), special_flags=pygame.BLEND_PREMULTIPLIED)

    def illustration(self, rect: Rect, name: str) -> None:
        """Draw an illustration as wide as the rectangle, in its middle."""
        drawn = self._kit.illustrations.get(name, rect.w, self.theme.illustration)
        place = rect.x, rect.y + (rect.h - drawn.get_height()) // 2
        self.surface.blit(drawn, place, special_flags=pygame.BLEND_PREMULTIPLIED)

    def text(
        self,
        rect: Rect,
        text: str,
        face: Type | Face,
        colour: str = "ink",
        align: Align = Align.LEFT,
        *,
        middle: bool = False,
    ) -> Rect:
        """Set a text, broken to the rectangle's width, and return the rectangle of its lines."""
        setting = self.theme.face(face)
        lines = self._kit.type.lines(text, setting, rect.w)
        top = rect.y + ((rect.h - len(lines) * setting.line) // 2 if middle else 0)
        baseline = self._kit.type.baseline(setting, lines)
        ink = self.theme.colour(colour)
        left, right = rect.right, rect.x
        for index, line in enumerate(lines):
            width = self._kit.type.line_width(line, setting)
            x = rect.x + round((rect.w - width) * align.value)
            left, right = min(left, x), max(right, x + round(width))
            if line:
                drawn, rise = self._kit.type.strip(line, setting, ink)
                self.surface.blit(drawn, (x, top + index * setting.line + baseline - rise))
        return Rect(left, top, max(0, right - left), len(lines) * setting.line)
