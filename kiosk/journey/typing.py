"""Answering: fields that are typed, chosen or stepped, and answers that are corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.application.document import Origin
from kiosk.forms.entry import composer_for, value_of
from kiosk.forms.model import FieldKind
from kiosk.forms.rows import answer_of, split, with_answer
from kiosk.journey.conversion import ask_reading, convert, converts
from kiosk.journey.events import EntryKey
from kiosk.journey.map import Outcome, Step
from kiosk.journey.view import EntryView
from kiosk.text_input.composer import Composer, Mode
from kiosk.text_input.date_entry import DateEntry, start_date
from kiosk.text_input.eras import ERAS
from kiosk.text_input.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.forms.model import Field, JsonValue
    from kiosk.journey.commands import Command
    from kiosk.journey.events import (
        AnswerChangeAsked,
        Answered,
        CharacterTyped,
        CorrectionAsked,
        DatePartChosen,
        EraChosen,
        FieldOpened,
        KeyTyped,
        LineChosen,
        OptionToggled,
    )
    from kiosk.journey.walk import Walk


def field_opened(walk: Walk, event: FieldOpened) -> list[Command]:
    """Open the keyboard for a field; one that came from the card and is locked stays closed."""
    session = walk.session
    if session.form is None or not may_answer(walk, event.field):
        return []
    field = session.form.field(event.field)
    opened = open_entry(field, answer_of(session.answers, field.id))
    if opened is None or session.step is not Step.FORM_PAGE:
        return []
    session.entry = opened
    return [*walk.go(Outcome.OPEN), *ask_reading(walk)]


def open_entry(field: Field, answer: JsonValue) -> EntryView | None:
    """Return the keyboard state for a field and its earlier answer; None for fields that are not typed."""
    if field.kind is FieldKind.DATE:
        near = field.days_back is not None or field.days_ahead is not None
        return EntryView(field.id, date=start_date(answer if isinstance(answer, str) else None, "R" if near else "S"))
    if field.keyboard is Keyboard.NONE or field.kind is FieldKind.NUMBER:
        return None
    composer = composer_for(field, answer)
    return EntryView(field.id, composer=replace(composer, converts=converts(field.kind)))


def locked_fields(walk: Walk) -> frozenset[str]:
    """Return the fields that the card answered and the citizen has not asked to correct."""
    session = walk.session
    if session.form is None:
        return frozenset()
    fields = session.form.fields
    return frozenset(
        name
        for name, origin in session.origins.items()
        if origin is Origin.CARD and fields[name].locked_when_prefilled and name not in session.unlocked
    )


def answered(walk: Walk, event: Answered) -> list[Command]:
    """Keep an answer that was chosen, ticked or stepped; None takes it back."""
    session = walk.session
    if session.step is not Step.FORM_PAGE or session.form is None or not may_answer(walk, event.field):
        return []
    keep(walk, event.field, event.value)
    return []


def option_toggled(walk: Walk, event: OptionToggled) -> list[Command]:
    """Take one of several options, or take it back; options keep the order of the form."""
    session = walk.session
    if session.step is not Step.FORM_PAGE or session.form is None or not may_answer(walk, event.field):
        return []
    field = session.form.field(event.field)
    given = answer_of(session.answers, field.id)
    taken = set(given) if isinstance(given, list | tuple) else set()
    if field.kind is FieldKind.MANY_OF and event.option in field.options:
        taken ^= {event.option}
        keep(walk, field.id, [option for option in field.options if option in taken])
    return []


def may_answer(walk: Walk, field: str) -> bool:
    """Tell whether a field is asked on the page and open for an answer."""
    session = walk.session
    return field in session.page_fields() and field not in locked_fields(walk) and field not in session.disabled()


def keep(walk: Walk, field: str, value: JsonValue) -> None:
    """Store an answer with its origin; an emptied answer is no answer."""
    session = walk.session
    session.problems.pop(field, None)
    name, row, _ = split(field)
    if row is not None and session.form is not None:
        session.answers[name] = with_answer(session.form.fields[name], session.answers, field, value or None)
        session.origins[name] = Origin.TYPED
        return
    if value in (None, "", [], ()):
        session.answers.pop(field, None)
        session.origins.pop(field, None)
        return
    if session.answers.get(field) == value:
        return
    from_card = session.origins.get(field) in {Origin.CARD, Origin.CORRECTED} or field in session.unlocked
    session.answers[field] = value
    session.origins[field] = Origin.CORRECTED if from_card else Origin.TYPED


def correction_asked(walk: Walk, event: CorrectionAsked) -> list[Command]:
    """Open an answer of the card for correction; staff will see that it differs."""
    if walk.session.step is Step.FORM_PAGE and event.field in locked_fields(walk):
        walk.session.unlocked.add(event.field)
    return []


def answer_change_asked(walk: Walk, event: AnswerChangeAsked) -> list[Command]:
    """Go from the review to the page of an answer, and come back to the review from there."""
    session = walk.session
    if session.step is not Step.REVIEW or session.form is None or event.field not in session.review_fields():
        return []
    session.ask(event.field)
    session.returns_to_review = True
    return walk.go(Outcome.CHANGE)


def character_typed(walk: Walk, event: CharacterTyped) -> list[Command]:
    """Add a character to what is being typed."""
    before = walk.session.entry
    change_entry(walk, lambda text: text.insert(event.character), lambda date: date.insert(event.character))
    return convert(walk, before)


def key_typed(walk: Walk, event: KeyTyped) -> list[Command]:
    """Follow a function key of the keyboard, or show the other half of a pad that has not room for both."""
    if walk.session.step is Step.PASSWORD:
        walk.session.pad_digits = event.key is EntryKey.DIGITS
    before = walk.session.entry
    if event.key is EntryKey.TURN:
        walk.session.entry = replace(before, sheet=before.sheet + 1) if before is not None else None
        return []
    change_entry(walk, _KEYS[event.key], lambda date: date.erase() if event.key is EntryKey.ERASE else date)
    return convert(walk, before)


def line_chosen(walk: Walk, event: LineChosen) -> list[Command]:
    """Show the signs of a line of the keyboard."""
    entry = walk.session.entry
    if entry is not None and event.number >= 0:
        walk.session.entry = replace(entry, sheet=event.number)
    return []


def era_chosen(walk: Walk, event: EraChosen) -> list[Command]:
    """Take another era for the date that is being typed."""
    era = next((era for era in ERAS if era.id == event.era), None)
    change_entry(walk, lambda text: text, lambda date: date.choose(era))
    return []


def date_part_chosen(walk: Walk, event: DatePartChosen) -> list[Command]:
    """Put the caret into another box of the date."""
    change_entry(walk, lambda text: text, lambda date: date.go(event.part))
    return []


def change_entry(walk: Walk, text: Callable[[Composer], Composer], date: Callable[[DateEntry], DateEntry]) -> None:
    """Apply a change to whatever is being typed."""
    entry = walk.session.entry
    if entry is None or walk.session.step is not Step.ENTRY:
        return
    if entry.composer is not None:
        walk.session.entry = replace(entry, composer=text(entry.composer))
    elif entry.date is not None:
        walk.session.entry = replace(entry, date=date(entry.date))


def close_entry(walk: Walk, *, keep_it: bool) -> list[Command]:
    """Leave the keyboard, with or without what was typed."""
    entry, session = walk.session.entry, walk.session
    if entry is not None and keep_it and session.form is not None:
        if entry.date is not None and entry.date.iso is None and entry.date.complete:
            return []  # no calendar has this day: the scene says so and the keyboard stays
        field = session.form.field(entry.field)
        before = answer_of(session.answers, field.id)
        typed = value_of(entry.composer, field.kind) if entry.composer else entry.date.iso if entry.date else None
        keep(walk, field.id, typed)
        if field.fills is not None:
            _begin_address(walk, field.fills, before, typed)
    session.entry = None
    return walk.go(Outcome.DONE if keep_it else Outcome.BACK)


def _begin_address(walk: Walk, address: str, before: JsonValue, after: JsonValue) -> None:
    """Begin an address with the place of its postcode, unless somebody has already written one."""
    places = [walk.rules.find_place(code) if isinstance(code, str) else None for code in (before, after)]
    written = walk.session.answers.get(address)
    if places[1] and written in (None, places[0]) and address not in locked_fields(walk):
        keep(walk, address, places[1])


def places(walk: Walk) -> dict[str, str]:
    """Return which places the postcodes of the page mean, the one that is being typed included."""
    session = walk.session
    if session.form is None or session.step not in {Step.FORM_PAGE, Step.ENTRY}:
        return {}
    found: dict[str, str] = {}
    for name in session.page_fields():
        if session.form.field(name).kind is FieldKind.POSTCODE:
            typed = session.entry if session.entry is not None and session.entry.field == name else None
            code = typed.composer.text if typed and typed.composer else answer_of(session.answers, name)
            place = walk.rules.find_place(code) if isinstance(code, str) else None
            if place:
                found[name] = place
    return found


_KEYS: Mapping[EntryKey, Callable[[Composer], Composer]] = {
    EntryKey.ERASE: Composer.erase,
    EntryKey.VOICE: Composer.voice,
    EntryKey.SMALL: Composer.small,
    EntryKey.SPACE: Composer.space,
    EntryKey.HIRAGANA: lambda text: text.switch(Mode.HIRAGANA),
    EntryKey.KATAKANA: lambda text: text.switch(Mode.KATAKANA),
    EntryKey.LATIN: lambda text: text.switch(Mode.LATIN),
    EntryKey.DIGITS: lambda text: text.switch(Mode.DIGITS),
}
