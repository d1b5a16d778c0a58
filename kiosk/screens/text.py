"""Setting text: runs of fonts drawn at four times the size and brought down, so that no glyph is bent to the grid."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

import pygame

from kiosk.screens.fonts import clusters, is_selector
from kiosk.screens.rich import Run, parse
from kiosk.screens.store import Store
from kiosk.screens.tofu import draw_tofu, tofu_width
from kiosk.screens.wrap import wrap

if TYPE_CHECKING:
    from kiosk.screens.fonts import Chain, FontFile
    from kiosk.screens.rich import Line
    from kiosk.screens.setting import Colour, Setting

FINE: Final = 4  # text is drawn this many times larger
READING: Final = 0.42  # size of a reading in parts of the word below it
_KEPT_BYTES: Final = 24 << 20
_KEPT_LINES: Final = 2000
_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Piece:
    """Clusters that one font draws; `font` is None for those that no font has. The reading stands above them."""

    clusters: tuple[str, ...]
    font: FontFile | None
    reading: str = ""

    @property
    def text(self) -> str:
        """Return the characters of the piece."""
        return "".join(self.clusters)


class Typesetter:
    """Measures, breaks and draws lines of text; what it has drawn it keeps until told to forget."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._drawn = Store(_KEPT_BYTES)
        self._widths: OrderedDict[tuple[Line, Setting], float] = OrderedDict()
        self._wrapped: OrderedDict[tuple[str, Setting, int], tuple[Line, ...]] = OrderedDict()

    def width(self, text: str, setting: Setting) -> int:
        """Return the width in panel pixels of the widest line of a text that is not broken."""
        return max(math.ceil(self.line_width(parse(line, bold=setting.bold), setting)) for line in text.split("\n"))

    def line_width(self, line: Line, setting: Setting) -> float:
        """Return the width of one line in panel pixels."""
        asked = line, setting
        if asked not in self._widths:
            pieces = self._pieces(line, setting)
            _remember(self._widths, asked, sum(self._advance(piece, setting) for piece in pieces) / FINE)
        return self._widths[asked]

    def lines(self, text: str, setting: Setting, width: int) -> tuple[Line, ...]:
        """Return a text broken into lines."""
        asked = text, setting, width
        if asked not in self._wrapped:
            _remember(self._wrapped, asked, wrap(text, setting, width, self))
        return self._wrapped[asked]

    def baseline(self, setting: Setting, lines: tuple[Line, ...] = ()) -> int:
        """Return how far below the top of a line box the baseline lies, as CSS places it; lower below readings."""
        main = self._chain.main(bold=setting.bold, fixed=setting.fixed)
        lead = setting.line - setting.px
        above = lead if any(run.reading for line in lines for run in line) else lead // 2
        return above + round(main.ascent * setting.px)

    def strip(self, line: Line, setting: Setting, colour: Colour) -> tuple[pygame.Surface, int]:
        """Return one drawn line and how far below its top the baseline lies."""
        surface = self._drawn.get((line, setting, colour), lambda: self._draw(line, setting, colour))
        return surface, self._rise(line, setting) // FINE

    def forget(self) -> None:
        """Drop every line that was drawn or measured: some of them hold what a citizen typed."""
        self._drawn.clear()
        self._widths.clear()
        self._wrapped.clear()
        self._chain.forget()

    def _pieces(self, line: Line, setting: Setting) -> list[Piece]:
        return [piece for run in line for piece in self._split(run, setting)]

    def _split(self, run: Run, setting: Setting) -> list[Piece]:
        found = [self._chosen(cluster, run, setting) for cluster in clusters(run.text)]
        if run.reading and found:
            return [Piece(tuple(cluster for cluster, _ in found), found[0][1], run.reading)]
        if setting.spacing:
            return [Piece((cluster,), font) for cluster, font in found]
        return [Piece(tuple(c for c, _ in group), font) for font, group in groupby(found, key=lambda pair: pair[1])]

    def _chosen(self, cluster: str, run: Run, setting: Setting) -> tuple[str, FontFile | None]:
        font = self._chain.pick(cluster, bold=run.bold, fixed=setting.fixed, region=setting.region)
        if font is None and len(cluster) > 1 and all(is_selector(ord(mark)) for mark in cluster[1:]):
            cluster = cluster[0]  # a variation that no font knows is drawn as its character
            font = self._chain.pick(cluster, bold=run.bold, fixed=setting.fixed, region=setting.region)
        return cluster, font

    def _advance(self, piece: Piece, setting: Setting) -> int:
        own = self._own_advance(piece, setting)
        if not piece.reading:
            return own
        return max(own, self._small(setting).size(piece.reading)[0])

    def _own_advance(self, piece: Piece, setting: Setting) -> int:
        px = setting.px * FINE
        if piece.font is None:
            return sum(tofu_width(cluster, px) for cluster in piece.clusters)
        return piece.font.at(px).size(piece.text)[0] + setting.spacing * FINE

    def _small(self, setting: Setting) -> pygame.font.Font:
        """Return the font of readings."""
        return self._chain.main(bold=False, fixed=False).at(round(setting.px * READING * FINE))

    def _rise(self, line: Line, setting: Setting) -> int:
        """Return the highest ascent of a line in fine pixels, rounded up so that the baseline is a whole pixel."""
        px = setting.px * FINE
        rises = [piece.font.at(px).get_ascent() for piece in self._pieces(line, setting) if piece.font]
        if any(run.reading for run in line):
            rises.append(self._top(setting) + self._small(setting).get_height())
        return -(-max([*rises, px]) // FINE) * FINE

    def _top(self, setting: Setting) -> int:
        """Return how high above the baseline the words end, in fine pixels."""
        return round(self._chain.main(bold=setting.bold, fixed=setting.fixed).ascent * setting.px * FINE)

    def _draw(self, line: Line, setting: Setting, colour: Colour) -> pygame.Surface:
        pieces, px = self._pieces(line, setting), setting.px * FINE
        rise = self._rise(line, setting)
        fall = max([-piece.font.at(px).get_descent() for piece in pieces if piece.font] + [px // 4])
        width = sum(self._advance(piece, setting) for piece in pieces)
        fine = pygame.Surface((_whole(width + FINE), _whole(rise + fall)), pygame.SRCALPHA)
        fine.fill((*colour, 0))
        x = 0
        for piece in pieces:
            wide = self._advance(piece, setting)
            inner = x + (wide - self._own_advance(piece, setting)) // 2 if piece.reading else x
            self._draw_piece(fine, piece, (inner, rise), setting, colour)
            if piece.reading:
                self._draw_reading(fine, piece.reading, (x, wide, rise), setting, colour)
            x += wide
        return pygame.transform.smoothscale(fine, (fine.get_width() // FINE, fine.get_height() // FINE))

    def _draw_piece(
        self, fine: pygame.Surface, piece: Piece, at: tuple[int, int], setting: Setting, colour: Colour
    ) -> None:
        px = setting.px * FINE
        if piece.font is None:
            draw_tofu(fine, piece.clusters, at, px, self._chain.main(bold=True, fixed=True), colour)
            return
        font = piece.font.at(px)
        drawn = font.render(piece.text, True, colour)  # noqa: FBT003  # pygame takes this by position only
        # MAX keeps the colour in the transparent pixels too, so that bringing it down leaves no dark fringe.
        fine.blit(drawn, (at[0], at[1] - font.get_ascent()), special_flags=pygame.BLEND_RGBA_MAX)

    def _draw_reading(
        self, fine: pygame.Surface, reading: str, at: tuple[int, int, int], setting: Setting, colour: Colour
    ) -> None:
        """Draw a reading in the middle above the word at x, as wide as that, on a baseline."""
        x, wide, rise = at
        drawn = self._small(setting).render(reading, True, colour)  # noqa: FBT003  # by position only
        place = x + (wide - drawn.get_width()) // 2, rise - self._top(setting) - drawn.get_height()
        fine.blit(drawn, place, special_flags=pygame.BLEND_RGBA_MAX)


def _whole(fine: int) -> int:
    return max(1, -(-fine // FINE)) * FINE


def _remember(kept: OrderedDict[_K, _V], key: _K, value: _V) -> None:
    kept[key] = value
    if len(kept) > _KEPT_LINES:
        kept.popitem(last=False)
