"""The screen: keeps what is shown and draws again only what has changed."""

from __future__ import annotations

import zlib
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.screens.canvas import Canvas
from kiosk.screens.focus import ring_around
from kiosk.screens.rect import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_BLEED: Final = 6  # a glyph, or a reading above it, may reach this far over its rectangle
_MOST_PARTS: Final = 12  # more changes than that are drawn as one
_PIXEL: Final = 3  # bytes
_THUMBNAIL: Final = (64, 40)
_WHOLE_FROM: Final = 0.6  # a larger part of the panel is drawn as a whole


def dressed(
    widgets: Sequence[Widget], theme: Theme, pressed: Sequence[Widget] = (), focused: Widget | None = None
) -> list[Widget]:
    """Return the widgets with what is pressed and focused shown; a secret key does not change."""
    shown = [replace(widget, pressed=True) if widget in pressed and not widget.secret else widget for widget in widgets]
    return shown if focused is None else [*shown, ring_around(focused, theme)]


class Screen:
    """A surface and the widgets on it."""

    def __init__(self, surface: pygame.Surface) -> None:
        self.surface = surface
        self._shown: list[Widget] = []
        self._theme: Theme | None = None
        self._picture = 0  # the last frame's checksum: nothing of what it showed

    def show(
        self, widgets: Sequence[Widget], theme: Theme, pressed: Sequence[Widget] = (), focused: Widget | None = None
    ) -> list[Rect]:
        """Draw what is new and return the rectangles that were drawn; they still have to be put on the panel."""
        wanted = dressed(widgets, theme, pressed, focused)
        whole = Rect(0, 0, *self.surface.get_size())
        if theme is not self._theme and theme != self._theme:
            parts = [whole]
        else:
            parts = _merged(changes(self._shown, wanted), whole)
        canvas = Canvas(self.surface, theme)
        for part in parts:
            _repaint(canvas, wanted, part)
        self._shown, self._theme = wanted, theme
        if parts:
            self._picture = zlib.crc32(_thumbnail(self.surface))
        return parts

    def stands(self) -> bool:
        """Tell whether the last frame is still there, and is a picture: not of one colour all over."""
        seen = _thumbnail(self.surface)
        return zlib.crc32(seen) == self._picture and seen != seen[:_PIXEL] * (len(seen) // _PIXEL)

    def forget(self) -> None:
        """Drop what is shown, so that nothing of it stays in memory and the next scene is drawn whole."""
        self._shown, self._theme, self._picture = [], None, 0
        with suppress(pygame.error):  # the display was lost, and with it what it showed
            self.surface.fill((0, 0, 0))


def changes(before: Sequence[Widget], after: Sequence[Widget]) -> list[Rect]:
    """Return the rectangles of widgets that came, went or changed their place in the order."""
    old, new = _by_place(before), _by_place(after)
    return [rect for rect in old.keys() | new.keys() if old.get(rect) != new.get(rect)]


def _by_place(widgets: Iterable[Widget]) -> dict[Rect, list[Widget]]:
    places: dict[Rect, list[Widget]] = defaultdict(list)
    for widget in widgets:
        places[widget.rect].append(widget)
    return dict(places)


def _merged(rects: list[Rect], whole: Rect) -> list[Rect]:
    """Put rectangles that meet together; very many or very large ones become the whole."""
    parts: list[Rect] = []
    for rect in (found.grown(_BLEED).clipped(whole) for found in rects):
        joined = rect
        while touching := [part for part in parts if part.meets(joined)]:
            parts = [part for part in parts if part not in touching]
            for part in touching:
                joined = joined.union(part)
        parts.append(joined)
    covered = sum(part.w * part.h for part in parts)
    return [whole] if len(parts) > _MOST_PARTS or covered > _WHOLE_FROM * whole.w * whole.h else parts


def _repaint(canvas: Canvas, widgets: Sequence[Widget], part: Rect) -> None:
    canvas.surface.set_clip(part.as_tuple())
    canvas.fill(part, "ground")
    for widget in widgets:
        if widget.rect.grown(_BLEED).meets(part):
            widget.draw(canvas)
    canvas.surface.set_clip(None)


def _thumbnail(surface: pygame.Surface) -> bytes:
    """Return every so-manieth pixel: enough to see that a frame was lost, in some ten microseconds."""
    return pygame.image.tobytes(pygame.transform.scale(surface, _THUMBNAIL), "RGB")


def present(parts: Sequence[Rect]) -> None:
    """Put the drawn rectangles on the panel."""
    if parts:
        pygame.display.update([part.as_tuple() for part in parts])
