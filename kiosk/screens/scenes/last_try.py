"""入力できるのは、あと1回です: the last try is spent only when the citizen says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Actions, back, go, stop
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.scenes.flow import BODIES, Column, body, facts, fitting
from kiosk.screens.scenes.trouble_parts import pictured, tries_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.scenes.flow import Arrangement
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Face, Theme, Type
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what a wrong password would do now, and where help is."""
    narrow = area.small or theme.text_factor > 1.2
    actions = Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=None if narrow else stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        main=go(texts("last-try.agree"), Pressed(Outcome.AGREE)),
    )
    place = body(area, theme)

    def attempts(face: Type | Face) -> list[Callable[[], Arrangement]]:
        words = partial(_words, view, theme, texts, face=face)
        return [
            *pictured(place, theme, "locked", words),
            partial(words, place, tries=False),
        ]

    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("last-try.title")),
        *fitting(theme, area.content, *(attempt for face in BODIES for attempt in attempts(face))),
    ]


def _words(
    view: View, theme: Theme, texts: Texts, place: Rect, *, face: Type | Face, tries: bool = True
) -> Arrangement:
    column, gap = Column(theme, place), 6 if theme.small else 16
    if tries:
        said = texts("last-try.times", left=f"{view.attempts_left}")
        said = said.replace(f"{view.attempts_left}", f"<b>{view.attempts_left}</b>", 1)
        tries_sheet(column, theme, texts("last-try.left"), said, view.attempts_left, view.attempts_most)
        column.skip(gap)
    column.say(texts("last-try.what"), face)
    column.skip(gap)
    column.say(texts("last-try.do", **facts(view)), face)
    return column.widgets
