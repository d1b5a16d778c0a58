"""Typing a telephone number or a postcode: the field at the left, a number pad at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.forms.checks import check_page
from kiosk.forms.entry import value_of
from kiosk.forms.rows import split, with_answer
from kiosk.forms.show import help_text, label, shown
from kiosk.journey.events import CharacterTyped, EntryKey, KeyTyped, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import go
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body, fitting
from kiosk.screens.scenes.pad import pad_of, pad_places
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_ERASE: Final = KeyTyped(EntryKey.ERASE)
ERASE: Final = Face(26, 32, bold=True, most=28)
ERASE_NARROW: Final = Face(24, 28, bold=True, most=24, small=22)
_TYPED: Final = Face(48, 60, fixed=True, most=64)


def digits_entry(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the number so far in its usual groups, and the keys."""
    entry, form = view.entry, view.form
    if entry is None or entry.composer is None or form is None:
        raise ValueError("no field for digits is open")
    main = go(texts("entry.done"), Pressed(Outcome.DONE))
    place, pad = body(area, theme), pad_of(area)
    left = Rect(place.x, place.y, pad.x - theme.px(32 if area.small else 48) - place.x, place.h)
    return [
        *framed(view, area, theme, texts, main, texts("entry.digits_hint")),
        title_of(area, theme, label(form, entry.field, view.language)),
        *fitting(
            theme,
            area.content,
            *(lambda n=n: _words(view, theme, texts, left, n, small=area.small) for n in range(3)),
        ),
        *digit_keys(area, theme, texts, pad),
    ]


def _words(view: View, theme: Theme, texts: Texts, place: Rect, dropped: int, *, small: bool) -> list[Widget]:
    """Return the field with what helps to fill it in; `dropped` of the sentences are left out."""
    entry, form = view.entry, view.form
    if entry is None or entry.composer is None or form is None:
        return []
    column = Column(theme, place)
    text = shown(form, entry.field, entry.composer.text, view.language)
    said = help_text(form, entry.field, view.language)
    if said and dropped < 2:
        column.say(said)
        column.skip(8 if small else 24)
    high = theme.px(96) if small else max(theme.px(104), theme.face(_TYPED).line + theme.px(24))
    name = label(form, entry.field, view.language)
    column.add(Entry(column.take(high), text, active=True, label=name, face=_TYPED))
    if _complete(view) and dropped < 1:
        column.skip(8 if small else 28)
        done = view.places.get(entry.field) or texts("entry.complete")
        inner = theme.height(done, Type.BODY, place.w - theme.px(110))
        column.add(Notice(column.take(inner + theme.px(10 if small else 36)), done, Tone.GOOD))
    return column.widgets


def _complete(view: View) -> bool:
    """Tell whether what is typed is an answer that the form takes."""
    entry, form = view.entry, view.form
    if entry is None or entry.composer is None or form is None or not entry.composer.text:
        return False
    field = form.field(entry.field)
    name, row, _ = split(field.id)
    typed = value_of(entry.composer, field.kind)
    value = typed if row is None else with_answer(form.fields[name], view.answers, field.id, typed)
    return field.id not in check_page(form, view.page, {**view.answers, name: value})


def digit_keys(area: Area, theme: Theme, texts: Texts, pad: Rect) -> list[Widget]:
    """Return the ten digits and the erasing key."""
    places = pad_places(area, pad)
    erase = places.pop("erase")
    del places["other"]
    keys: list[Widget] = [
        Key(place, sign, KeyKind.SYMBOL, press=CharacterTyped(sign)) for sign, place in places.items()
    ]
    return [*keys, erasing(area, theme, erase, (texts("entry.erase_one"), texts("entry.erase")), _ERASE)]


def erasing(
    area: Area, theme: Theme, place: Rect, words: tuple[str, str], press: Event, *, secret: bool = False
) -> Key:
    """Return the key that takes the last sign back, with its long word or with the short one and a sign."""
    long, short = words
    whole = Key(place, long, KeyKind.FUNCTION, face=ERASE, icon_px=28, press=press, secret=secret)
    signed = replace(whole, text=short, icon="erase")
    tried = [signed, replace(signed, face=ERASE_NARROW), replace(whole, text=short, face=ERASE_NARROW)]
    if not area.small:
        tried = [whole, replace(whole, face=ERASE_NARROW), *tried]
    return next((key for key in tried if key.fits(theme)), tried[-1])
