"""電子署名は行いませんでした: nothing was signed, nothing was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import Actions, furniture, go, heading, stop
from kiosk.screens.scenes.flow import Column, body, fitting
from kiosk.screens.scenes.trouble_parts import pictured

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what happened and the two ways on."""
    actions = Actions(
        back=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        main=go(texts("not-agreed.back"), Pressed(Outcome.BACK)),
    )

    def words(place: Rect) -> list[Widget]:
        column = Column(theme, place)
        for key in ("not-agreed.what", "not-agreed.do", "not-agreed.leave"):
            column.say(texts(key))
            column.skip(8 if area.small else 24)
        return column.widgets

    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("not-agreed.title")),
        *fitting(theme, area.content, *pictured(body(area, theme), theme, "by-hand", words)),
    ]
