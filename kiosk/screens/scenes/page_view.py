"""The page that will be signed, enlarged, from its top to its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.view import PARTS
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import Act, Actions, back, furniture, go
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.page import part_of
from kiosk.screens.theme import Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Kind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.picture import PagePicture

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return one part of the page as wide as the content, and the ways to the others."""
    parts = len(view.pictures) * PARTS
    last = view.picture >= parts - 1
    above = Act(texts("page-view.up"), Pressed(Outcome.PREVIOUS), icon="up") if view.picture else None
    below = Act(texts("page-view.down"), Pressed(Outcome.NEXT), after="down", kind=Kind.PRIMARY)
    actions = Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=above,
        main=go(texts("page-view.done"), Pressed(Outcome.BACK)) if last else below,
        hint="" if area.small else texts("page-view.part", part=view.picture + 1, parts=parts),
    )
    line = theme.face(Type.LEAD).line
    title = Rect(area.content.x, area.content.y + theme.px(8), area.content.w, line)
    return [
        *furniture(view, area, theme, texts, actions),
        Label(title, texts("page-view.title"), Type.LEAD, role=Role.TITLE),
        *_part(view, area, theme, texts, title.bottom),
    ]


def _part(view: View, area: Area, theme: Theme, texts: Texts, top: int) -> list[Widget]:
    content, gap = area.content, theme.px(8)
    place = Rect(content.x, top + gap, content.w, content.bottom - top - 2 * gap)
    page, part = divmod(view.picture, PARTS)
    if page >= len(view.pictures):
        return [Label(place, texts("consent.preparing"), align=Align.CENTRE, middle=True)]
    shown = part_of(view.pictures[page], part, PARTS, place.size)
    return [PagePicture(place, shown.width, shown.height, shown.rgb, texts("consent.page"))]
