"""Titles that leave room: where one is too long to grow with the text size, and on the 7 inch panel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.screens.furniture import heading
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face

if TYPE_CHECKING:
    from kiosk.screens.area import Area
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.label import Label

NUMBER: Final = Face(28, 42, most=36, small=24)
STEADY: Final = Face(46, 62, bold=True, most=46, small=32)


def title_of(area: Area, theme: Theme, text: str) -> Label:
    """Return a scene's title; on the 7 inch panel it is as low as three rows of targets below it need."""
    head = heading(area, theme, text)
    if area.small:
        line = theme.face(STEADY).line
        return replace(head, rect=Rect(head.rect.x, area.content.y + 1, head.rect.w, line), face=STEADY)
    return head if head.fits(theme) else replace(head, face=STEADY)
