"""The controls of a form's page: what is opened for typing, chosen, ticked, stepped, or came from the card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.forms.entry import stepped
from kiosk.forms.model import FieldKind
from kiosk.forms.show import help_text, option_label
from kiosk.forms.wording import YES, options_of
from kiosk.journey.events import Answered, CorrectionAsked, FieldOpened, OptionToggled
from kiosk.screens.parts import CHANGE, COUNTED, stepper
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.photo_list import photos_height, photos_list
from kiosk.screens.scenes.rows import rows_height, rows_list
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.label import Label, fits
from kiosk.screens.widgets.locked_answer import LockedAnswer

if TYPE_CHECKING:
    from kiosk.forms.model import Field, JsonValue
    from kiosk.journey.events import Event
    from kiosk.screens.scenes.asking import Asking
    from kiosk.screens.widgets.base import Widget

_ENTRIES: Final = (Type.ENTRY, Face(32, 40, most=40), Face(28, 36, most=34))
_COUNTED: Final = replace(COUNTED, line=72)  # no higher than the least target
_TYPING: Final = False  # a field of the page is opened first; the caret is in the entry scene
_PER_ROW: Final = 3
_CHANGE_PX: Final = 160
_OPTIONS: Final = (
    (Type.LEAD, 28, 64),
    (Face(30, 38, bold=True, most=46), 20, 56),
    (Face(28, 36, bold=True, most=40), 14, 44),
    (Face(26, 32, bold=True, most=34), 12, 40),
    (Face(24, 28, bold=True, most=30), 6, 32),
    (Face(22, 26, bold=True, most=24), 4, 30),
)
_WIDTHS: Final = {
    FieldKind.POSTCODE: 320,
    FieldKind.PHONE: 560,
    FieldKind.DATE: 640,
    FieldKind.DIGITS: 480,
    FieldKind.CURRENCY: 480,
    FieldKind.TIME: 320,
}
_HEADING: Final = Face(28, 36, bold=True, most=36)
SENTENCES: Final[dict[FieldKind, Type | Face]] = {FieldKind.INFO: Type.BODY, FieldKind.HEADING: _HEADING}
_ROOMY: Final = {
    FieldKind.NUMBER: 96,
    FieldKind.LONG_TEXT: 128,
}  # design px where there is room for more than the least
_PLACES: Final = (Type.BODY, Face(26, 32, most=34), Face(22, 26, most=26))


def rows_of(field: Field) -> int:
    """Return how many rows of targets a field takes."""
    if field.kind is FieldKind.HEADING:
        return 0
    return max(1, -(-len(options_of(field)) // _PER_ROW))


def height_of(asking: Asking, field: Field, wide: int, *, tight: bool = False) -> int:
    """Return how high a control is that is so many panel pixels wide."""
    theme, least = asking.theme, asking.least
    if field.kind in SENTENCES:
        return theme.height(asking.label(field), SENTENCES[field.kind], wide)
    if field.kind is FieldKind.ROWS:
        return rows_height(asking, field)
    if field.kind is FieldKind.CAMERA:
        return photos_height(asking, field)
    if field.id in asking.view.locked:
        return max(least, _locked_answer(asking, field, Rect(0, 0, wide, least)).needed(theme, tight=tight))
    if field.kind in _ROOMY and not tight and not asking.area.small:
        return max(least, theme.px(_ROOMY[field.kind]))
    rows = rows_of(field)
    return rows * least + (rows - 1) * asking.gap


def control(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return the control of a field."""
    if field.kind in SENTENCES:
        return [Label(place, asking.label(field), SENTENCES[field.kind])]
    if field.kind is FieldKind.ROWS:
        return rows_list(asking, field, place)
    if field.kind is FieldKind.CAMERA:
        return photos_list(asking, field, place)
    if field.id in asking.view.locked:
        return _locked(asking, field, place)
    if field.kind is FieldKind.NUMBER:
        return _stepped(asking, field, place)
    return _options(asking, field, place) if options_of(field) else _typed(asking, field, place)


def _typed(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    entry = _entry(asking, field, place)
    return [entry, *_place_found(asking, field, place, entry)]


def _place_found(asking: Asking, field: Field, place: Rect, entry: Entry) -> list[Widget]:
    """Return, beside a postcode, the place that it means."""
    found = asking.view.places.get(field.id, "")
    left = entry.rect.right + asking.theme.px(24)
    room = Rect(left, place.y, place.right - left, place.h)
    labels = (Label(room, found, face, "ink_soft", middle=True) for face in _PLACES if found)
    label = next((label for label in labels if label.fits(asking.theme)), None)
    return [label] if label is not None else []


def _entry(asking: Asking, field: Field, place: Rect) -> Entry:
    wide = _WIDTHS.get(field.kind)
    if wide is not None:
        place = Rect(
            place.x, place.y, min(place.w, asking.theme.px(wide * max(1.0, asking.theme.text_factor))), place.h
        )
    text = asking.shown(field)
    inner = place.inset(min(asking.theme.px(27), place.w // 10), asking.theme.px(6))
    face = next((f for f in _ENTRIES if fits(asking.theme, text, f, inner.w, inner.h)), _ENTRIES[-1])
    wrong, prompt = field.id in asking.view.problems, asking.texts("form-page.empty")
    if field.id in asking.view.disabled:
        return Entry(place, "", _TYPING, label=asking.label(field), face=face, enabled=False)
    press = FieldOpened(field.id)
    return Entry(place, text, _TYPING, wrong, prompt, label=asking.label(field), face=face, press=press)


def _stepped(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    off = field.id in asking.view.disabled
    less, more = (
        (asking.texts(f"form-page.{called}"), None if off else _step(field, asking, by))
        for called, by in (("fewer", -1), ("more", 1))
    )
    shown = asking.shown(field) or asking.texts("form-page.no_number")
    limit = help_text(asking.form, field.id, asking.view.language) or ""
    parts = stepper(place, asking.theme, shown, limit, less, more)
    return [
        replace(part, face=_COUNTED) if isinstance(part, Label) and part.face is COUNTED else part for part in parts
    ]


def _step(field: Field, asking: Asking, by: int) -> Event | None:
    """Return what − or + sends; nothing where the number is at its limit."""
    value = asking.answer(field)
    after = stepped(field, value, by)
    return None if after == value else Answered(field.id, after)


def _options(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return the options in rows of three, in the largest type in which all of them fit."""
    options = options_of(field)
    rows = place.rows(rows_of(field), asking.gap)
    per_row = 1 if field.kind is FieldKind.DECLARATION else min(_PER_ROW, max(2, len(options)))
    gap = max(asking.gap, asking.theme.px(12))
    cells = [cell for row in rows for cell in row.columns(per_row, gap)][: len(options)]
    drawn: list[Widget] = []
    for face, side, box in _OPTIONS:
        drawn = [
            _option(asking, field, option, cell, (face, side, box)) for option, cell in zip(options, cells, strict=True)
        ]
        if all(row.fits(asking.theme) for row in drawn):
            break
    return drawn


def _option(asking: Asking, field: Field, option: str, cell: Rect, look: tuple[Type | Face, int, int]) -> CheckRow:
    answer, face, side, box = asking.answer(field), *look
    several = field.kind is FieldKind.MANY_OF
    value: JsonValue = option
    chosen = answer == option
    if field.kind is FieldKind.CHECK:
        value = option == YES
        chosen = answer is value
    elif field.kind is FieldKind.DECLARATION:
        several, chosen = True, answer is True
        value = None if chosen else True
    elif several:
        chosen = isinstance(answer, list | tuple) and option in answer
    text = option_label(asking.form, field.id, option, asking.view.language)
    off = field.id in asking.view.disabled
    # What a press sends stays the same while others are pressed: quick touches of several options all count.
    toggled = OptionToggled(field.id, option) if field.kind is FieldKind.MANY_OF else Answered(field.id, value)
    press = None if off else toggled
    return CheckRow(
        cell, text, chosen and not off, face=face, single=not several, side=side, box=box, press=press, enabled=not off
    )


def _change_width(asking: Asking) -> int:
    words = asking.theme.width(asking.texts("form-page.correct"), CHANGE)
    return max(asking.theme.px(_CHANGE_PX), words + asking.theme.px(32 + 10 + 40))


def _locked_answer(asking: Asking, field: Field, place: Rect) -> LockedAnswer:
    wide = place.w - _change_width(asking) - asking.theme.px(16)
    mark = asking.texts("form-page.from_card")
    return LockedAnswer(Rect(place.x, place.y, wide, place.h), asking.shown(field), mark, asking.label(field))


def _locked(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return an answer of the card, marked as such, and なおす beside it."""
    box = _locked_answer(asking, field, place)
    left = box.rect.right + asking.theme.px(16)
    button = Rect(left, place.y + (place.h - asking.least) // 2, place.right - left, asking.least)
    text, press = asking.texts("form-page.correct"), CorrectionAsked(field.id)
    return [box, Button(button, text, icon="pen", face=CHANGE, gap=10, icon_px=32, weight=4.5, press=press)]
