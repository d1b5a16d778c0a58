"""The window: a full screen on the kiosk, a window at a desk, nothing at all where there is no display."""

from __future__ import annotations

import pygame

_QUIET = (pygame.MOUSEWHEEL, pygame.TEXTINPUT, pygame.TEXTEDITING, pygame.JOYAXISMOTION)


class WrongPygame(Exception):
    """The classic pygame is installed: it has no KMSDRM driver and other fonts (pygame-ce is needed)."""


def open_window(size: tuple[int, int], *, fullscreen: bool, title: str = "Madoguchi") -> pygame.Surface:
    """Open the display and return its surface; sound and joysticks stay untouched."""
    if not getattr(pygame, "IS_CE", False):
        raise WrongPygame
    pygame.display.init()
    pygame.font.init()
    surface = pygame.display.set_mode(size, pygame.FULLSCREEN if fullscreen else 0)
    pygame.display.set_caption(title)
    pygame.mouse.set_visible(not fullscreen)
    pygame.event.set_blocked(list(_QUIET))
    pygame.key.stop_text_input()
    return surface


def close_window() -> None:
    """Close display and fonts."""
    pygame.font.quit()
    pygame.display.quit()
