"""Every word that is drawn stands out against what lies below it, in every theme."""

from __future__ import annotations

from functools import cache

import pygame
import pytest

from kiosk.screens.rect import Rect
from kiosk.screens.theme import Type
from tests.gallery.contrast import Watching, faint
from tests.gallery.easel import BIG, easels
from tests.gallery.matrix import TELLING
from tests.gallery.variants import THEMES
from tests.gallery.views import view_of

_EASELS = cache(easels)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TELLING)
def test_words_stand_out(name, theme):
    easel = _EASELS()[BIG]
    view = view_of(name, "ja", theme=theme)
    assert faint(easel.stage.arrange(view), easel.theme(view), (1280, 800)) == []


def test_the_check_can_fail():
    easel = _EASELS()[BIG]
    theme = easel.theme(view_of("checklist", "ja"))
    canvas = Watching(pygame.Surface((200, 100)), theme)
    canvas.fill(Rect(0, 0, 200, 100), "ground")
    canvas.text(Rect(10, 10, 180, 60), "見えない", Type.BODY, "line")
    assert canvas.faint
