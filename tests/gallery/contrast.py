"""Whether words stand out against what lies below them: WCAG's ratio of luminances."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.screens.canvas import Canvas
from kiosk.screens.rect import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

LEAST: Final = 4.5


def luminance(colour: Sequence[int]) -> float:
    parts = [part / 255 for part in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: Sequence[int], other: Sequence[int]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Watching(Canvas):
    """A canvas that looks at what lies below each text before it is drawn."""

    def __init__(self, surface: pygame.Surface, theme: Theme) -> None:
        super().__init__(surface, theme)
        self.faint: set[tuple[str, str, float]] = set()

    def text(self, rect: Rect, text: str, face, colour: str = "ink", *place, **more) -> Rect:
        whole = Rect(0, 0, *self.surface.get_size())
        room = rect.grown(8).clipped(whole)
        before = self.surface.subsurface(room.as_tuple()).copy()
        lines = super().text(rect, text, face, colour, *place, **more).clipped(room).moved(-room.x, -room.y)
        if text.strip() and lines.w and lines.h:
            spots = [(x, y) for x in range(lines.x, lines.right, 4) for y in range(lines.y, lines.bottom, 4)]
            below = Counter(tuple(before.get_at(spot)) for spot in spots).most_common(1)[0][0]
            found = ratio(below, self.theme.colour(colour))
            if found < LEAST:
                self.faint.add((text, colour, round(found, 2)))
        return lines


def faint(widgets: Sequence[Widget], theme: Theme, size: tuple[int, int]) -> list[str]:
    """Return the words that are hard to make out."""
    canvas = Watching(pygame.Surface(size), theme)
    canvas.fill(Rect(0, 0, *size), "ground")
    for widget in widgets:
        widget.draw(canvas)
    return [f"contrast {found}: {colour} {text!r}" for text, colour, found in sorted(canvas.faint)]
