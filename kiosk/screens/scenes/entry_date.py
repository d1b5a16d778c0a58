"""Typing a date: an era or the common era, three boxes, and a number pad."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.forms.show import label, shown_date
from kiosk.journey.events import DatePartChosen, EraChosen, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import go
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.entry_digits import digit_keys
from kiosk.screens.scenes.flow import body
from kiosk.screens.scenes.pad import GAP_SMALL, fitted_rows, pad_of
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import DETAIL, Face, Type
from kiosk.screens.widgets.entry import Entry, Problem
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.text_input.date_entry import Part
from kiosk.text_input.eras import ERAS

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget
    from kiosk.text_input.date_entry import DateEntry
    from kiosk.text_input.eras import Era

_ERA: Final = Face(30, 36, bold=True, most=38, small=22)
_SAID: Final = Face(28, 40, bold=True, most=30)
_UNIT: Final = Face(26, 38, most=26)
_TYPED: Final[tuple[tuple[Type | Face, Face], ...]] = (  # figures and their unit: the largest with room
    (Type.ENTRY, DETAIL),
    (Type.ENTRY, _UNIT),
    *((Face(40, 52, fixed=True, most=most, small=small), _UNIT) for most, small in ((52, 36), (44, 32), (44, 28))),
)
_BOXES: Final = ((Part.YEAR, "entry.year", 30), (Part.MONTH, "entry.month", 23), (Part.DAY, "entry.day", 23))


def date_entry(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the eras, the boxes, what the date is called elsewhere, and the pad."""
    entry, form = view.entry, view.form
    if entry is None or entry.date is None or form is None:
        raise ValueError("no date is open")
    main = go(texts("entry.done"), Pressed(Outcome.DONE), enabled=entry.date.iso is not None)
    hint = texts("entry.complete" if entry.date.iso else "entry.date_hint")
    eras, boxes, said = _places(area, theme)
    return [
        *framed(view, area, theme, texts, main, hint),
        title_of(area, theme, label(form, entry.field, view.language)),
        *_eras(view, theme, texts, entry.date, eras),
        *_boxes(area, theme, texts, entry.date, boxes),
        *_remark(view, area, texts, entry.date, said),
        *digit_keys(area, theme, texts, pad_of(area)),
    ]


def _places(area: Area, theme: Theme) -> tuple[list[Rect], Rect, Rect]:
    """Return the places of the era keys, of the boxes, and of what is said about the date."""
    pad = pad_of(area)
    if area.small or area.low:
        rows = fitted_rows(area, area.content.x, pad.x - theme.px(18) - area.content.x).rows(3, GAP_SMALL)
        said = Rect(pad.x, area.content.y + 2, pad.w, theme.px(44))
        if area.low:
            said = Rect(area.content.x, body(area, theme).y, area.content.w, theme.px(88))
        return [cell for row in rows[:2] for cell in row.columns(3, GAP_SMALL)], rows[2], said
    gap = theme.px(12)
    wide = pad.x - theme.px(48) - area.content.x
    top = max(body(area, theme).y, area.at(0, 108, 1, 1).y)
    first = Rect(area.content.x, top, wide, theme.px(96))
    second = first.moved(0, first.h + gap)
    boxes = Rect(first.x, second.bottom + theme.px(28), wide, theme.px(104))
    said = Rect(first.x, boxes.bottom + theme.px(12), wide, theme.px(88))
    return [cell for row in (first, second) for cell in row.columns(3, gap)], boxes, said


def _eras(view: View, theme: Theme, texts: Texts, date: DateEntry, places: list[Rect]) -> list[Widget]:
    del theme
    eras: tuple[Era | None, ...] = (*ERAS, None)
    keys: list[Widget] = []
    for place, era in zip(places, eras, strict=True):
        own = era is not None and (era.name if view.language.startswith(("ja", "zh")) else era.latin)
        name = own or texts("entry.common_era")
        kind = KeyKind.MODE if era == date.era else KeyKind.FUNCTION
        keys.append(Key(place, name, kind, face=_ERA, press=EraChosen(era.id if era else "")))
    return keys


def _boxes(area: Area, theme: Theme, texts: Texts, date: DateEntry, place: Rect) -> list[Widget]:
    gap = GAP_SMALL if area.small else theme.px(12)
    parts = sum(part for _, _, part in _BOXES)
    room, x, boxes = place.w - 2 * gap, place.x, []
    for part, text, share in _BOXES:
        wide = room * share // parts
        box = Rect(x, place.y, wide, place.h)
        name, typed = texts(f"{text}_short" if area.small else text), date.box(part)
        boxes.append(
            Entry(
                box,
                typed,
                active=part is date.at and not date.impossible,
                error=date.impossible,
                hint=name,
                label=name,
                press=DatePartChosen(part),
            )
        )
        x += wide + gap
    sized = ([replace(box, face=face, hint_face=unit) for box in boxes] for face, unit in _TYPED)
    return list(next((each for each in sized if all(box.fits(theme) for box in each)), boxes))


def _remark(view: View, area: Area, texts: Texts, date: DateEntry, place: Rect) -> list[Widget]:
    """Return the finished date in words, or that there is no such day."""
    if date.impossible:
        return [Problem(place, texts("entry.impossible_short" if area.small else "entry.impossible"), face=_SAID)]
    if date.iso is None:
        return []
    said = texts("entry.common_date", date=_common(date.iso)) if date.era else shown_date(date.iso, view.language)
    return [Problem(place, said, "success", "check", _SAID)]


def _common(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}.{month}.{day}"
