"""Type as it is set on a panel, and the colour of anything: what those who draw need to know of a theme."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.screens.fonts import Region

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Setting:
    """A face as it is set on this panel: panel pixels, after the citizen's text size."""

    px: int
    line: int
    bold: bool = False
    fixed: bool = False
    spacing: int = 0
    region: Region = Region.JAPAN
