"""入力できるのは、あと1回です: the last try is spent only when the citizen says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import Actions, back, furniture, go, heading, stop
from kiosk.screens.scenes.flow import Column, body, fitting
from kiosk.screens.scenes.trouble_parts import counter_sheet, pictured, tries_sheet

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what a wrong password would do now, and where help is."""
    actions = Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        main=go(texts("last-try.agree"), Pressed(Outcome.AGREE)),
    )
    place = body(area, theme)
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("last-try.title")),
        *fitting(
            theme,
            area.content,
            *pictured(place, theme, "locked", lambda room: _words(view, theme, texts, room, counter=not area.small)),
            lambda: _words(view, theme, texts, place, counter=False),
            lambda: _words(view, theme, texts, place, counter=False, tries=False),
        ),
    ]


def _words(view: View, theme: Theme, texts: Texts, place: Rect, *, counter: bool, tries: bool = True) -> list[Widget]:
    column, gap = Column(theme, place), 6 if theme.small else 16
    if tries:
        said = texts("last-try.times", left=f"{view.attempts_left}")
        said = said.replace(f"{view.attempts_left}", f"<b>{view.attempts_left}</b>", 1)
        tries_sheet(column, theme, texts("last-try.left"), said, view.attempts_left, view.attempts_most)
        column.skip(gap)
    column.say(texts("last-try.what"))
    column.skip(gap)
    column.say(texts("last-try.do"))
    if counter:
        column.skip(gap)
        counter_sheet(column, theme, texts("last-try.counter"), view.place.counter, "")
    return column.widgets
