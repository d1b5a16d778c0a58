"""Groups of widgets that scenes use together: the number stepper and a row of the review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import VALUE, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Tag
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

    Side = tuple[str, Event | None]

COUNTED = Face(48, 96, bold=True, fixed=True, most=48)
_LIMITS = (Type.BODY, Face(26, 34, most=30, small=22), Face(24, 30, most=26, small=22))
CHANGE = Face(28, 40, bold=True, most=36)


def stepper(rect: Rect, theme: Theme, value: str, limit: str, less: Side, more: Side) -> list[Widget]:
    """Return − value + with the limit beside it; a side is what it is called and what it sends, None at its limit."""
    wide, gap = theme.px(112), theme.px(16)
    value_px = max(theme.px(176), theme.width(value, COUNTED) + gap)
    minus = Rect(rect.x, rect.y, wide, rect.h)
    shown = Rect(minus.right + gap, rect.y, value_px, rect.h)
    plus = Rect(shown.right + gap, rect.y, wide, rect.h)
    said = Rect(plus.right + theme.px(24), rect.y, rect.right - plus.right - theme.px(24), rect.h)
    limits = [Label(said, limit, face, "ink_soft", middle=True) for face in _LIMITS]
    return [
        _step(minus, "minus", less, value),
        Label(shown, value, COUNTED, align=Align.CENTRE, middle=True, role=Role.STATE),
        _step(plus, "plus", more, value),
        next((label for label in limits if label.fits(theme)), limits[-1]),
    ]


def _step(rect: Rect, icon: str, side: Side, value: str) -> Button:
    called, event = side
    return Button(
        rect, "", Kind.SECONDARY, icon, icon_px=44, called=called, details=(value,), press=event,
        enabled=event is not None,
    )  # fmt: skip


def answer_row(
    rect: Rect, theme: Theme, label: str, value: str, change: tuple[str, Event] | None, card: str = ""
) -> list[Widget]:
    """Return label, value, the mark `card` where the card gave it, and なおす; lay them on a Sheet."""
    named = Rect(rect.x + theme.px(24), rect.y, theme.px(200), rect.h)
    parts: list[Widget] = [Label(named, label, Type.LABEL, "ink_soft", middle=True)]
    right = rect.right - theme.px(8)
    if change is not None:
        high = theme.px(88)
        button = Rect(right - theme.px(160), rect.y + (rect.h - high) // 2, theme.px(160), high)
        text, press = change
        parts.append(Button(button, text, icon="pen", face=CHANGE, gap=10, icon_px=32, weight=4.5, press=press))
        right = button.x - theme.px(12)
    room = Rect(rect.x + theme.px(224), rect.y, right - rect.x - theme.px(224), rect.h)
    return parts + _value(room, theme, value, card)


def _value(room: Rect, theme: Theme, value: str, card: str) -> list[Widget]:
    if not card:
        return [Label(room, value, VALUE, middle=True)]
    tag = Tag(room, card, icon="card")
    gap, mark = theme.px(20), tag.width(theme)
    width = min(theme.width(value, VALUE) + 1, room.w - gap - mark)
    words = Rect(room.x, room.y, width, room.h)
    return [
        Label(words, value, VALUE, middle=True),
        tag.at(Rect(words.right + gap, room.y, mark, room.h), theme),
    ]


def rule(rect: Rect, theme: Theme) -> Band:
    """Return the line at the upper side of a row."""
    thick = theme.line_px
    return Band(Rect(rect.x, rect.y - thick // 2, rect.w, thick), "line")
