"""The controls of a form's page: what is opened for typing, chosen, ticked, stepped, or came from the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.forms.entry import stepped
from kiosk.forms.model import FieldKind
from kiosk.forms.show import help_text, option_label
from kiosk.forms.wording import NO, YES
from kiosk.journey.events import Answered, CorrectionAsked, FieldOpened
from kiosk.screens.parts import CHANGE, stepper
from kiosk.screens.rect import Rect
from kiosk.screens.theme import VALUE, Face, Type
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.label import Label, fits
from kiosk.screens.widgets.marks import Tag

if TYPE_CHECKING:
    from kiosk.forms.model import Field
    from kiosk.journey.events import Event
    from kiosk.screens.scenes.asking import Asking
    from kiosk.screens.widgets.base import Widget

_VALUES: Final = (VALUE, Face(26, 34, bold=True), Face(24, 30), Face(24, 28, most=30), Face(22, 26, most=24))
_ENTRIES: Final = (Type.ENTRY, Face(32, 40, most=40), Face(28, 36, most=34))
_PER_ROW: Final = 3
_CHANGE_PX: Final = 160
_OPTIONS: Final = (
    (Type.LEAD, 28, 64),
    (Face(30, 38, bold=True, most=46), 20, 56),
    (Face(28, 36, bold=True, most=40), 14, 44),
    (Face(26, 32, bold=True, most=34), 12, 40),
)
_WIDTHS: Final = {FieldKind.POSTCODE: 320, FieldKind.PHONE: 560, FieldKind.DATE: 640}


def options_of(field: Field) -> tuple[str, ...]:
    """Return what there is to choose from."""
    return (YES, NO) if field.kind is FieldKind.CHECK else field.options


def rows_of(field: Field) -> int:
    """Return how many rows of targets a field takes."""
    return max(1, -(-len(options_of(field)) // _PER_ROW))


def height_of(asking: Asking, field: Field, wide: int, least: int) -> int:
    """Return how high a control is that is so many panel pixels wide."""
    if field.kind is FieldKind.INFO:
        return asking.theme.height(asking.label(field), Type.BODY, wide)
    if field.id in asking.view.locked:
        room = _locked_words(asking, Rect(0, 0, wide, least)).w
        highs = [asking.theme.height(asking.shown(field), face, room) for face in _VALUES]
        return max(least, min(highs[1:3]) + asking.theme.px(16)) if highs[0] > least else least
    rows = rows_of(field)
    return rows * least + (rows - 1) * asking.gap


def control(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return the control of a field."""
    if field.kind is FieldKind.INFO:
        return [Label(place, asking.label(field))]
    if field.id in asking.view.locked:
        return _locked(asking, field, place)
    if field.kind is FieldKind.NUMBER:
        return _stepped(asking, field, place)
    if options_of(field):
        return _options(asking, field, place)
    return [_entry(asking, field, place)]


def _entry(asking: Asking, field: Field, place: Rect) -> Entry:
    wide = _WIDTHS.get(field.kind)
    if wide is not None:
        place = Rect(
            place.x, place.y, min(place.w, asking.theme.px(wide * max(1.0, asking.theme.text_factor))), place.h
        )
    text = asking.shown(field)
    inner = place.inset(min(asking.theme.px(27), place.w // 10), asking.theme.px(6))
    face = next((f for f in _ENTRIES if fits(asking.theme, text, f, inner.w, inner.h)), _ENTRIES[-1])
    return Entry(
        place,
        text,
        error=field.id in asking.view.problems,
        placeholder=asking.texts("form-page.empty"),
        label=asking.label(field),
        face=face,
        press=FieldOpened(field.id),
    )


def _stepped(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    value = asking.answer(field)
    less, more = (_step(field, asking, by) for by in (-1, 1))
    shown = asking.shown(field) or asking.texts("form-page.no_number")
    limit = help_text(asking.form, field.id, asking.view.language) or ""
    del value
    return stepper(place, asking.theme, shown, limit, less, more)


def _step(field: Field, asking: Asking, by: int) -> Event | None:
    """Return what − or + sends; nothing where the number is at its limit."""
    value = asking.answer(field)
    after = stepped(field, value, by)
    return None if after == value else Answered(field.id, after)


def _options(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return the options in rows of three, in the largest type in which all of them fit."""
    options = options_of(field)
    rows = place.rows(rows_of(field), asking.gap)
    per_row = min(_PER_ROW, max(2, len(options)))
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
    value: object = option
    chosen = answer == option
    if field.kind is FieldKind.CHECK:
        value = option == YES
        chosen = answer is value
    elif several:
        taken = list(answer) if isinstance(answer, list | tuple) else []
        chosen = option in taken
        value = tuple(name for name in field.options if (name in taken) != (name == option))
    text = option_label(asking.form, field.id, option, asking.view.language)
    press = Answered(field.id, value)
    return CheckRow(cell, text, chosen, face=face, single=not several, side=side, box=box, press=press)


def _change_width(asking: Asking) -> int:
    words = asking.theme.width(asking.texts("form-page.correct"), CHANGE)
    return max(asking.theme.px(_CHANGE_PX), words + asking.theme.px(32 + 10 + 40))


def _locked_words(asking: Asking, place: Rect) -> Rect:
    """Return the place of the words in a locked answer: before the mark of the card and the button."""
    theme = asking.theme
    used = _change_width(asking) + theme.px(16) + _tag(asking, place).width(theme) + theme.px(20)
    return Rect(place.x + theme.px(27), place.y, place.w - used - theme.px(47), place.h)


def _tag(asking: Asking, place: Rect) -> Tag:
    return Tag(place, asking.texts("form-page.from_card"), icon="card")


def _locked(asking: Asking, field: Field, place: Rect) -> list[Widget]:
    """Return an answer of the card, marked as such, and なおす beside it."""
    theme, text = asking.theme, asking.shown(field)
    words = _locked_words(asking, place)
    tag = _tag(asking, place)
    wide = _change_width(asking)
    button = Rect(place.right - wide, place.y, wide, asking.least).moved(0, (place.h - asking.least) // 2)
    box = Rect(place.x, place.y, button.x - theme.px(16) - place.x, place.h)
    face = next((f for f in _VALUES if fits(theme, text, f, words.w, words.h - theme.px(8))), _VALUES[-1])
    mark = Rect(box.right - theme.px(20) - tag.width(theme), box.y, tag.width(theme), box.h)
    correct = asking.texts("form-page.correct")
    return [
        Entry(box, "", locked=True, label=asking.label(field)),
        Label(words, text, face, middle=True),
        tag.at(mark, theme),
        Button(
            button, correct, icon="pen", face=CHANGE, gap=10, icon_px=32, weight=4.5, press=CorrectionAsked(field.id)
        ),
    ]
