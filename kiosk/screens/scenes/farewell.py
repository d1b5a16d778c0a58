"""ご利用ありがとうございました: what was entered is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.actions import Actions
from kiosk.screens.furniture import furniture
from kiosk.screens.scenes.flow import Column, fitting
from kiosk.screens.scenes.trouble_parts import pictured
from kiosk.screens.theme import Type
from kiosk.screens.widgets.base import Role

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the last words of a visit."""

    def words(place: Rect) -> list[Widget]:
        column = Column(theme, place)
        column.say(texts("farewell.title"), Type.HEADING, role=Role.TITLE)
        column.skip(8 if area.small else 24)
        column.say(texts("farewell.wiped"))
        column.skip(8 if area.small else 16)
        column.say(texts("farewell.belongings"))
        return column.centred()

    place = area.content.inset(0, theme.px(8))
    return [
        *furniture(view, area, theme, texts, Actions()),
        *fitting(theme, area.content, *pictured(place, theme, "kiosk", words, 464, 48)),
    ]
