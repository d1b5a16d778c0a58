"""The grounds of overlays: a veil with a dialog, or a sheet over everything with the header's own buttons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from kiosk.journey.map import Step
from kiosk.screens.furniture import furniture, opening
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.surfaces import Band, Dialog, Veil

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.journey.view import View
    from kiosk.screens.actions import Actions
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_WIDE = 880
_NARROW = Face(28, 34, bold=True, most=32)
_LOW_HEAD = Face(36, 46, bold=True, most=42)


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways out of a dialog; the first is the filled button over the whole width."""

    text: str
    press: Event
    kind: Kind = Kind.QUIET


def covered(view: View, area: Area, theme: Theme, texts: Texts, actions: Actions) -> list[Widget]:
    """Return a ground over the whole panel with header and action bar; nothing below it can be touched."""
    middle = None
    if view.step in {Step.ATTRACT, Step.OUT_OF_SERVICE}:
        middle = opening(view, area, theme, texts, serving=view.step is Step.ATTRACT)
    ground = [Veil(area.panel), Band(area.panel, "ground")]
    return [*ground, *furniture(view, area, theme, texts, actions, middle)]


def dialog(
    area: Area, theme: Theme, title: str, said: list[str], ways: list[Way], mark: Widget | None = None
) -> list[Widget]:
    """Return the veil below the header and a dialog with title, sentences and ways; `mark` stands at its left."""
    panel, px = area.panel, theme.px
    if area.low:
        return _low_dialog(area, theme, title, said, ways, mark)
    veil = Veil(Rect(panel.x, area.header.bottom, panel.w, panel.h - area.header.h))
    wide = min(px(_WIDE), panel.w - 2 * px(16))
    place = Rect((panel.w - wide) // 2, 0, wide, veil.rect.h - 2 * px(8))
    frame, parts = _fitting(area, theme, title, said, ways, mark, place)
    top = veil.rect.y + max(px(8), min((veil.rect.h - frame.h) // 2, px(40)))
    return [veil, *(_moved(part, 0, top) for part in (Dialog(frame), *parts))]


def _low_dialog(
    area: Area, theme: Theme, title: str, said: list[str], ways: list[Way], mark: Widget | None
) -> list[Widget]:
    """Return the dialog with its ways in the lower half; 文字・言語 and 職員を呼ぶ in the action bar stay free."""
    panel, px = area.panel, theme.px
    bar = Rect(panel.x, area.action_bar.y, panel.w, panel.bottom - area.action_bar.y)
    free = area.staff_call.union(area.display_settings).inset(-px(4), 0)
    veils: list[Widget] = [
        Veil(Rect(panel.x, area.header.bottom, panel.w, bar.y - area.header.bottom)),
        Veil(Rect(bar.x, bar.y, free.x - bar.x, bar.h)),
        Veil(Rect(free.right, bar.y, bar.right - free.right, bar.h)),
    ]
    wide = min(px(_WIDE), panel.w - 2 * px(16))
    place = Rect((panel.w - wide) // 2, 0, wide, bar.y - area.header.bottom - 2 * px(8))
    frame, parts = _fitting(area, theme, title, said, ways, mark, place)
    return [*veils, *(_moved(part, 0, bar.y - px(8) - frame.h) for part in (Dialog(frame), *parts))]


def _fitting(
    area: Area, theme: Theme, title: str, said: list[str], ways: list[Way], mark: Widget | None, place: Rect
) -> tuple[Rect, list[Widget]]:
    """Lay the dialog into a place from y 0 on: sentences grow less before one of them is left out, the last first."""
    laid: tuple[Rect, list[Widget]] = Rect(0, 0, 0, 0), []
    faces: list[tuple[Type | Face, Type | Face]] = [
        (head, face) for face in BODIES for head in (Type.HEADING, _LOW_HEAD)
    ]
    for count, sizes in product(range(len(said), -1, -1), faces):
        laid = _laid(area, theme, (title, *said[:count]), sizes, ways, mark, place)
        if laid[0].h <= place.h:
            break
    return laid


def _laid(
    area: Area, theme: Theme, said: tuple[str, ...], sizes: tuple[Type | Face, Type | Face], ways: list[Way],
    mark: Widget | None, frame: Rect,
) -> tuple[Rect, list[Widget]]:  # fmt: skip
    """Lay a dialog from y 0 on and return its frame and its parts."""
    px, pad = theme.px, theme.px(24 if area.small else 48)
    used = mark.rect.w + px(40) if mark else 0
    column = Column(theme, Rect(frame.x + pad + used, 0, frame.w - 2 * pad - used, area.panel.h))
    column.skip(16 if area.small else 44)
    title, *sentences = said
    column.say(title, sizes[0], role=Role.TITLE)
    column.skip(4 if area.small else 14)
    for sentence in sentences:
        column.say(sentence, sizes[1])
        column.skip(0 if area.small else 8)
    column.y = max(column.y, pad + mark.rect.h if mark else 0)
    column.skip(8 if area.small else 24)
    buttons = _buttons(area, theme, ways, Rect(frame.x + pad, column.y, frame.w - 2 * pad, 0))
    foot = buttons[-1].rect.bottom + px(12 if area.small else 24)
    marks = [_moved(mark, frame.x + pad, pad)] if mark else []
    return Rect(frame.x, 0, frame.w, foot), [*marks, *column.widgets, *buttons]


def _moved(widget: Widget, dx: int, dy: int) -> Widget:
    return replace(widget, rect=widget.rect.moved(dx, dy))


def _buttons(area: Area, theme: Theme, ways: list[Way], place: Rect) -> list[Widget]:
    """Return the first way over the whole width, the others side by side below it."""
    high, gap = area.back.h, theme.px(16)
    first, *others = ways
    buttons: list[Widget] = [Button(Rect(place.x, place.y, place.w, high), first.text, first.kind, press=first.press)]
    below = Rect(place.x, place.y + high + (gap if area.small else theme.px(24)), place.w, high)
    for way, rect in zip(others, below.columns(max(1, len(others)), gap), strict=False):
        whole = Button(rect, way.text, way.kind, press=way.press)
        buttons.append(whole if whole.fits(theme) else replace(whole, face=_NARROW))
    return buttons
