"""パスワードがちがいます: no trouble, but a retry with the tries that are left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Actions, go, stop
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, body, each_above, fitting
from kiosk.screens.scenes.trouble_parts import pictured, tries_sheet
from kiosk.screens.theme import Face
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice, Tone
from kiosk.screens.widgets.picture import Icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.scenes.flow import Arrangement
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme, Type
    from kiosk.screens.widgets.base import Widget

_LEAST: Final = Face(26, 36, most=26, small=22)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the tries left, what to check, and the warning."""
    actions = Actions(
        back=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        main=go(texts("wrong-password.retry"), Pressed(Outcome.RETRY)),
        hint="" if area.small else texts("wrong-password.hint"),
    )
    place = body(area, theme)
    attempts = [way for face in (*BODIES, _LEAST) for way in _attempts(view, theme, texts, place, face)]
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("wrong-password.title")),
        *fitting(theme, area.content, *attempts),
    ]


def _attempts(
    view: View, theme: Theme, texts: Texts, place: Rect, face: Type | Face
) -> list[Callable[[], Arrangement]]:
    warning = _warning(view, theme, texts, place, face)
    room = Rect(place.x, place.y, place.w, warning.rect.y - place.y - theme.px(8))

    def words(rect: Rect, *, tight: bool, checked: bool = True) -> Arrangement:
        column = Column(theme, rect)
        column.skip(0 if tight else 16)
        number = str(view.attempts_left)
        tries = texts("wrong-password.times", left=number).replace(number, f"<b>{number}</b>", 1)
        tries_sheet(column, theme, texts("wrong-password.left"), tries, view.attempts_left, view.attempts_most)
        column.skip(4 if tight else 20)
        if checked:
            _checks(column, theme, texts, face, tight=tight)
        return column.widgets

    ways = pictured(room, theme, "wrong-password", partial(words, tight=theme.small), 440, 48)
    ways.append(partial(words, room, tight=True))
    if face is _LEAST:
        ways.append(partial(words, room, tight=True, checked=False))
    return each_above(ways, warning, theme.px(4))


def _warning(view: View, theme: Theme, texts: Texts, place: Rect, face: Type | Face) -> Notice:
    text = texts("wrong-password.lock", most=view.attempts_most)
    high = theme.height(text, face, place.w - theme.px(103)) + theme.px(12 if theme.small else 30)
    foot = place.bottom - theme.px(0 if theme.small else 8)
    return Notice(Rect(place.x, foot - high, place.w, high), text, Tone.CAUTION, face=face)


def _checks(column: Column, theme: Theme, texts: Texts, face: Type | Face, *, tight: bool) -> None:
    if not tight:
        column.say(texts("wrong-password.check"), face)
        column.skip(6)
    for key, icon, colour in (
        ("wrong-password.is", "check", "primary"),
        ("wrong-password.is_not", "cross", "danger"),
    ):
        text, mark, used = texts(key), theme.px(36), theme.px(50)
        wide = column.place.w - used
        row = column.take(max(theme.px(36 if tight else 52), theme.height(text, face, wide)))
        column.add(
            Icon(Rect(row.x, row.y, mark, row.h).centred(mark, mark), icon, 6, colour),
            Label(Rect(row.x + used, row.y, wide, row.h), text, face, middle=True),
        )
