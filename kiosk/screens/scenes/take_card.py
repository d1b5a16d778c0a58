"""カードをお取りください: the visit does not end while the card lies there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.screens.actions import Actions
from kiosk.screens.furniture import furniture
from kiosk.screens.scenes.flow import BODIES, Column, beside, fitting
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.marks import Pill

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the tray with the card leaving it, and why."""
    actions = Actions(hint=texts("take-card.hint"), hint_icon="bell")
    place = area.content.inset(0, theme.px(8))

    def pictured(face: Type | Face, wide: int, gap: int) -> list[Widget]:
        picture, words = beside(place, theme, "take-card", wide, gap)
        return [picture, *_words(theme, texts, words, face)]

    sizes = ((320, 32), (240, 24)) if area.small else ((640, 40), (520, 40), (400, 40))
    arranged = fitting(
        theme,
        area.content,
        *(
            way
            for face in BODIES
            for way in (
                *(partial(pictured, face, wide, gap) for wide, gap in sizes),
                partial(_words, theme, texts, place, face),
            )
        ),
    )
    return [*furniture(view, area, theme, texts, actions), *arranged]


def _words(theme: Theme, texts: Texts, place: Rect, face: Type | Face) -> list[Widget]:
    """Return title, sentences and pill in the middle of the height."""
    column = Column(theme, place)
    title = Type.HEADING if theme.small else Type.DISPLAY
    column.say(texts("take-card.title"), title, role=Role.TITLE)
    column.skip(8 if theme.small else 24)
    column.say(texts("take-card.text"), face)
    column.skip(12 if theme.small else 36)
    column.add(Pill(column.take(theme.px(64)), texts("take-card.awaited"), "here"))
    return column.centred()
