"""カードをお持ちでない方へ: where the application can be made without a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Actions, back
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body, fitting
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice
from kiosk.screens.widgets.picture import Icon
from kiosk.screens.widgets.surfaces import Sheet

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_ABOVE: Final = Face(24, 34, bold=True, most=32)
_COUNTER: Final = Face(42, 58, bold=True, most=56)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the counter, its hours, and that a card can be asked for there."""
    actions = Actions(back=back(texts("button.back"), Pressed(Outcome.BACK)))
    place = body(area, theme)
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("no-card.title")),
        *fitting(
            theme,
            area.content,
            lambda: _told(view, theme, texts, place, roomy=not area.small, notice=True),
            lambda: _told(view, theme, texts, place, roomy=False, notice=True),
            lambda: _told(view, theme, texts, place, roomy=False, notice=False),
            lambda: _told(view, theme, texts, place, roomy=False, notice=False, only=False),
        ),
    ]


def _told(
    view: View, theme: Theme, texts: Texts, place: Rect, *, roomy: bool, notice: bool, only: bool = True
) -> list[Widget]:
    column, space = Column(theme, place), 28 if roomy else 8
    if only:
        column.say(texts("no-card.only"))
        column.skip(space)
    column.add(*_counter(view, column, theme, texts, pad=24 if roomy else 8))
    column.skip(space)
    if notice:
        text = texts("no-card.what")
        high = theme.height(text, Type.BODY, place.w - theme.px(110)) + theme.px(30 if roomy else 10)
        column.add(Notice(column.take(high), text))
    return column.widgets


def _counter(view: View, column: Column, theme: Theme, texts: Texts, *, pad: int) -> list[Widget]:
    """Return the sheet with the sign of the hall, the counter and its hours."""
    inset, sign = theme.px(32), theme.px(72)
    left = column.place.x + inset + sign + theme.px(32)
    wide = column.place.right - inset - left
    said: tuple[tuple[str, Type | Face], ...] = (
        (texts("no-card.counter"), _ABOVE),
        (view.place.counter, _COUNTER),
        (view.place.hours, Type.BODY),
    )
    highs = [theme.height(text, face, wide) for text, face in said]
    sheet = column.take(sum(highs) + 2 * theme.px(pad))
    y, parts = sheet.y + theme.px(pad), []
    for (text, face), high in zip(said, highs, strict=True):
        parts.append(Label(Rect(left, y, wide, high), text, face, "ink_soft" if face is _ABOVE else "ink"))
        y += high
    icon = Rect(sheet.x + inset, sheet.y, sign, sheet.h).centred(sign, sign)
    return [Sheet(sheet), Icon(icon, "hall", 3.5), *parts]
