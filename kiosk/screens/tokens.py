"""The numbers of the visual language, read from config/themes/tokens.json."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

Region = tuple[int, int, int, int]


class ThemeName(StrEnum):
    """The four themes; the choice belongs to one visit."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"
    YELLOW_ON_BLACK = "yellow_on_black"


class TypeToken(msgspec.Struct, frozen=True):
    """One role of the type scale, in design pixels."""

    px: int
    line_px: int
    weight: str = ""
    font: str = ""


class Contrast(msgspec.Struct, frozen=True):
    """What was measured for a pair of colours, and what it must not fall below."""

    ratio: float
    at_least: float


class ThemeTokens(msgspec.Struct, frozen=True):
    """The colours of one theme as #RRGGBB, by role."""

    label_ja: str
    colour: dict[str, str]
    illustration: dict[str, str]
    border_px: int
    contrast: dict[str, Contrast]


class Screen(msgspec.Struct, frozen=True):
    """The panel for which the sizes are drawn."""

    px: tuple[int, int]
    mm: tuple[int, int]
    px_per_mm: float


class Tokens(msgspec.Struct, frozen=True):
    """The whole file; sections that only people read are left out."""

    screen: Screen
    type: dict[str, TypeToken]
    type_800x480: dict[str, TypeToken | str]
    text_sizes: dict[str, float | str]
    regions: dict[str, Region | int]
    regions_lower_half: dict[str, Region | str]
    regions_800x480: dict[str, Region | int | str]
    themes: dict[ThemeName, ThemeTokens]


class TokensFaulty(Exception):
    """The numbers of the visual language are not as described; names file, key and what was expected."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"{path}: {fault}")
        self.path = path


def load_tokens(path: Path) -> Tokens:
    """Read tokens.json; raises TokensFaulty where it is not as described."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Tokens)
    except msgspec.DecodeError as error:
        raise TokensFaulty(path, str(error)) from None
