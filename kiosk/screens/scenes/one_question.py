"""A page of the form that asks one question: in large type, and where every target lies in the lower half."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.forms.model import FieldKind
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.controls import control, height_of
from kiosk.screens.scenes.flow import BODIES, Column, fitting
from kiosk.screens.scenes.titles import STEADY
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.forms.model import Field
    from kiosk.screens.scenes.asking import Asking
    from kiosk.screens.widgets.base import Widget

_SAID: Final = frozenset({FieldKind.INFO, FieldKind.HEADING})
_WRONG: Final = Face(28, 38, bold=True, most=40, small=24)
_WRONG_TIGHT: Final = Face(24, 30, bold=True, most=30, small=22)
_TITLES: Final = (Type.HEADING, STEADY, Type.HEADING_SMALL, Face(28, 36, bold=True, most=36, small=26))


def question(asking: Asking) -> list[Widget]:
    """Return the question as the title, what helps or is wrong below it, and its control."""
    return fitting(asking.theme, asking.area.content, *_ways(asking))


def _ways(asking: Asking) -> Iterator[partial[list[Widget]]]:
    for remarks in (True, False):
        for title in _TITLES:
            for body in BODIES[:: 2 if remarks else 3]:
                yield partial(_laid, asking, title, body, remarks=remarks)
    # What is wrong comes before sentences that were read already.
    alone = replace(asking, view=replace(asking.view, fields=asking.view.fields[-1:]))
    yield partial(_laid, alone, _TITLES[-1], BODIES[-1], remarks=False)


def _laid(asking: Asking, title: Type | Face, body: Type | Face, *, remarks: bool) -> list[Widget]:
    area, theme = asking.area, asking.theme
    asked = asking.fields[-1]
    top = area.content.y + theme.px(2 if area.small else 16)
    column = Column(theme, Rect(area.content.x, top, area.content.w, area.content.bottom - theme.px(8) - top))
    for field in asking.fields[:-1]:
        column.say(asking.label(field), body)
        column.skip(8)
    column.say(asking.label(asked), title, role=Role.TITLE)
    if asked.kind not in _SAID:
        _told(asking, column, asked, body, remarks=remarks)
        column.skip(6 if area.small else 16)
        _controlled(asking, column, asked)
    return column.widgets


def _told(asking: Asking, column: Column, field: Field, body: Type | Face, *, remarks: bool) -> None:
    """Say what is wrong; where nothing is, what helps."""
    theme, wrong = asking.theme, asking.problem(field)
    if wrong:
        face = _WRONG if remarks else _WRONG_TIGHT
        high = theme.height(wrong, face, column.place.w - theme.px(48)) + theme.px(4)
        column.add(Problem(column.take(high), wrong, face=face))
    elif remarks and asking.remark(field):
        column.say(asking.remark(field), body)


def _controlled(asking: Asking, column: Column, field: Field) -> None:
    """Lay the control: below the words, or in the lower half where everything that is touched lies."""
    area, wide = asking.area, column.place.w
    high = height_of(asking, field, wide, tight=area.small or area.low)
    if area.low:
        place = Rect(area.controls.x, area.controls.y, wide, min(area.controls.h, max(high, asking.least)))
        if column.y > area.controls.y:  # no room: an arrangement that leaves the content is not taken
            place = place.moved(0, area.panel.h)
    else:
        place = column.take(min(_roomy(asking, field, high), max(high, column.left)))
    column.add(*control(asking, field, place))


def _roomy(asking: Asking, field: Field, high: int) -> int:
    """Return the height that a control takes where there is room: large words want more than the least target."""
    if field.kind is FieldKind.NUMBER or field.id in asking.view.locked:
        return high
    return round(high * (1.0 if asking.area.small else max(1.0, asking.theme.text_factor * 0.85)))
