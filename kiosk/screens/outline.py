"""Paths along a rounded rectangle and round a circle, as points: where dashes and ring parts lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """The middle line of a border of `border` px inside a box of w by h with corners of `radius`."""

    w: int
    h: int
    radius: int
    border: int

    @property
    def _corner(self) -> float:
        return max(0.0, min(self.radius, self.w / 2, self.h / 2) - self.border / 2)

    @property
    def _sides(self) -> tuple[float, float]:
        both = 2 * self._corner + self.border
        return max(0.0, self.w - both), max(0.0, self.h - both)

    @property
    def length(self) -> float:
        """Return how long the line is."""
        return 2 * sum(self._sides) + 2 * math.pi * self._corner

    def at(self, way: float) -> tuple[Point, Point]:
        """Return the point `way` px from the upper left corner's end, clockwise, and the outward normal there."""
        way %= self.length
        quarter = math.pi * self._corner / 2
        r = self._corner
        left, top = self.border / 2 + r, self.border / 2 + r
        right, bottom = left + self._sides[0], top + self._sides[1]
        turns = ((left, top), (right, top), (right, bottom), (left, bottom))
        for side in range(4):
            straight, angle = self._sides[side % 2], math.pi / 2 * (side - 1)
            if way <= straight:
                nx, ny = round(math.cos(angle)), round(math.sin(angle))
                x, y = turns[side]
                return (x + nx * r - ny * way, y + ny * r + nx * way), (nx, ny)
            way -= straight
            if way <= quarter:
                angle += way / r if r else 0
                x, y = turns[(side + 1) % 4]
                return (x + r * math.cos(angle), y + r * math.sin(angle)), (math.cos(angle), math.sin(angle))
            way -= quarter
        return self.at(0)


def dashes(outline: Outline, width: int) -> Iterator[list[Point]]:
    """Yield dashes twice as long as the line is wide, with gaps as near to its width as comes out even."""
    dash = 2.0 * width
    count = max(1, round(outline.length / (dash + width)))
    period = outline.length / count
    for index in range(count):
        yield _band(outline, index * period, dash, width)


def _band(outline: Outline, start: float, length: float, width: int) -> list[Point]:
    steps = max(2, math.ceil(length))
    line = [outline.at(start + length * step / steps) for step in range(steps + 1)]
    half = width / 2
    outer = [(x + nx * half, y + ny * half) for (x, y), (nx, ny) in line]
    inner = [(x - nx * half, y - ny * half) for (x, y), (nx, ny) in line]
    return outer + inner[::-1]


def sector(outer: float, inner: float, part: float) -> list[Point]:
    """Return the part of a ring from the top clockwise; its centre lies at (outer, outer)."""
    steps = max(2, math.ceil(part * 180))
    angles = [2 * math.pi * part * step / steps - math.pi / 2 for step in range(steps + 1)]
    return [(outer + outer * math.cos(a), outer + outer * math.sin(a)) for a in angles] + [
        (outer + inner * math.cos(a), outer + inner * math.sin(a)) for a in reversed(angles)
    ]
