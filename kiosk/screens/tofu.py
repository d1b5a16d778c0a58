"""The mark for a character that no font of the chain has: a box with its code, never an empty place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from kiosk.screens.fonts import FontFile
    from kiosk.screens.setting import Colour


def tofu_width(cluster: str, px: int) -> int:
    """Return the advance of a box for a cluster at an em of `px`."""
    return px * len(cluster)


def draw_tofu(
    surface: pygame.Surface, clusters: tuple[str, ...], at: tuple[int, int], px: int, font: FontFile, colour: Colour
) -> None:
    """Draw one box a code point with `at` on the baseline: U+ above, the code below."""
    x, baseline = at
    for sign in "".join(clusters):
        box = pygame.Rect(x + px // 16, baseline - px * 7 // 8, px - px // 8, px)
        pygame.draw.rect(surface, colour, box, max(1, px // 16))
        code = f"{ord(sign):04X}"
        half = -(-len(code) // 2)
        for row, part in enumerate((code[:half], code[half:])):
            drawn = font.at(px * 3 // 8).render(part, True, colour)  # noqa: FBT003  # by position only
            surface.blit(drawn, drawn.get_rect(centerx=box.centerx, centery=box.y + box.h * (2 * row + 1) // 4))
        x += px
