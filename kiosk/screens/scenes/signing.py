"""電子署名をしています: keep still, and how far it has come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Stage
from kiosk.screens.actions import Actions
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, beside, body, fitting, working_hint
from kiosk.screens.theme import Type
from kiosk.screens.widgets.marks import Phase, StageLine
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.scenes.flow import Arrangement
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Face, Theme
    from kiosk.screens.widgets.base import Widget

_STAGES: Final = tuple(Stage)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the card being read and the four stages."""
    place = body(area, theme)
    return [
        *furniture(view, area, theme, texts, Actions()),
        *working_hint(area, theme, texts("signing.working"), texts("signing.wait")),
        heading(area, theme, texts("signing.title")),
        *fitting(theme, area.content, *(way for face in BODIES for way in _attempts(view, theme, texts, place, face))),
    ]


def _attempts(
    view: View, theme: Theme, texts: Texts, place: Rect, face: Type | Face
) -> list[Callable[[], Arrangement]]:
    """Return the ways to lay sentence, picture and stages in one size of body."""
    lead = Column(theme, Rect(place.x, place.y - theme.px(0 if theme.small else 12), place.w, place.h))
    lead.say(texts("signing.lead"), face)
    rest = Rect(place.x, lead.y, place.w, place.bottom - lead.y)

    def pictured(wide: int, gap: int) -> Arrangement:
        picture, words = beside(rest, theme, "reading", wide, gap)
        return [*lead.widgets, picture, *_stages(view, theme, texts, words)]

    sizes = ((300, 40),) if theme.small else ((600, 80), (480, 48), (360, 40))
    alone = [*lead.widgets, *_stages(view, theme, texts, rest)]
    return [
        *(partial(pictured, wide, gap) for wide, gap in sizes),
        lambda: alone,
        lambda: _stages(view, theme, texts, place),
    ]


def _stages(view: View, theme: Theme, texts: Texts, place: Rect) -> list[Widget]:
    """Return the stages on one line from top to foot, in the middle of the height."""
    now = _STAGES.index(view.stage) if view.stage else 0
    pitch = max(theme.px(56 if theme.small else 88), min(theme.face(Type.LEAD).line, place.h // len(_STAGES)))
    top = place.y + max(0, (place.h - pitch * len(_STAGES)) // 2)
    half, thick = theme.px(26), theme.px(4)
    line = Rect(place.x + half - thick // 2, top + pitch // 2, thick, pitch * (len(_STAGES) - 1))
    lines: list[Widget] = [Band(line, "line")]
    for index, stage in enumerate(_STAGES):
        phase = Phase.DONE if index < now else Phase.NOW if index == now else Phase.LATER
        row = Rect(place.x, top + index * pitch, place.w, pitch)
        lines.append(StageLine(row, texts(f"signing.stage.{stage.value}"), phase))
    return lines
