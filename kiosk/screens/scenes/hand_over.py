"""電子署名が済みました: the application is sealed and goes into the spool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.actions import Actions
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.scenes.flow import Column, body, fitting, working_hint
from kiosk.screens.scenes.trouble_parts import pictured

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what happens now; nothing can be pressed."""

    def words(place: Rect) -> list[Widget]:
        column = Column(theme, place)
        column.say(texts("hand-over.lead"))
        return column.centred()

    return [
        *furniture(view, area, theme, texts, Actions()),
        *working_hint(area, theme, texts("hand-over.working"), texts("hand-over.hint")),
        heading(area, theme, texts("hand-over.title")),
        *fitting(theme, area.content, *pictured(body(area, theme), theme, "card-done", words, 600, 64)),
    ]
