"""電子署名は行いませんでした: nothing was signed, nothing was sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Actions, go, stop
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.scenes.flow import BODIES, Column, body, fitting
from kiosk.screens.scenes.trouble_parts import pictured

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Face, Theme, Type
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what happened and the two ways on."""
    actions = Actions(
        back=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        main=go(texts("not-agreed.back"), Pressed(Outcome.BACK)),
    )

    def words(place: Rect, *, face: Type | Face) -> list[Widget]:
        column = Column(theme, place)
        for key in ("not-agreed.what", "not-agreed.do", "not-agreed.leave"):
            column.say(texts(key), face)
            column.skip(6 if area.small else 24)
        return column.widgets

    place = body(area, theme)
    ways = (way for face in BODIES for way in pictured(place, theme, "by-hand", partial(words, face=face)))
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("not-agreed.title")),
        *fitting(theme, area.content, *ways),
    ]
