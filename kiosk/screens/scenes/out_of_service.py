"""ただいまご利用いただけません: why, and where to go instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.screens.actions import Actions
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import furniture, hint_face, opening
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.closed import arranged as arranged_closed
from kiosk.screens.scenes.flow import BODIES, Column, facts, fitting
from kiosk.screens.scenes.trouble_parts import COUNTER, counter_sheet
from kiosk.screens.theme import DETAIL, Face
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.picture import Icon, Illustration

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme, Type
    from kiosk.screens.widgets.base import Widget

HOURS: Final = "hours"
_BESIDE_COUNTER: Final = 12 + 8 + 2 * 24 + 72 + 28  # design px: the picture's margins, the sheet's edges and mark
_TITLE = Face(60, 82, bold=True, most=60, small=40)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return reason, counter, a code for staff, and that applications are safe; outside the hours, when it opens."""
    if view.facts.get("reason") == HOURS:
        return [
            *furniture(view, area, theme, texts, Actions(), opening(view, area, theme, texts, serving=False)),
            *_foot(view, area, theme, texts),
            *arranged_closed(view, area, theme, texts),
        ]
    middle = opening(view, area, theme, texts, serving=False)
    sizes = (300, 0) if area.small else (*(wide for wide in (560, 440) if _whole(view, area, theme, wide)), 440, 0)
    return [
        *furniture(view, area, theme, texts, Actions(), middle),
        *_foot(view, area, theme, texts),
        *fitting(
            theme,
            area.content,
            *(partial(_arranged, view, area, theme, texts, wide, face) for face in BODIES for wide in sizes),
            partial(_arranged, view, area, theme, texts, 0, BODIES[-1], brief=True),
        ),
    ]


def _arranged(
    view: View, area: Area, theme: Theme, texts: Texts, wide: int, face: Type | Face, *, brief: bool = False
) -> list[Widget]:
    """Return the words beside the picture; in brief the counter's sheet says only where and when."""
    place, width = area.content.inset(0, theme.px(8)), theme.px(wide)
    parts: list[Widget] = []
    if wide:
        high = theme.picture_height("kiosk-closed", width)
        left = place.right + theme.px(0 if area.small else 12) - width
        parts.append(
            Illustration(
                Rect(left, place.y + (place.h - high) // 2, min(width, place.right - left), high), "kiosk-closed"
            )
        )
        place = Rect(place.x, place.y, left - place.x - theme.px(8), place.h)
    column = Column(theme, place)
    column.say(texts("out-of-service.title"), _TITLE, role=Role.TITLE)
    column.skip(4 if area.small else 20)
    column.say(texts(f"out-of-service.reason.{_reason(view, texts)}", **facts(view)), face)
    if not area.small:
        column.say(texts("out-of-service.sorry"), face)
        if code := _code(view):
            column.say(texts("trouble.unexpected.who", code=code), face)
    column.skip(8 if area.small else 24)
    if view.place.counter:  # it is not known where the configuration cannot be read
        instead = "" if brief else texts("out-of-service.instead")
        counter_sheet(column, theme, instead, view.place.counter, view.place.hours, face)
    return [*parts, *column.centred()]


def _whole(view: View, area: Area, theme: Theme, wide: int) -> bool:
    """Tell whether the counter's name stays on one line beside a picture of this width (design px)."""
    return theme.width(view.place.counter, COUNTER) <= area.content.w - theme.px(wide + _BESIDE_COUNTER)


def _reason(view: View, texts: Texts) -> str:
    reason = str(view.facts.get("reason", ""))
    return reason if f"out-of-service.reason.{reason}" in texts else "unexpected"


def _foot(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    bar, size, kept = area.back, theme.px(44), texts("out-of-service.kept")
    called = f"{view.place.kiosk} {_code(view)}".strip() if area.small else view.place.kiosk
    name = theme.width(called, DETAIL) + 1
    content = area.content
    if area.low:
        left, name = area.display_settings.right + theme.px(16), 0
        content = Rect(left, content.y, content.right - left, content.h)
    words = Rect(content.x + size + theme.px(14), bar.y, content.w - size - theme.px(38) - name, bar.h)
    return [
        Icon(Rect(content.x, bar.y, size, bar.h).centred(size, size), "shield", 4.5, "success"),
        Label(words, kept, hint_face(theme, kept, words.w), middle=True),
        *([] if area.low else [_named(called, Rect(content.right - name, bar.y, name, bar.h))]),
    ]


def _code(view: View) -> str:
    return str(view.facts.get("code", ""))


def _named(called: str, place: Rect) -> Label:
    return Label(place, called, DETAIL, "ink_soft", Align.RIGHT, middle=True, role=Role.STATE)
