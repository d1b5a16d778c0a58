"""マイナンバーカードを置いてください: the hand acts, the kiosk goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.view import CardState
from kiosk.screens.actions import Actions, back
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.scenes.flow import Column, beside, body, fitting
from kiosk.screens.widgets.marks import POINT, Pill, Point

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_POINTS: Final = ("lay-card.point_1", "lay-card.point_2", "lay-card.point_3")
_LOOKS: Final = {
    CardState.AWAITED: ("lay-card", "here", "lay-card.awaited"),
    CardState.READING: ("reading", "illustration.blue", "lay-card.reading"),
    CardState.READY: ("card-done", "success", "lay-card.ready"),
}


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the picture of the tray, the three points, and the state of the card."""
    waiting = view.card in {None, CardState.AWAITED}
    actions = Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        hint=texts("lay-card.hint" if waiting else "lay-card.keep_still"),
    )
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("lay-card.title")),
        *tray(view, area, theme, texts),
    ]


def tray(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the tray with its state; the picture gives way to the words."""
    place = body(area, theme)

    def pictured(wide: int, gap: int) -> list[Widget]:
        picture, words = beside(place, theme, _LOOKS[view.card or CardState.AWAITED][0], wide, gap)
        return [picture, *_words(view, theme, texts, words, small=area.small)]

    sizes = ((300, 24), (220, 24)) if area.small else ((640, 56), (440, 48))
    return fitting(
        theme,
        area.content,
        *(lambda wide=wide, gap=gap: pictured(wide, gap) for wide, gap in sizes),
        lambda: _words(view, theme, texts, place, small=area.small),
    )


def _words(view: View, theme: Theme, texts: Texts, place: Rect, *, small: bool) -> list[Widget]:
    column = Column(theme, place)
    _, lamp, said = _LOOKS[view.card or CardState.AWAITED]
    column.skip(0 if small else 16)
    for number, key in enumerate(_POINTS, 1):
        text = texts(key)
        least = theme.px(56 if small else 88)
        high = max(least, theme.height(text, POINT, place.w - theme.px(72)))
        column.add(Point(column.take(high), number, text))
        column.skip(2 if small else 8)
    column.skip(0 if small else 32)
    column.add(Pill(column.take(theme.px(64)), texts(said), lamp))
    return column.widgets
