"""Cutting a text that has no room: an ellipsis says that there is more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.rich import harmless
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.screens.theme import Face, Theme, Type


def shortened(theme: Theme, value: str, face: Type | Face, room: tuple[int, int], lead: str = "") -> str:
    """Return as much of a value as has room (panel px) behind `lead`, with … where something is missing."""

    def fitting(text: str) -> bool:
        return fits(theme, lead + harmless(text), face, *room)

    if fitting(value):
        return lead + harmless(value)
    least, most = 0, len(value)
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if fitting(f"{value[:middle]}…") else (least, middle)
    return f"{lead}{harmless(value[:least])}…"
