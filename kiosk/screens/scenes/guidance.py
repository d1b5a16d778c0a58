"""利用のご案内: the four steps, and the two things one needs."""

from __future__ import annotations

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
_GAP: Final = 16


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the steps in a row and below them what is needed; pictures give way to words."""
    main = go(texts("button.next"), Pressed(Outcome.NEXT))
    place = body(area, theme)
    top = area.at(0, 82, 1, 1).y if not area.small and theme.text_factor <= 1.0 else place.y - theme.px(8)
    place = Rect(place.x, top, place.w, area.content.bottom - theme.px(8) - top)
    looks = (
        (140, 136, True),
        (112, 120, True),
        (88, 96, True),
        (0, 136, True),
        (0, 96, True),
        (0, 0, True),
        (0, 0, False),
        (0, -1, False),
        (0, -2, False),
    )
    return [
        *framed(view, area, theme, texts, main, texts("guidance.hint")),
        heading(area, theme, texts("guidance.title"), up=10),
        *fitting(
            theme,
            area.content,
            *(lambda look=look: _told(theme, texts, place, *look) for look in looks[5 if area.small else 0 :]),
        ),
    ]


def _told(theme: Theme, texts: Texts, place: Rect, step_px: int, need_px: int, said: bool) -> list[Widget]:  # noqa: FBT001
    """Return both rows; the pictures are so many design px wide, `said` adds a line to each step.

    With a negative width what is needed is only named.
    """
    column = Column(theme, place)
    if step_px:
        column.say(texts("guidance.flow"), Type.LABEL, "ink_soft")
        column.skip(6)
    _steps(column, theme, texts, step_px, said=said)
    column.skip(16 if need_px > 0 else 8)
    if need_px > 0:
        column.say(texts("guidance.needs"), Type.LABEL, "ink_soft")
        column.skip(6)
    _needs(column, theme, texts, need_px)
    return column.widgets


def _steps(column: Column, theme: Theme, texts: Texts, picture_px: int, *, said: bool) -> None:
    pad, arrow = theme.px(12 if picture_px > 0 else 8), theme.px(32)
    wide = column.place.columns(len(_STEPS), arrow)[0].w - 2 * theme.px(8)
    picture = theme.px(picture_px) if picture_px > 0 else 0
    drawn = theme.picture_height(_STEPS[0][1], picture) + theme.px(6) if picture else 0
    texts_high = max(theme.height(texts(f"guidance.{key}.text"), _SAID, wide) for key, _ in _STEPS) if said else 0
    name = theme.px(36) if theme.text_factor <= 1.0 else theme.px(52)
    row = column.take(2 * pad + drawn + name + texts_high)
    for number, (cell, (key, art)) in enumerate(zip(row.columns(len(_STEPS), arrow), _STEPS, strict=True), 1):
        y, inner = cell.y + pad, cell.inset(theme.px(8), 0)
        column.add(Sheet(cell))
        if picture:
            column.add(Illustration(Rect(cell.x + (cell.w - picture) // 2, y, picture, drawn - theme.px(6)), art))
            y += drawn
        column.add(Numbered(Rect(inner.x, y, inner.w, name), number, texts(f"guidance.{key}.name")))
        if said:
            place = Rect(inner.x, y + name, inner.w, texts_high)
            column.add(Label(place, texts(f"guidance.{key}.text"), _SAID, align=Align.CENTRE))
        if number < len(_STEPS):
            column.add(Icon(Rect(cell.right, cell.y, arrow, cell.h).centred(theme.px(26), theme.px(26)), "next", 7))


def _needs(column: Column, theme: Theme, texts: Texts, picture_px: int) -> None:
    """Return what is needed, beside each other while the words have room so."""
    gap = theme.px(_GAP)
    rest = column.place.w - gap
    first = round(rest * _NEEDS[0][2] / sum(need[2] for need in _NEEDS))
    wides = (first, rest - first)
    highs = [_need_height(theme, texts, key, wide, picture_px) for (key, _, _), wide in zip(_NEEDS, wides, strict=True)]
    row = column.take(max(highs))
    x = row.x
    for (key, art, _), wide in zip(_NEEDS, wides, strict=True):
        column.add(*_need(theme, texts, Rect(x, row.y, wide, row.h), key, art, picture_px))
        x += wide + gap


def _need_sides(theme: Theme, picture_px: int) -> tuple[int, int]:
    """Return where the words begin in a card, and how much is left free at their right."""
    return theme.px(20 + picture_px + 20 if picture_px > 0 else 20), theme.px(16)


def _named(picture_px: int) -> Face:
    return CHOICE if picture_px >= -1 else _NAME


def _need_height(theme: Theme, texts: Texts, key: str, wide: int, picture_px: int) -> int:
    left, right = _need_sides(theme, picture_px)
    inner = wide - left - right
    name = theme.height(texts(f"guidance.{key}.name"), _named(picture_px), inner)
    said = theme.height(texts(f"guidance.{key}.text"), Type.BODY, inner) if picture_px >= 0 else 0
    return name + said + 2 * theme.px(22 if picture_px > 0 else 8)


def _need(theme: Theme, texts: Texts, cell: Rect, key: str, art: str, picture_px: int) -> list[Widget]:
    left, right = _need_sides(theme, picture_px)
    words = Rect(cell.x + left, cell.y, cell.w - left - right, cell.h)
    name, said = texts(f"guidance.{key}.name"), texts(f"guidance.{key}.text")
    face = _named(picture_px)
    above, below = theme.height(name, face, words.w), theme.height(said, Type.BODY, words.w) if picture_px >= 0 else 0
    y = cell.y + (cell.h - above - below) // 2
    parts: list[Widget] = [
        Sheet(cell),
        Label(Rect(words.x, y, words.w, above), name, face),
    ]
    if below:
        parts.append(Label(Rect(words.x, y + above, words.w, below), said))
    if picture_px > 0:
        wide = theme.px(picture_px)
        parts.insert(1, Illustration(Rect(cell.x + theme.px(20), cell.y, wide, cell.h), art))
    return parts
