"""The action bar of the lower-half layout: the way out, 職員を呼ぶ, 文字・言語, perhaps a second button, the way on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.screens.low_hint import LowHint
from kiosk.screens.rect import Rect
from kiosk.screens.theme import BUTTON, BUTTON_MAIN, Face
from kiosk.screens.widgets.button import Button, button_width
from kiosk.screens.widgets.focus import WAY_OUT

if TYPE_CHECKING:
    from kiosk.screens.actions import Act, Actions
    from kiosk.screens.area import Area
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

MAIN, SECOND = 100, 110  # focus: after the scene's own targets, the way on before the way out
_GAP: Final = 16
NARROW: Final = (  # where a button's word has not room in BUTTON
    Face(28, 36, bold=True, most=34),
    Face(26, 32, bold=True, most=28),
    Face(24, 28, bold=True, most=24),
)


def lower_bar(area: Area, theme: Theme, actions: Actions) -> list[Widget]:
    """Return the buttons in their places, and a hint that looks for one when the scene is complete."""
    back, second, main = actions.back, actions.second, actions.main
    parts: list[Widget] = []
    if back is not None and back.icon is None:  # not a way out: it stands beside the way on
        back, second = None, second or back
    if back is not None:
        parts.append(replace(_button(theme, back, area.back), focus_order=WAY_OUT))
    left, right = area.display_settings.right + theme.px(_GAP), area.main_action.right
    place = free = Rect(left, area.back.y, right - left, area.back.h)
    if second is not None:
        wide = _share(theme, place, second, main)
        beside = Rect(place.x, place.y, wide, place.h)
        parts.append(replace(_button(theme, second, beside), focus_order=SECOND))
        place = free = Rect(
            beside.right + theme.px(_GAP), place.y, place.right - beside.right - theme.px(_GAP), place.h
        )
    if main is not None:
        least = max(area.main_action.w, button_width(theme, main.text, icons=1, face=BUTTON_MAIN, least=0))
        wide = min(place.w, least)
        parts.append(replace(_button(theme, main, Rect(place.right - wide, place.y, wide, place.h)), focus_order=MAIN))
        free = Rect(place.x, place.y, place.w - wide - theme.px(_GAP), place.h)
    closed = main is not None and not main.enabled
    return [*parts, LowHint(free, actions.hint, must=closed)] if actions.hint else parts


def _share(theme: Theme, place: Rect, second: Act, main: Act | None) -> int:
    """Return how wide the second button is: as its words need, as far as the way on leaves room."""
    wanted = button_width(theme, second.text, icons=second.icon is not None, face=BUTTON, least=144)
    if main is None:
        return min(place.w, wanted)
    needed = button_width(theme, main.text, icons=main.after is not None, face=BUTTON_MAIN, least=theme.px(240))
    return max(theme.px(200), min(wanted, place.w - theme.px(_GAP) - needed))


def _button(theme: Theme, act: Act, rect: Rect) -> Button:
    whole = Button(rect, act.text, act.kind, act.icon, act.after, press=act.press, enabled=act.enabled)
    bare = replace(whole, icon=None, after=None)
    attempts = [whole, *(replace(each, face=face) for each in (whole, bare) for face in NARROW)]
    return next((attempt for attempt in attempts if attempt.fits(theme)), attempts[-1])
