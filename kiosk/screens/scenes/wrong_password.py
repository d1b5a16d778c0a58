"""パスワードがちがいます: no trouble, but a retry with the tries that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import Actions, furniture, go, heading, stop
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body, fitting
from kiosk.screens.scenes.trouble_parts import pictured, tries_sheet
from kiosk.screens.theme import Type
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice, Tone
from kiosk.screens.widgets.picture import Icon

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the tries left, what to check, and the warning."""
    actions = Actions(
        back=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        main=go(texts("wrong-password.retry"), Pressed(Outcome.RETRY)),
        hint="" if area.small else texts("wrong-password.hint"),
    )
    place = body(area, theme)
    warning = _warning(view, theme, texts, place)
    above = Rect(place.x, place.y, place.w, warning.rect.y - place.y - theme.px(8))

    def words(room: Rect) -> list[Widget]:
        column = Column(theme, room)
        column.skip(0 if area.small else 16)
        tries = texts("wrong-password.times", left=view.attempts_left)
        number = str(view.attempts_left)
        tries = tries.replace(number, f"<b>{number}</b>", 1)
        tries_sheet(column, theme, texts("wrong-password.left"), tries, view.attempts_left, view.attempts_most)
        column.skip(4 if area.small else 20)
        _checks(column, theme, texts, small=area.small)
        return column.widgets

    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("wrong-password.title")),
        *fitting(theme, above, *pictured(above, theme, "wrong-password", words, 440, 48)),
        warning,
    ]


def _warning(view: View, theme: Theme, texts: Texts, place: Rect) -> Notice:
    text = texts("wrong-password.lock", most=view.attempts_most)
    high = theme.height(text, Type.BODY, place.w - theme.px(103)) + theme.px(12 if theme.small else 30)
    foot = place.bottom - theme.px(0 if theme.small else 8)
    return Notice(Rect(place.x, foot - high, place.w, high), text, Tone.CAUTION)


def _checks(column: Column, theme: Theme, texts: Texts, *, small: bool) -> None:
    if not small:
        column.say(texts("wrong-password.check"))
        column.skip(6)
    for key, icon, colour in (
        ("wrong-password.is", "check", "primary"),
        ("wrong-password.is_not", "cross", "danger"),
    ):
        text, mark, used = texts(key), theme.px(36), theme.px(50)
        wide = column.place.w - used
        row = column.take(max(theme.px(38 if small else 52), theme.height(text, Type.BODY, wide)))
        column.add(
            Icon(Rect(row.x, row.y, mark, row.h).centred(mark, mark), icon, 6, colour),
            Label(Rect(row.x + used, row.y, wide, row.h), text, middle=True),
        )
