"""Pictures of scenes: drawn off the screen, saved as PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from kiosk.screens.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def drawn(widgets: Sequence[Widget], theme: Theme, size: tuple[int, int]) -> pygame.Surface:
    """Return a scene drawn on a surface of its own."""
    surface = pygame.Surface(size)
    Screen(surface).show(widgets, theme)
    return surface


def save_png(surface: pygame.Surface, path: Path) -> None:
    """Write what is on a surface to a PNG file."""
    pygame.image.save(surface, path)
