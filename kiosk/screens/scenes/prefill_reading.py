"""カードを読み取っています: the card is working and must lie still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.actions import Actions
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.scenes.flow import Column, beside, body, fitting
from kiosk.screens.theme import Type
from kiosk.screens.widgets.marks import Pill
from kiosk.screens.widgets.notice import Notice

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the tray at work and what is not read; there is nothing to press."""
    place = body(area, theme)

    def pictured(wide: int, gap: int) -> list[Widget]:
        picture, words = beside(place, theme, "reading", wide, gap)
        return [picture, *_words(theme, texts, words)]

    sizes = ((300, 24), (220, 24)) if area.small else ((600, 48), (440, 48))
    return [
        *furniture(view, area, theme, texts, Actions(hint=texts("prefill-reading.keep_still"))),
        heading(area, theme, texts("prefill-reading.title")),
        *fitting(
            theme,
            area.content,
            *(lambda wide=wide, gap=gap: pictured(wide, gap) for wide, gap in sizes),
            lambda: _words(theme, texts, place),
        ),
    ]


def _words(theme: Theme, texts: Texts, place: Rect) -> list[Widget]:
    column = Column(theme, place)
    column.add(Pill(column.take(theme.px(64)), texts("prefill-reading.working"), "illustration.blue"))
    column.skip(32)
    text = texts("prefill-reading.notice")
    high = theme.height(text, Type.BODY, place.w - theme.px(110)) + theme.px(36)
    column.add(Notice(column.take(high), text, icon="shield"))
    return column.centred()
