"""How many pixels a photographed page has, so that it can be read and yet be kept."""

from __future__ import annotations

from typing import Final

LEAST_PIXELS: Final = 3_900_000  # A4 at 200 dots an inch
MOST_PIXELS: Final = 12_000_000  # what camera modules have
