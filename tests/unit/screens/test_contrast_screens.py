"""Every word that is drawn stands out against what lies below it, in every theme."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pygame
import pytest

from kiosk.screens.canvas import Canvas
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Type
from tests.gallery.easel import BIG, easels
from tests.gallery.variants import TELLING
from tests.gallery.views import view_of

LEAST = 4.5
THEMES = ("light", "dark", "high_contrast", "yellow_on_black")
_EASELS = cache(easels)


def luminance(colour) -> float:
    parts = [part / 255 for part in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, other) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Watching(Canvas):
    """A canvas that looks at what lies below each text before it is drawn."""

    def __init__(self, surface, theme) -> None:
        super().__init__(surface, theme)
        self.faint: set[tuple[str, str, float]] = set()

    def text(self, rect: Rect, text: str, face, colour: str = "ink", *place, **more):
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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TELLING)
def test_words_stand_out(name, theme):
    easel = _EASELS()[BIG]
    view = view_of(name, "ja", theme=theme)
    surface = pygame.Surface((1280, 800))
    canvas = Watching(surface, easel.theme(view))
    canvas.fill(Rect(0, 0, 1280, 800), "ground")
    for widget in easel.stage.arrange(view):
        widget.draw(canvas)
    assert canvas.faint == set()


def test_the_check_can_fail():
    easel = _EASELS()[BIG]
    theme = easel.theme(view_of("checklist", "ja"))
    canvas = Watching(pygame.Surface((200, 100)), theme)
    canvas.fill(Rect(0, 0, 200, 100), "ground")
    canvas.text(Rect(10, 10, 180, 60), "見えない", Type.BODY, "line")
    assert canvas.faint
