"""利用のご案内: the four steps, and the two things one needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import go
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body, fitting
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import CHOICE, Face, Type
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.numbered import Numbered
from kiosk.screens.widgets.picture import Icon, Illustration
from kiosk.screens.widgets.surfaces import Sheet

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_STEPS: Final = (("enter", "step-enter"), ("check", "step-review"), ("sign", "step-sign"), ("done", "step-receipt"))
_NEEDS: Final = (("card", "have-card", 480), ("password", "have-password", 688))
_SAID: Final = Face(26, 36, most=34)
_NAME: Final = Face(28, 36, bold=True, most=32, small=26)  # where it has little room
_TIGHT: Final = Face(28, 34)
_GAP: Final = 16


@dataclass(frozen=True, slots=True)
class _Look:
    """How much is shown: pictures so many design px wide, a line for each step, what is needed in which type."""

    step_px: int = 0
    need_px: int = 0
    said: bool = True
    name: Face = CHOICE
    text: Type | Face | None = Type.BODY  # None: it is only named


_LOOKS: Final = (
    *(_Look(140, 136), _Look(112, 120), _Look(88, 96), _Look(0, 136), _Look(0, 96), _Look(), _Look(said=False)),
    *(_Look(px, px, said=False, text=None) for px in (112, 88)),
    *(_Look(said=False, name=name, text=None) for name in (CHOICE, _NAME)),
)
_LOOKS_SMALL: Final = (
    *(_Look(px, said=False, text=text) for px in (76, 60) for text in (Type.BODY, _TIGHT)),
    *(_Look(said=False, text=text) for text in (Type.BODY, _TIGHT)),
    *(_Look(px, px, said=False, text=None) for px in (96, 72)),
    *(_Look(px, said=False, name=name, text=None) for name in (CHOICE, _NAME) for px in (60, 0)),
)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the steps in a row and below them what is needed; pictures give way to words."""
    main = go(texts("button.next"), Pressed(Outcome.NEXT))
    place = body(area, theme)
    top = area.at(0, 82, 1, 1).y if not area.small and theme.text_factor <= 1.0 else place.y - theme.px(8)
    place = Rect(place.x, top, place.w, area.content.bottom - theme.px(8) - top)
    looks = _LOOKS_SMALL if area.small else _LOOKS
    return [
        *framed(view, area, theme, texts, main, texts("guidance.hint")),
        heading(area, theme, texts("guidance.title"), up=10),
        *fitting(theme, area.content, *(partial(_told, theme, texts, place, look) for look in looks)),
    ]


def _told(theme: Theme, texts: Texts, place: Rect, look: _Look) -> list[Widget]:
    """Return both rows, on a large panel with what each of them is."""
    column = Column(theme, place)
    if not theme.small and (look.step_px or look.said or look.text):
        column.say(texts("guidance.flow"), Type.LABEL, "ink_soft")
        column.skip(6)
    _steps(column, theme, texts, look)
    column.skip(16 if look.need_px and not theme.small else 8)
    if look.need_px and not theme.small:
        column.say(texts("guidance.needs"), Type.LABEL, "ink_soft")
        column.skip(6)
    _needs(column, theme, texts, look)
    return column.widgets


def _steps(column: Column, theme: Theme, texts: Texts, look: _Look) -> None:
    pad, arrow = theme.px(12 if look.step_px else 8), theme.px(32)
    wide = column.place.columns(len(_STEPS), arrow)[0].w - 2 * theme.px(8)
    picture = theme.px(look.step_px)
    drawn = theme.picture_height(_STEPS[0][1], picture) + theme.px(6) if picture else 0
    highs = [theme.height(texts(f"guidance.{key}.text"), _SAID, wide) for key, _ in _STEPS]
    texts_high = max(highs) if look.said else 0
    name = theme.px(36) if theme.text_factor <= 1.0 else theme.px(52)
    row = column.take(2 * pad + drawn + name + texts_high)
    for number, (cell, (key, art)) in enumerate(zip(row.columns(len(_STEPS), arrow), _STEPS, strict=True), 1):
        y, inner = cell.y + pad, cell.inset(theme.px(8), 0)
        column.add(Sheet(cell))
        if picture:
            column.add(Illustration(Rect(cell.x + (cell.w - picture) // 2, y, picture, drawn - theme.px(6)), art))
            y += drawn
        column.add(Numbered(Rect(inner.x, y, inner.w, name), number, texts(f"guidance.{key}.name")))
        if look.said:
            place = Rect(inner.x, y + name, inner.w, texts_high)
            column.add(Label(place, texts(f"guidance.{key}.text"), _SAID, align=Align.CENTRE))
        if number < len(_STEPS):
            column.add(Icon(Rect(cell.right, cell.y, arrow, cell.h).centred(theme.px(26), theme.px(26)), "next", 7))


def _needs(column: Column, theme: Theme, texts: Texts, look: _Look) -> None:
    """Add what is needed, beside each other."""
    gap = theme.px(_GAP)
    rest = column.place.w - gap
    first = round(rest * _NEEDS[0][2] / sum(need[2] for need in _NEEDS))
    wides = (first, rest - first)
    row = column.take(
        max(_need_height(theme, texts, key, wide, look) for (key, _, _), wide in zip(_NEEDS, wides, strict=True))
    )
    x = row.x
    for (key, art, _), wide in zip(_NEEDS, wides, strict=True):
        column.add(*_need(theme, texts, Rect(x, row.y, wide, row.h), (key, art), look))
        x += wide + gap


def _need_sides(theme: Theme, look: _Look) -> tuple[int, int]:
    """Return where the words begin in a card, and how much is left free at their right."""
    return theme.px(20 + look.need_px + 20 if look.need_px else 20), theme.px(16)


def _need_words(theme: Theme, texts: Texts, key: str, wide: int, look: _Look) -> tuple[int, int]:
    """Return how high name and explanation are in a card of this width, in panel pixels."""
    inner = wide - sum(_need_sides(theme, look))
    said = theme.height(texts(f"guidance.{key}.text"), look.text, inner) if look.text else 0
    return theme.height(texts(f"guidance.{key}.name"), look.name, inner), said


def _need_height(theme: Theme, texts: Texts, key: str, wide: int, look: _Look) -> int:
    pad = 22 if look.need_px else 8
    return sum(_need_words(theme, texts, key, wide, look)) + 2 * theme.px(pad)


def _need(theme: Theme, texts: Texts, cell: Rect, need: tuple[str, str], look: _Look) -> list[Widget]:
    key, art = need
    left, right = _need_sides(theme, look)
    words = Rect(cell.x + left, cell.y, cell.w - left - right, cell.h)
    above, below = _need_words(theme, texts, key, cell.w, look)
    y = cell.y + (cell.h - above - below) // 2
    parts: list[Widget] = [Sheet(cell)]
    if look.need_px:
        parts.append(Illustration(Rect(cell.x + theme.px(20), cell.y, theme.px(look.need_px), cell.h), art))
    parts.append(Label(Rect(words.x, y, words.w, above), texts(f"guidance.{key}.name"), look.name))
    if look.text:
        parts.append(Label(Rect(words.x, y + above, words.w, below), texts(f"guidance.{key}.text"), look.text))
    return parts
