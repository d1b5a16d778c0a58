"""A store of drawn surfaces that keeps the latest ones within a limit of memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pygame


class Store:
    """Surfaces by what they show; the longest unused ones go first."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._used = 0
        self._kept: OrderedDict[Hashable, pygame.Surface] = OrderedDict()

    def get(self, key: Hashable, draw: Callable[[], pygame.Surface]) -> pygame.Surface:
        """Return the surface of a key, drawn now if it is not there."""
        surface = self._kept.get(key)
        if surface is None:
            surface = draw()
            self._kept[key] = surface
            self._used += _size(surface)
            self._trim()
        else:
            self._kept.move_to_end(key)
        return surface

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._used = 0

    @property
    def used_bytes(self) -> int:
        """Return how much memory the kept surfaces take."""
        return self._used

    def _trim(self) -> None:
        while self._used > self._limit and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._used -= _size(oldest)


def _size(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * surface.get_bytesize()
