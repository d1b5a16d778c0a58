"""Shapes with smooth edges: drawn several times larger, brought down, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from kiosk.screens.outline import Outline, dashes, sector
from kiosk.screens.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.screens.rect import Rect
    from kiosk.screens.setting import Colour

_KEPT_BYTES: Final = 8 << 20
_FINE: Final = 8
_FINE_LARGE: Final = 4  # enough where the shape is large, and quicker
_LARGE: Final = 96


@dataclass(frozen=True, slots=True)
class Box:
    """How a rounded rectangle looks, in panel pixels; `edge` is the darker lower edge it stands on.

    Only a dashed box may be without a fill.
    """

    fill: Colour | None
    border: Colour
    border_px: int
    radius: int
    edge: Colour | None = None
    edge_px: int = 0


class Shapes:
    """Draws boxes, discs and rings; corners and small shapes are kept, straight parts are filled each time."""

    def __init__(self) -> None:
        self._kept = Store(_KEPT_BYTES)
        self._lines: dict[tuple[Box, int], _Lines] = {}

    def box(self, surface: pygame.Surface, rect: Rect, look: Box) -> None:
        """Draw a rounded rectangle with border and lower edge."""
        corner = min(look.radius, rect.h // 2, rect.w // 2) + look.edge_px + 1
        if rect.w <= 2 * corner + 1 or rect.h <= 2 * corner + 1:
            whole = self._kept.get((look, rect.size), lambda: _box_sprite(rect.w, rect.h, look))
            surface.blit(whole, (rect.x, rect.y))
            return
        side = 2 * corner + 1
        sprite = self._kept.get((look, side), lambda: _box_sprite(side, side, look))
        lines = self._lines.get((look, side))
        if lines is None:
            lines = self._lines[look, side] = _lines(sprite)
        _corners(surface, sprite, rect, corner)
        _straight(surface, lines, rect, corner)

    def dashed_box(self, surface: pygame.Surface, rect: Rect, look: Box) -> None:
        """Draw a filled rounded rectangle whose border is a row of dashes."""
        drawn = self._kept.get((look, rect.size, "dashed"), lambda: _dashed_sprite(rect.w, rect.h, look))
        surface.blit(drawn, (rect.x, rect.y))

    def outline(self, surface: pygame.Surface, rect: Rect, colour: Colour, width: int, radius: int) -> None:
        """Draw the border of a rounded rectangle and leave its inside as it is."""
        corner = min(max(radius, width), rect.w // 2, rect.h // 2)
        side = 2 * corner + 1
        sprite = self._kept.get((colour, width, radius, side), lambda: _outline_sprite(side, colour, width, radius))
        _corners(surface, sprite, rect, corner)
        for y in (rect.y, rect.bottom - width):
            surface.fill(colour, (rect.x + corner, y, rect.w - 2 * corner, width))
        for x in (rect.x, rect.right - width):
            surface.fill(colour, (x, rect.y + corner, width, rect.h - 2 * corner))

    def disc(
        self, surface: pygame.Surface, rect: Rect, fill: Colour, border: Colour | None = None, border_px: int = 0
    ) -> None:
        """Draw a disc in a square rectangle."""
        look = Box(fill, border or fill, border_px, rect.w // 2)
        drawn = self._kept.get((look, rect.w, "disc"), lambda: _disc_sprite(rect.w, look))
        surface.blit(drawn, (rect.x, rect.y))

    def ring(
        self, surface: pygame.Surface, rect: Rect, colour: Colour, width: int, part: float = 1.0, step: int = 360
    ) -> None:
        """Draw a ring, or the part of it from the top clockwise (in `step` pieces)."""
        pieces = max(0, min(step, round(part * step)))
        key = (colour, rect.w, width, pieces, step, "ring")
        surface.blit(self._kept.get(key, lambda: _ring_sprite(rect.w, colour, width, pieces / step)), (rect.x, rect.y))


def _scale_for(size: int) -> int:
    return _FINE_LARGE if size > _LARGE else _FINE


def _sprite(
    w: int, h: int, background: Colour, draw: Callable[[pygame.Surface, int], None], scale: int
) -> pygame.Surface:
    """Draw large on a ground that is the outline's own colour, so that the edge stays clean when brought down."""
    fine = pygame.Surface((w * scale, h * scale), pygame.SRCALPHA)
    fine.fill((*background, 0))
    draw(fine, scale)
    return pygame.transform.smoothscale(fine, (w, h))


def _round(
    surface: pygame.Surface, colour: Colour | tuple[int, int, int, int], rect: tuple[int, int, int, int], radius: int
) -> None:
    x, y, w, h = rect
    r = min(radius, w // 2, h // 2)
    if r <= 0:
        surface.fill(colour, rect)
        return
    surface.fill(colour, (x + r, y, w - 2 * r, h))
    surface.fill(colour, (x, y + r, w, h - 2 * r))
    for cx in (x + r, x + w - r):
        for cy in (y + r, y + h - r):
            pygame.draw.circle(surface, colour, (cx, cy), r)  # covers 2r pixels, up to but not at cx + r


def _box_sprite(w: int, h: int, look: Box) -> pygame.Surface:
    def draw(fine: pygame.Surface, k: int) -> None:
        b, e = look.border_px, look.edge_px
        _round(fine, look.border, (0, 0, w * k, h * k), look.radius * k)
        inner = max(0, look.radius - b) * k
        if look.edge is not None:
            _round(fine, look.edge, (b * k, b * k, (w - 2 * b) * k, (h - 2 * b) * k), inner)
        _round(fine, look.fill or look.border, (b * k, b * k, (w - 2 * b) * k, (h - 2 * b - e) * k), inner)

    return _sprite(w, h, look.border, draw, _FINE)


def _outline_sprite(side: int, colour: Colour, width: int, radius: int) -> pygame.Surface:
    def draw(fine: pygame.Surface, k: int) -> None:
        _round(fine, colour, (0, 0, side * k, side * k), radius * k)
        inner = (width * k, width * k, (side - 2 * width) * k, (side - 2 * width) * k)
        _round(fine, (*colour, 0), inner, max(0, radius - width) * k)

    return _sprite(side, side, colour, draw, _FINE)


def _corners(surface: pygame.Surface, sprite: pygame.Surface, rect: Rect, corner: int) -> None:
    far = sprite.get_width() - corner
    for x, source_x in ((rect.x, 0), (rect.right - corner, far)):
        for y, source_y in ((rect.y, 0), (rect.bottom - corner, far)):
            surface.blit(sprite, (x, y), (source_x, source_y, corner, corner))


def _straight(surface: pygame.Surface, lines: _Lines, rect: Rect, corner: int) -> None:
    """Fill what lies between the corners: the column above and below, the row at both sides."""
    across, along = rect.w - 2 * corner, rect.h - 2 * corner
    for colour, start, length in lines.column.stretched(along):
        surface.fill(colour, (rect.x + corner, rect.y + start, across, length))
    top = rect.y + corner
    for colour, start, length in lines.row.stretched(across):
        end = start + length
        if start < corner:
            surface.fill(colour, (rect.x + start, top, min(end, corner) - start, along))
        if end > rect.w - corner:
            left = max(start, rect.w - corner)
            surface.fill(colour, (rect.x + left, top, end - left, along))


class _Line(NamedTuple):
    """The colours of a sprite's middle row or column as (colour, start, length); `middle` is the run that stretches."""

    runs: tuple[tuple[Colour, int, int], ...]
    middle: int

    def stretched(self, by: int) -> Iterator[tuple[Colour, int, int]]:
        """Yield the runs with the middle pixel stretched to `by` pixels."""
        for index, (colour, start, length) in enumerate(self.runs):
            grown = length + by - 1 if index == self.middle else length
            yield colour, start + (by - 1 if index > self.middle else 0), grown


class _Lines(NamedTuple):
    column: _Line
    row: _Line


def _lines(sprite: pygame.Surface) -> _Lines:
    side = sprite.get_width()
    middle = side // 2
    column = [_seen(sprite, middle, at) for at in range(side)]
    return _Lines(_line(column, middle), _line([_seen(sprite, at, middle) for at in range(side)], middle))


def _line(colours: list[Colour], middle: int) -> _Line:
    runs: list[tuple[Colour, int, int]] = []
    at, inside = 0, 0
    for colour, group in groupby(colours):
        length = len(list(group))
        if at <= middle < at + length:
            inside = len(runs)
        runs.append((colour, at, length))
        at += length
    return _Line(tuple(runs), inside)


def _seen(sprite: pygame.Surface, x: int, y: int) -> Colour:
    colour = sprite.get_at((x, y))
    return colour.r, colour.g, colour.b


def _dashed_sprite(w: int, h: int, look: Box) -> pygame.Surface:
    def draw(fine: pygame.Surface, k: int) -> None:
        if look.fill:
            _round(fine, look.fill, (0, 0, w * k, h * k), look.radius * k)
        for shape in dashes(Outline(w, h, look.radius, look.border_px), look.border_px):
            pygame.draw.polygon(fine, look.border, [(x * k, y * k) for x, y in shape])

    return _sprite(w, h, look.fill or look.border, draw, _scale_for(max(w, h)))


def _disc_sprite(size: int, look: Box) -> pygame.Surface:
    def draw(fine: pygame.Surface, k: int) -> None:
        middle = size * k // 2
        pygame.draw.circle(fine, look.border, (middle, middle), middle)
        if look.border_px:
            pygame.draw.circle(fine, look.fill or look.border, (middle, middle), middle - look.border_px * k)

    return _sprite(size, size, look.border, draw, _scale_for(size))


def _ring_sprite(size: int, colour: Colour, width: int, part: float) -> pygame.Surface:
    def draw(fine: pygame.Surface, k: int) -> None:
        if part > 0:
            points = sector(size / 2, size / 2 - width, part)
            pygame.draw.polygon(fine, colour, [(x * k, y * k) for x, y in points])

    return _sprite(size, size, colour, draw, _scale_for(size))
