"""The chain of fonts of the signed page, and which of them draws which part of a text."""

from __future__ import annotations

import functools
import itertools
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.application.errors import GlyphMissing
from kiosk.application.glyphs import Glyphs

if TYPE_CHECKING:
    from collections.abc import Iterator

_FONTS = Path("/usr/share/fonts")
DEBIAN_CHAIN = (
    _FONTS / "truetype/bizud-gothic/BIZUDPGothic-Regular.ttf",
    _FONTS / "opentype/noto/NotoSansCJK-Regular.ttc",
    _FONTS / "truetype/ipamj/ipamjm.ttf",
)

# Characters without a picture (Cf can even turn the order of others round) have no place on a signed page.
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class FontFiles:
    """Font files in the order they are asked; the first one that has a character draws it.

    A bold face is found by its family's name in the same folder.
    """

    chain: tuple[Path, ...] = DEBIAN_CHAIN


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one font of the chain draws."""

    font: Path
    text: str


@functools.cache
def _glyphs(path: Path) -> Glyphs:
    return Glyphs(path)


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _clusters(text: str) -> Iterator[str]:
    """Split a text into characters with the selectors and marks that belong to them."""
    cluster = ""
    for char in text:
        if cluster and not unicodedata.category(char).startswith("M"):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _draws(glyphs: Glyphs, cluster: str) -> bool:
    for char, after in itertools.pairwise(cluster + "\0"):
        if _is_selector(char):
            continue
        if not (glyphs.has_variation(ord(char), ord(after)) if _is_selector(after) else glyphs.has(ord(char))):
            return False
    return not _is_selector(cluster[0])


def _font_of(cluster: str, fonts: FontFiles) -> Path | None:
    if any(unicodedata.category(char) in _UNSHOWABLE for char in cluster):
        return None
    return next((path for path in fonts.chain if _draws(_glyphs(path), cluster)), None)


def missing_glyphs(text: str, fonts: FontFiles) -> frozenset[int]:
    """Return the code points of a line that no font of the chain can draw; with a selector, character and selector."""
    without = (cluster for cluster in set(_clusters(text)) if _font_of(cluster, fonts) is None)
    return frozenset(ord(char) for cluster in without for char in cluster)


def runs(text: str, fonts: FontFiles) -> tuple[Run, ...]:
    """Split one line of text into runs by font; raises GlyphMissing."""
    drawn: list[Run] = []
    for font, group in itertools.groupby(_clusters(text), key=lambda cluster: _font_of(cluster, fonts)):
        if font is None:
            raise GlyphMissing(missing_glyphs(text, fonts))
        drawn.append(Run(font, "".join(group)))
    return tuple(drawn)
