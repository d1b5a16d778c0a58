"""A panel to draw on: the program's own stage, with a typesetter that listens to what it sets."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.screens.area import Area, area_of, lower_half
from kiosk.screens.canvas import Canvas
from kiosk.screens.fonts import Chain
from kiosk.screens.kit import Kit, load_kit
from kiosk.screens.screen import Screen
from kiosk.screens.stage import Stage
from kiosk.screens.text import Typesetter
from kiosk.screens.theme import Theme, theme_for
from kiosk.screens.tokens import ThemeName
from kiosk.screens.window import open_window
from tests.gallery.papers import catalogue

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.rich import Line
    from kiosk.screens.setting import Colour, Setting
    from kiosk.screens.widgets.base import Widget

BIG, SMALL = "1280x800", "800x480"
PANELS: Final = {BIG: ((1280, 800), (217, 136)), SMALL: ((800, 480), (154, 86))}  # pixels, millimetres


class ListeningTypesetter(Typesetter):
    """Sets text like any other and remembers the lines that were drawn since it was last asked."""

    def __init__(self, chain: Chain) -> None:
        super().__init__(chain)
        self.lines_drawn: set[tuple[Line, Setting]] = set()
        self.only_listens = False  # what is set is heard, but not drawn
        self._nothing = pygame.Surface((1, 1), pygame.SRCALPHA)

    def strip(self, line: Line, setting: Setting, colour: Colour) -> tuple[pygame.Surface, int]:
        self.lines_drawn.add((line, setting))
        return (self._nothing, 0) if self.only_listens else super().strip(line, setting, colour)

    def without_glyph(self) -> set[str]:
        """Return the characters among the drawn lines that no font of the chain has."""
        pieces = (piece for line, setting in self.lines_drawn for piece in self._pieces(line, setting))
        return {piece.text for piece in pieces if piece.font is None}

    def words_drawn(self) -> list[str]:
        """Return the drawn lines as plain words."""
        return sorted({"".join(run.text for run in line) for line, _ in self.lines_drawn})


@dataclass(frozen=True, eq=False)
class Easel:
    """One panel size with everything that draws on it."""

    size: str
    kit: Kit
    area: Area
    stage: Stage
    ear: ListeningTypesetter

    def laid(self, view: View) -> Area:
        """Return the regions a view is laid in."""
        return lower_half(self.area, self.kit.tokens) if view.lower else self.area

    def theme(self, view: View) -> Theme:
        """Return the theme a view is drawn in."""
        return theme_for(self.kit, self.area, ThemeName(view.theme), view.text_size, view.language)

    def draw(self, widgets: list[Widget], view: View, focused: Widget | None = None) -> pygame.Surface:
        """Return the picture, with the ring where it stands; the ear knows afterwards which lines it took."""
        self.ear.lines_drawn.clear()
        surface = pygame.Surface(PANELS[self.size][0])
        Screen(surface).show(widgets, self.theme(view), focused=focused)
        return surface

    def listen(self, widgets: list[Widget], view: View) -> None:
        """Let the ear know which lines a picture would take, without drawing one: much faster."""
        self.ear.lines_drawn.clear()
        self.ear.only_listens = True
        canvas = Canvas(pygame.Surface((1, 1)), self.theme(view))
        for widget in widgets:
            widget.draw(canvas)
        self.ear.only_listens = False


def easels() -> dict[str, Easel]:
    """Return an easel for each panel; they share their fonts and pictures."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    if not pygame.display.get_init():
        open_window(PANELS[BIG][0], fullscreen=False)
    ear = ListeningTypesetter(Chain())
    kit = replace(load_kit(), type=ear)
    return {size: _easel(size, kit, ear) for size in PANELS}


def _easel(size: str, kit: Kit, ear: ListeningTypesetter) -> Easel:
    pixels, mm = PANELS[size]
    area = area_of(kit.tokens, pixels, mm)
    return Easel(size, kit, area, Stage(pygame.Surface(pixels), kit, area, catalogue()), ear)
