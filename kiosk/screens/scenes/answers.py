"""One answer of the review: a row with なおす beside it, or on the 7 inch panel a tile that is pressed as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.parts import CHANGE
from kiosk.screens.rect import Rect
from kiosk.screens.rich import harmless
from kiosk.screens.theme import VALUE, Face, Type
from kiosk.screens.widgets.answer_tile import AnswerTile
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.label import Label, fits
from kiosk.screens.widgets.marks import Tag
from kiosk.screens.widgets.photo import Photo
from kiosk.screens.widgets.shortened import shortened

if TYPE_CHECKING:
    from kiosk.application.picture import Picture
    from kiosk.journey.events import Event
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_NAMES: Final = (
    Type.LABEL,
    Face(24, 30, bold=True, most=32),
    Face(24, 28, bold=True, most=28),
    Face(22, 26, bold=True, most=26),
)
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
    photos: tuple[Picture, ...] = ()  # small pictures before the value
    lead: str = ""  # label and mark before a very long value that runs on behind them


def row(place: Rect, theme: Theme, answer: Answer) -> list[Widget]:
    """Return label, value, mark and button in a row, in the largest type that has room."""
    change = _change(place, theme, answer)
    right = change[0].rect.x - theme.px(16) if change else place.right - theme.px(24)
    left = place.x + theme.px(24)
    inner = Rect(left, place.y, right - left, place.h)
    named = Rect(left, place.y, theme.px(200 if theme.text_factor <= 1.0 else 260), place.h)
    beside = Rect(named.right, place.y, right - named.right, place.h)
    if not answer.name:
        return [_fitted(theme, inner, answer.value, _VALUES)]
    name = _fitted(theme, named, answer.name, _NAMES, "ink_soft")
    value = _value(beside, theme, answer)
    if all(part.fits(theme) for part in value):
        return [name, *value, *change]
    return [_run_in(theme, inner, answer), *change]


def _change(place: Rect, theme: Theme, answer: Answer) -> list[Widget]:
    """Return なおす at the right."""
    if answer.change is None:
        return []
    text, press = answer.change
    high = theme.px(88)
    wide = max(theme.px(160), theme.width(text, CHANGE) + theme.px(32 + 10 + 34))
    button = Rect(place.right - theme.px(8) - wide, place.y + (place.h - high) // 2, wide, high)
    return [Button(button, text, icon="pen", face=CHANGE, gap=10, icon_px=32, weight=4.5, press=press)]


def _pictured(room: Rect, theme: Theme, answer: Answer) -> list[Widget]:
    """Return the small pictures beside each other, and the value after them."""
    high, left = theme.px(72), room.x
    parts: list[Widget] = []
    for picture in answer.photos:
        wide = round(high * picture.width / picture.height)
        parts.append(Photo(Rect(left, room.y + (room.h - high) // 2, wide, high), picture, answer.name))
        left += wide + theme.px(12)
    words = Rect(left + theme.px(4), room.y, room.right - left - theme.px(4), room.h)
    return [*parts, _fitted(theme, words, answer.value, _VALUES)]


def _value(room: Rect, theme: Theme, answer: Answer) -> list[Widget]:
    if answer.photos:
        return _pictured(room, theme, answer)
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


def _run_in(theme: Theme, place: Rect, answer: Answer) -> Label:
    """Return a very long answer over the whole row, behind its label; an ellipsis ends what has no room even so."""
    face = _fitted(theme, place, answer.lead + harmless(answer.value), _VALUES[2:]).face
    return Label(place, shortened(theme, answer.value, face, place.size, answer.lead), face, middle=True)


def _fitted(theme: Theme, place: Rect, text: str, faces: tuple[Type | Face, ...], colour: str = "ink") -> Label:
    """Return a text in the first of the faces in which it fits, else the last."""
    face = next((face for face in faces if fits(theme, text, face, place.w, place.h)), faces[-1])
    return Label(place, text, face, colour, middle=True)


def tile(place: Rect, answer: Answer) -> list[Widget]:
    """Return one tile."""
    press = answer.change[1] if answer.change else None
    photo = answer.photos[0] if answer.photos else None
    return [AnswerTile(place, answer.name, answer.value, bool(answer.card), photo, press=press)]
