"""What every scene has at the same place: the header, the action bar and the two buttons that never move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay
from kiosk.screens.area import Layout
from kiosk.screens.canvas import Align
from kiosk.screens.lower_bar import MAIN, NARROW, SECOND, lower_bar
from kiosk.screens.rect import Rect
from kiosk.screens.theme import BUTTON, BUTTON_MAIN, HINT, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.brand import Brand
from kiosk.screens.widgets.button import Button, UtilityButton, button_width
from kiosk.screens.widgets.focus import WAY_OUT
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Dot
from kiosk.screens.widgets.picture import Icon
from kiosk.screens.widgets.step_bar import StepBar
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.actions import Act, Actions
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

BAR: Final = ("bar.1", "bar.2", "bar.3", "bar.4")
_BANNER: Final = Face(18, 22, most=18)  # for developers, not for citizens
_STATE: Final = Face(28, 42, most=32)
_GAP: Final = 16
_LEAST: Final = 136  # design px; a narrower button is no button with a word
_HINT_PX: Final = 90  # what a hint may take of the action bar's height


def furniture(
    view: View,
    area: Area,
    theme: Theme,
    texts: Texts,
    actions: Actions | None = None,
    middle: list[Widget] | None = None,
) -> list[Widget]:
    """Return header and, if there are actions, the action bar; `middle` takes the step bar's place."""
    bar = [] if actions is None else action_bar(area, theme, actions)
    return [*header(view, area, theme, texts, middle), *bar, *utilities(view, area, theme, texts)]


def header(view: View, area: Area, theme: Theme, texts: Texts, middle: list[Widget] | None = None) -> list[Widget]:
    """Return the band at the top with the city's name and the step bar."""
    place, line = view.place, theme.line_px
    demo = texts("header.demo") if place.demo else ""
    parts: list[Widget] = [
        Band(area.header, "chrome"),
        Band(Rect(area.header.x, area.header.bottom - line, area.header.w, line), "line"),
    ]
    if demo:
        parts.append(Band(Rect(area.header.x, area.header.y, area.header.w, theme.px(8)), "here"))
    if place.banner:
        parts.append(Label(_banner(area, theme), place.banner, _BANNER, "ink_soft", role=Role.STATE))
    parts.append(Brand(area.brand, place.seal, place.city, texts("header.service"), demo))
    words = tuple(texts(key) for key in BAR)
    bar = area.step_bar.moved(0, -theme.px(8) if place.banner else 0)
    return parts + ([StepBar(bar, words, view.bar)] if middle is None else middle)


def _banner(area: Area, theme: Theme) -> Rect:
    """Return the place of the line that tells developers what is not as in production: below the step bar."""
    high, foot = theme.face(_BANNER).line, area.header.bottom - theme.line_px - theme.px(4)
    return Rect(area.step_bar.x, foot - high, area.step_bar.w, high)


def opening(view: View, area: Area, theme: Theme, texts: Texts, *, serving: bool) -> list[Widget]:
    """Return what stands in the middle of the header before and after service: ただいま受付中 8:30〜17:15."""
    place = area.step_bar if area.small else area.within(Rect(area.brand.x, 0, 0, 0), 252, 20, 560, 64)
    if view.place.banner:
        top = place.y - theme.px(8)
        place = Rect(place.x, top, place.w, min(place.h, _banner(area, theme).y - top))
    dot, gap = theme.px(28), theme.px(16)
    word = texts("header.open" if serving else "header.closed")
    left = place.x + dot + gap
    width = theme.width(f"<b>{word}</b>", _STATE) + 1
    parts: list[Widget] = [
        Dot(Rect(place.x, place.y, dot, place.h).centred(dot, dot), "success", serving),
        Label(Rect(left, place.y, width, place.h), f"<b>{word}</b>", _STATE, middle=True, role=Role.STATE),
    ]
    if serving and not area.small:
        hours = Rect(left + width + gap, place.y, place.right - left - width - gap, place.h)
        parts.append(Label(hours, view.place.hours, _STATE, colour="ink_soft", middle=True, role=Role.STATE))
    return parts


def utilities(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return 文字・言語 and 職員を呼ぶ at the places that never change."""
    settings = texts("header.settings_short" if theme.small else "header.settings")
    staff = texts("header.staff_called" if view.staff_called else "header.staff")
    return [
        UtilityButton(area.display_settings, settings, "text", press=Opened(Overlay.SETTINGS), focus_order=900),
        UtilityButton(area.staff_call, staff, "bell", calls=True, press=Opened(Overlay.STAFF), focus_order=901),
    ]


def action_bar(area: Area, theme: Theme, actions: Actions) -> list[Widget]:
    """Return the band at the bottom with its buttons and hint."""
    if area.low:
        return lower_bar(area, theme, actions)
    parts = _ground(area, theme)
    main = None if actions.main is None else _main(area, theme, actions.main, actions.main_px)
    left, right = area.back.x, main.rect.x - theme.px(_GAP) if main else area.content.right
    for act in (actions.back, actions.second):
        if act is not None:
            order = WAY_OUT if act is actions.back and act.icon else SECOND
            button = replace(_placed_left(area, theme, act, left), focus_order=order)
            button = _narrowed(theme, button, right - left)
            parts.append(button)
            left = button.rect.right + theme.px(_GAP)
    if main is not None:
        parts.append(replace(main, focus_order=MAIN))
        right = main.rect.x - theme.px(24)
    if actions.hint:
        left = left + theme.px(8) if left > area.back.x else left
        parts += _hint(theme, actions, Rect(left, area.back.y, right - left, area.back.h))
    return parts


def _ground(area: Area, theme: Theme) -> list[Widget]:
    if area.layout is Layout.LOWER_HALF:
        return []
    bar, line = area.action_bar, theme.line_px
    return [Band(bar, "chrome"), Band(Rect(bar.x, bar.y, bar.w, line), "line")]


def _placed_left(area: Area, theme: Theme, act: Act, left: int) -> Button:
    icons = (act.icon is not None) + (act.after is not None)
    least = area.back.w if left == area.back.x else 0
    width = max(least, button_width(theme, act.text, icons=icons, face=BUTTON, least=144))
    return _button(act, Rect(left, area.back.y, width, area.back.h))


def _narrowed(theme: Theme, button: Button, room: int) -> Button:
    """Return the way out as wide as the way on leaves room: on two lines, or in smaller type."""
    if button.rect.w <= room or room < theme.px(_LEAST):
        return button
    narrow = replace(button, rect=Rect(button.rect.x, button.rect.y, room, button.rect.h))
    attempts = [narrow, *(replace(narrow, face=face) for face in NARROW)]
    return next((attempt for attempt in attempts if attempt.fits(theme)), attempts[-1])


def _main(area: Area, theme: Theme, act: Act, wide: int | None) -> Button:
    place = area.main_action
    icons = (act.icon is not None) + (act.after is not None)
    needed = button_width(theme, act.text, icons=icons, face=BUTTON_MAIN, least=0)
    width = max(place.w if wide is None else theme.px(wide), min(needed, place.w * 3 // 2))
    return replace(_button(act, Rect(place.right - width, place.y, width, place.h)), kind=act.kind)


def _button(act: Act, rect: Rect) -> Button:
    return Button(rect, act.text, act.kind, act.icon, act.after, press=act.press, enabled=act.enabled)


def _hint(theme: Theme, actions: Actions, room: Rect) -> list[Widget]:
    face = hint_face(theme, actions.hint, room.w)
    if not actions.hint_icon:
        return [Label(room, actions.hint, face, align=Align.RIGHT, middle=True)]
    size, gap = theme.px(40), theme.px(16)
    width = min(theme.width(actions.hint, face) + 1, room.w - size - gap)
    words = Rect(room.right - width, room.y, width, room.h)
    icon = Rect(words.x - gap - size, room.y, size, room.h).centred(size, size)
    return [Icon(icon, actions.hint_icon), Label(words, actions.hint, face, middle=True)]


def hint_face(theme: Theme, text: str, width: int) -> Type | Face:
    """Return the face of a hint: body on one line, smaller on two, ungrown where two grown lines do not hold it."""
    if theme.height(text, Type.BODY, width) <= theme.face(Type.BODY).line:
        return Type.BODY
    return HINT if theme.height(text, HINT, width) <= theme.px(_HINT_PX) else replace(HINT, most=HINT.px)


def heading(area: Area, theme: Theme, text: str, *, width: float | None = None, up: int = 0) -> Label:
    """Return the scene's title; `up` lifts it in dense scenes, `width` leaves room at its right (design px)."""
    place = area.heading.moved(0, -theme.px(up) if up else 0)
    line = max(place.h, theme.face(Type.HEADING).line)
    wide = place.w if width is None else theme.px(width)
    return Label(Rect(place.x, place.y, wide, line), text, Type.HEADING, role=Role.TITLE)
