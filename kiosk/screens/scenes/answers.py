"""One answer of the review: a row with なおす beside it, or on the 7 inch panel a tile that is pressed as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.parts import CHANGE
from kiosk.screens.rect import Rect
from kiosk.screens.theme import VALUE, Face, Type
from kiosk.screens.widgets.answer_tile import AnswerTile
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.label import Label, fits
from kiosk.screens.widgets.marks import Tag

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_NAMES: Final = (Type.LABEL, Face(24, 30, bold=True, most=32), Face(24, 28, bold=True, most=28))
_VALUES: Final = (
    VALUE,
    Face(30, 38, bold=True, most=40),
    Face(26, 32, bold=True, most=34),
    Face(24, 30, most=30),
    Face(22, 24, most=24),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: `change` is the word of the button and what it sends, `card` marks what the card gave."""

    name: str
    value: str
    change: tuple[str, Event] | None
    card: str = ""


def row(place: Rect, theme: Theme, answer: Answer) -> list[Widget]:
    """Return label, value, mark and button in a row, in the largest type that has room."""
    named = Rect(place.x + theme.px(24), place.y, theme.px(200), place.h)
    parts: list[Widget] = [_fitted(theme, named, answer.name, _NAMES, "ink_soft")] if answer.name else []
    right = place.right - theme.px(8)
    if answer.change is not None:
        text, press = answer.change
        high = theme.px(88)
        button = Rect(right - theme.px(160), place.y + (place.h - high) // 2, theme.px(160), high)
        parts.append(Button(button, text, icon="pen", face=CHANGE, gap=10, icon_px=32, weight=4.5, press=press))
        right = button.x - theme.px(16)
    left = named.right if answer.name else named.x
    return parts + _value(Rect(left, place.y, right - left, place.h), theme, answer)


def _value(room: Rect, theme: Theme, answer: Answer) -> list[Widget]:
    if not answer.card:
        return [_fitted(theme, room, answer.value, _VALUES)]
    tag = Tag(room, answer.card, icon="card")
    gap, mark = theme.px(20), tag.width(theme)
    label = _fitted(theme, Rect(room.x, room.y, room.w - gap - mark, room.h), answer.value, _VALUES)
    wide = min(label.rect.w, theme.width(answer.value, label.face) + 1)
    words = Rect(room.x, room.y, wide, room.h)
    return [
        Label(words, answer.value, label.face, middle=True),
        tag.at(Rect(words.right + gap, room.y, mark, room.h), theme),
    ]


def _fitted(theme: Theme, place: Rect, text: str, faces: tuple[Type | Face, ...], colour: str = "ink") -> Label:
    """Return a text in the first of the faces in which it fits, else the last."""
    face = next((face for face in faces if fits(theme, text, face, place.w, place.h)), faces[-1])
    return Label(place, text, face, colour, middle=True)


def tile(place: Rect, answer: Answer) -> list[Widget]:
    """Return one tile."""
    press = answer.change[1] if answer.change else None
    return [AnswerTile(place, answer.name, answer.value, bool(answer.card), press=press)]
