"""Icons and illustrations: SVG files given the theme's colours, rendered once a size."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.screens.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kiosk.screens.setting import Colour

_KEPT_BYTES: Final = 16 << 20
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
ICON_BOX: Final = 48


class PictureMissing(KeyError):
    """There is no drawing of that name."""


class Icons:
    """Line drawings of 48 by 48, in any colour and weight; to be blitted premultiplied."""

    def __init__(self, directory: Path) -> None:
        self._sources = {path.stem: path.read_text() for path in sorted(directory.glob("*.svg"))}
        self._kept = Store(_KEPT_BYTES // 4)

    def get(self, name: str, px: int, weight: float, colour: Colour) -> pygame.Surface:
        """Return an icon `px` wide with lines of `weight` (of 48); raises PictureMissing."""
        return self._kept.get((name, px, weight, colour), lambda: self._draw(name, px, weight, colour))

    def _draw(self, name: str, px: int, weight: float, colour: Colour) -> pygame.Surface:
        if name not in self._sources:
            raise PictureMissing(name)
        hexa = "#{:02x}{:02x}{:02x}".format(*colour)
        source = self._sources[name].replace("currentColor", hexa)
        return _rendered(source.replace('stroke-width="5"', f'stroke-width="{weight}"'), (px, px))


class Illustrations:
    """Flat drawings in twelve named colours, those of the light theme in the files; to be blitted premultiplied."""

    def __init__(self, directory: Path, named: Mapping[str, str]) -> None:
        self._sources = {path.stem: path.read_text() for path in sorted(directory.glob("*.svg"))}
        self._named = named
        self._kept = Store(_KEPT_BYTES)

    def size(self, name: str) -> tuple[int, int]:
        """Return the size a drawing was made in."""
        found = _SIZE.search(self._source(name))
        if found is None:
            raise PictureMissing(name)
        return int(found[1]), int(found[2])

    def get(self, name: str, width: int, colours: Mapping[str, str]) -> pygame.Surface:
        """Return a drawing `width` px wide in a theme's twelve colours; raises PictureMissing."""
        key = (name, width, tuple(colours.values()))
        return self._kept.get(key, lambda: self._draw(name, width, colours))

    def height(self, name: str, width: int) -> int:
        """Return how high a drawing is at a width."""
        w, h = self.size(name)
        return round(width * h / w)

    def _source(self, name: str) -> str:
        if name not in self._sources:
            raise PictureMissing(name)
        return self._sources[name]

    def _draw(self, name: str, width: int, colours: Mapping[str, str]) -> pygame.Surface:
        light = {value.lower(): role for role, value in self._named.items()}
        source = re.sub(
            r"#[0-9A-Fa-f]{6}",
            lambda found: colours[light[found[0].lower()]] if found[0].lower() in light else found[0],
            self._source(name),
        )
        return _rendered(source, (width, self.height(name, width)))


def _rendered(source: str, size: tuple[int, int]) -> pygame.Surface:
    """Render at twice the size and bring down: the library's own smoothing is coarse across.

    The result is premultiplied, so that bringing it down mixes no black of transparent pixels into the edges.
    """
    large = pygame.image.load_sized_svg(io.BytesIO(source.encode()), (size[0] * 2, size[1] * 2))
    return pygame.transform.smoothscale(large.premul_alpha(), size)
