"""Rectangles on the panel, in panel pixels: small, immutable and comparable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with its upper left corner at (x, y)."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """Return the first column beyond the rectangle."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """Return the first row beyond the rectangle."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[int, int]:
        """Return the middle."""
        return self.x + self.w // 2, self.y + self.h // 2

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height."""
        return self.w, self.h

    def as_tuple(self) -> tuple[int, int, int, int]:
        """Return (x, y, w, h), the form in which pygame takes rectangles."""
        return self.x, self.y, self.w, self.h

    def moved(self, dx: int, dy: int) -> Rect:
        """Return the rectangle at another place."""
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def inset(self, dx: int, dy: int | None = None) -> Rect:
        """Return the rectangle smaller by dx on the left and right, dy (or dx) above and below."""
        vertical = dx if dy is None else dy
        return Rect(self.x + dx, self.y + vertical, self.w - 2 * dx, self.h - 2 * vertical)

    def grown(self, by: int) -> Rect:
        """Return the rectangle larger by `by` on every side."""
        return self.inset(-by)

    def centred(self, w: int, h: int) -> Rect:
        """Return a rectangle of w by h with this one's centre."""
        return Rect(self.x + (self.w - w) // 2, self.y + (self.h - h) // 2, w, h)

    def contains(self, x: int, y: int) -> bool:
        """Tell whether a point lies within."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def meets(self, other: Rect) -> bool:
        """Tell whether the two share a pixel."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def union(self, other: Rect) -> Rect:
        """Return the least rectangle that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def clipped(self, other: Rect) -> Rect:
        """Return the part that lies within the other, with no width or height where there is none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def columns(self, count: int, gap: int) -> list[Rect]:
        """Cut into `count` columns with `gap` between them; what does not divide goes to the first ones."""
        return [Rect(self.x + at, self.y, w, self.h) for at, w in _cuts(self.w, count, gap)]

    def rows(self, count: int, gap: int) -> list[Rect]:
        """Cut into `count` rows with `gap` between them."""
        return [Rect(self.x, self.y + at, self.w, h) for at, h in _cuts(self.h, count, gap)]


def _cuts(length: int, count: int, gap: int) -> list[tuple[int, int]]:
    whole, rest = divmod(length - gap * (count - 1), count)
    sizes = [whole + (index < rest) for index in range(count)]
    return [(sum(sizes[:index]) + index * gap, size) for index, size in enumerate(sizes)]
