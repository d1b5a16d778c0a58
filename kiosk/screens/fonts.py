"""The font chain: which file draws a character, chosen by the files' own character maps."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pygame.font
from fontTools.ttLib import TTFont

from kiosk.screens.faces import FOLDER, face_file

_BIZ = "/usr/share/fonts/truetype/bizud-gothic/BIZ"
_NOTO = "/usr/share/fonts/opentype/noto/NotoSansCJK-"

# Characters without ink by definition; they are left out, not boxed.
IGNORABLE: Final = frozenset("\u200b\u200c\u200d\u2060\u2066\u2067\u2068\u2069\ufeff")


class FontMissing(Exception):
    """A font of the chain is not on this machine; `package` is the Debian package that brings it."""

    def __init__(self, path: Path, package: str) -> None:
        super().__init__(f"{path} is missing: install {package}")
        self.path = path
        self.package = package


@dataclass(frozen=True, slots=True)
class FontFiles:
    """Where the fonts are; the defaults are Debian's."""

    text: Path = Path(_BIZ + "UDPGothic-Regular.ttf")
    text_bold: Path = Path(_BIZ + "UDPGothic-Bold.ttf")
    fixed: Path = Path(_BIZ + "UDGothic-Regular.ttf")
    fixed_bold: Path = Path(_BIZ + "UDGothic-Bold.ttf")
    wide: Path = Path(_NOTO + "Regular.ttc")
    wide_bold: Path = Path(_NOTO + "Bold.ttc")
    names: Path = Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf")
    faces: Path = FOLDER  # where the regional faces of `wide` are


class Region(StrEnum):
    """Whose forms of the characters are drawn; the value is the face's mark in the collection."""

    JAPAN = "JP"
    CHINA = "SC"
    KOREA = "KR"
    LATIN = "Latin"  # one font for letters with any marks


_REGIONS: Final = {"zh-Hans": Region.CHINA, "ko": Region.KOREA, "vi": Region.LATIN}


def region_of(language: str) -> Region:
    """Return whose forms a language (BCP 47) is written with."""
    return _REGIONS.get(language, Region.JAPAN)


PACKAGES: Final = {
    "text": "fonts-morisawa-bizud-gothic",
    "text_bold": "fonts-morisawa-bizud-gothic",
    "fixed": "fonts-morisawa-bizud-gothic",
    "fixed_bold": "fonts-morisawa-bizud-gothic",
    "wide": "fonts-noto-cjk",
    "wide_bold": "fonts-noto-cjk",
    "names": "fonts-ipamj-mincho",
}


MOST_GLYPHS: Final = 1 << 16  # of a font file


_WEIGHTS: Final = [(bold, fixed) for bold in (False, True) for fixed in (False, True)]
_LIKE: Final = {"text_bold": "text", "fixed": "text", "fixed_bold": "text", "wide_bold": "wide"}


@dataclass(eq=False)
class FontFile:
    """One file; its character map is read and its sizes are opened when first needed.

    A file of the same family covers the same characters: it takes the map of the one it is `like`.
    """

    path: Path
    like: FontFile | None = field(default=None, repr=False)
    signs_only: bool = False  # asked for ASCII only: figures and keys
    _sizes: dict[int, pygame.font.Font] = field(default_factory=dict, repr=False)

    @cached_property
    def _maps(self) -> tuple[frozenset[int], dict[int, frozenset[int]], float]:
        if self.like is not None:
            return self.like._maps  # noqa: SLF001  # the same class
        with TTFont(self.path, fontNumber=0, lazy=True) as font:
            font.setGlyphOrder([""] * MOST_GLYPHS)  # nobody asks for the names of glyphs, and they are slow to read
            cmap: Any = font["cmap"]
            plain = frozenset(cmap.getBestCmap())
            rise = _number(font, "hhea", "ascent") / _number(font, "head", "unitsPerEm")
            return plain, _variations(font), rise

    @property
    def ascent(self) -> float:
        """Return the height above the baseline in parts of the em."""
        return self._maps[2]

    def draws(self, cluster: str) -> bool:
        """Tell whether every code point has a glyph here, a variation sequence only as a whole."""
        if self.signs_only and not cluster.isascii():
            return False
        plain, variations, _ = self._maps
        base = ord(cluster[0])
        for mark in map(ord, cluster[1:]):
            if is_selector(mark):
                if base not in variations.get(mark, ()):
                    return False
            elif mark not in plain:
                return False
        return base in plain

    def at(self, px: int) -> pygame.font.Font:
        """Return the font with an em of `px` pixels."""
        font = self._sizes.get(px)
        if font is None:
            font = self._sizes[px] = pygame.font.Font(self.path, px)
        return font

    def close(self) -> None:
        """Close all sizes; they open again when they are needed."""
        self._sizes.clear()


def _number(font: TTFont, table: str, name: str) -> float:
    return float(getattr(font[table], name))


def _variations(font: TTFont) -> dict[int, frozenset[int]]:
    for table in font["cmap"].tables:
        if table.format == 14:  # Unicode variation sequences
            return {mark: frozenset(base for base, _ in pairs) for mark, pairs in table.uvsDict.items()}
    return {}


def is_selector(code: int) -> bool:
    """Tell whether a code point selects a variation of the character before it."""
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def clusters(text: str) -> list[str]:
    """Cut a text into what one glyph draws: a character with its selectors and combining marks."""
    parts: list[str] = []
    for character in text:
        if character in IGNORABLE:
            continue
        if parts and (is_selector(ord(character)) or unicodedata.combining(character)):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


class Chain:
    """The files in the order in which they are asked, for text and for fixed figures, regular and bold, by region."""

    def __init__(self, files: FontFiles | None = None) -> None:
        self._places = files or FontFiles()
        self._known: dict[str, FontFile] = {}
        for name, package in PACKAGES.items():
            like = self._known.get(_LIKE.get(name, ""))
            self._known[name] = _opened(getattr(self._places, name), package, like)
        self._chains = {(Region.JAPAN, bold, fixed): self._japanese(bold, fixed) for bold, fixed in _WEIGHTS}
        self._chosen: dict[tuple[str, Region, bool, bool], FontFile | None] = {}

    def _japanese(self, bold: bool, fixed: bool) -> tuple[FontFile, ...]:  # noqa: FBT001  # both are axes of a table
        known, weight = self._known, "_bold" if bold else ""
        return known[("fixed" if fixed else "text") + weight], known["wide" + weight], known["names"]

    def _of(self, region: Region, bold: bool, fixed: bool) -> tuple[FontFile, ...]:  # noqa: FBT001  # as above
        """Return the chain of a region, opened when first asked for; the Japanese one stands behind it for names."""
        asked = region, bold, fixed
        if asked not in self._chains:
            japanese = self._japanese(bold, fixed)
            own = japanese[1] if region is Region.LATIN else self._face(region, bold)
            figures = (replace(japanese[0], signs_only=True),) if fixed else ()
            self._chains[asked] = (*figures, own, *japanese)
        return self._chains[asked]

    def _face(self, region: Region, bold: bool) -> FontFile:  # noqa: FBT001  # as above
        name = f"wide_{region}{bold}"
        if name not in self._known:
            like = self._face(region, bold=False) if bold else None
            collection = self._places.wide_bold if bold else self._places.wide
            self._known[name] = FontFile(face_file(collection, region.value, self._places.faces), like)
        return self._known[name]

    def main(self, *, bold: bool, fixed: bool) -> FontFile:
        """Return the first file: its measures set the line for the whole chain."""
        return self._chains[Region.JAPAN, bold, fixed][0]

    def pick(self, cluster: str, *, bold: bool, fixed: bool, region: Region = Region.JAPAN) -> FontFile | None:
        """Return the first file that draws a cluster, None where no file of the chain can."""
        asked = cluster, region, bold, fixed
        if asked not in self._chosen:
            chain = self._of(region, bold, fixed)
            self._chosen[asked] = next((file for file in chain if file.draws(cluster)), None)
        return self._chosen[asked]

    def forget(self) -> None:
        """Drop the memory of characters that were asked for, the fonts' own stores of glyphs too."""
        self._chosen.clear()
        for chain in self._chains.values():
            for file in chain:
                file.close()


def _opened(path: Path, package: str, like: FontFile | None) -> FontFile:
    if not path.is_file():
        raise FontMissing(path, package)
    return FontFile(path, like)
