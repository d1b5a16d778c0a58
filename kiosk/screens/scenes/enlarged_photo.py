"""One part of a photograph as wide as the content, so that the citizen can see whether it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.camera_events import PhotographEnlarged
from kiosk.journey.photographing import PARTS
from kiosk.screens.actions import Act, Actions, back, go
from kiosk.screens.furniture import furniture
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.page import part_of
from kiosk.screens.theme import Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Kind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.photo import Photo

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def enlarged(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the part and the ways to the others, as with the page that is signed."""
    now = view.photographing
    if now is None or now.shot is None or now.part is None:
        return furniture(view, area, theme, texts)
    part, last = now.part, now.part >= PARTS - 1
    above = (
        Act(texts("page-view.up"), PhotographEnlarged(part - 1), icon="up")
        if part and not (last and area.small)
        else None
    )
    below = Act(texts("page-view.down"), PhotographEnlarged(part + 1), after="down", kind=Kind.PRIMARY)
    whole = PhotographEnlarged(None)
    actions = Actions(
        back=back(texts("button.back"), whole),
        second=above,
        main=go(texts("page-view.done"), whole) if last else below,
        hint="" if area.small else texts("page-view.part", part=part + 1, parts=PARTS),
    )
    line, content, gap = theme.face(Type.LEAD).line, area.content, theme.px(8)
    title = Rect(content.x, content.y + gap, content.w, line)
    foot = area.reading.bottom - theme.px(80) if area.low else content.bottom
    place = Rect(content.x, title.bottom + gap, content.w, foot - title.bottom - 2 * gap)
    shown = part_of(now.shot.preview, part, PARTS, place.size)
    return [
        *furniture(view, area, theme, texts, actions),
        Label(title, texts("photograph.kept"), Type.LEAD, role=Role.TITLE),
        Photo(place, shown, texts("photograph.picture")),
    ]
