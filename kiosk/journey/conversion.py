"""Kana to kanji while a name or an address is typed, and a suggestion for its フリガナ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.forms.model import FieldKind
from kiosk.journey.commands import AskReading, Convert
from kiosk.journey.map import Step
from kiosk.journey.view import Offer
from kiosk.text_input.kana import to_katakana

if TYPE_CHECKING:
    from kiosk.forms.model import Form
    from kiosk.journey.candidate_events import (
        CandidateChosen,
        CandidatesReady,
        CandidatesTurned,
        ReadingReady,
        ReadingTaken,
        VariantsAsked,
    )
    from kiosk.journey.commands import Command
    from kiosk.journey.view import EntryView
    from kiosk.journey.walk import Walk

_CONVERTED = frozenset({FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT})


def converts(kind: FieldKind) -> bool:
    """Tell whether a field of this kind may hold kanji that are typed."""
    return kind in _CONVERTED


def convert(walk: Walk, before: EntryView | None) -> list[Command]:
    """Ask for candidates when the undecided kana have changed; without any, none are offered."""
    entry, form = walk.session.entry, walk.session.form
    if entry is None or entry.composer is None or form is None:
        return []
    undecided = entry.composer.undecided
    if not undecided:
        walk.session.entry = replace(entry, offer=None)
        return []
    if before is not None and before.composer is not None and before.composer.undecided == undecided:
        return []
    if entry.offer is not None and entry.offer.variants:
        walk.session.entry = replace(entry, offer=replace(entry.offer, variants=False))
    return [Convert(undecided, form.field(entry.field).kind)]


def candidates_ready(walk: Walk, event: CandidatesReady) -> list[Command]:
    """Offer the candidates, unless something else has been typed meanwhile."""
    entry = _typing(walk)
    if entry is None or entry.composer is None or entry.composer.undecided != event.reading:
        return []
    room = entry.composer.limit - len(entry.composer.text)
    fitting = tuple(each for each in event.candidates if len(each.text) - each.reads <= room)
    walk.session.entry = replace(entry, offer=Offer(event.reading, fitting, listed=event.listed))
    return []


def candidate_chosen(walk: Walk, event: CandidateChosen) -> list[Command]:
    """Write the candidate; what it does not read stays undecided and is converted next."""
    entry = _offering(walk)
    if entry is None or entry.composer is None or entry.offer is None:
        return []
    if not 0 <= event.id < len(entry.offer.candidates):
        return []
    chosen = entry.offer.candidates[event.id]
    composer = entry.composer.decide(chosen.text, chosen.reads)
    walk.session.entry = replace(entry, composer=composer, offer=None)
    return convert(walk, entry)


def candidates_turned(walk: Walk, event: CandidatesTurned) -> list[Command]:
    """Show other candidates, and the first again after the last."""
    entry = _offering(walk)
    if entry is not None and entry.offer is not None:
        first = event.first if 0 <= event.first < len(entry.offer.candidates) else 0
        walk.session.entry = replace(entry, offer=replace(entry.offer, first=first))
    return []


def variants_asked(walk: Walk, event: VariantsAsked) -> list[Command]:
    """Show words that differ in a stroke side by side and large, or the keys again."""
    entry = _offering(walk)
    if entry is not None and entry.offer is not None:
        walk.session.entry = replace(entry, offer=replace(entry.offer, variants=event.wanted))
    return []


def ask_reading(walk: Walk) -> list[Command]:
    """Ask how the name is read when the field for its フリガナ is opened empty."""
    entry, form = walk.session.entry, walk.session.form
    if entry is None or form is None or entry.composer is None or entry.composer.text:
        return []
    name = name_before(form, entry.field)
    answer = walk.session.answers.get(name) if name else None
    if form.field(entry.field).kind is not FieldKind.KANA or not isinstance(answer, str) or not answer:
        return []
    return [AskReading(answer, entry.field)]


def reading_ready(walk: Walk, event: ReadingReady) -> list[Command]:
    """Suggest a reading; nothing is filled in."""
    entry = _typing(walk)
    if entry is None or entry.composer is None or entry.field != event.field or not event.reading:
        return []
    suggestion = to_katakana(event.reading).replace(" ", "\u3000")
    fits = all(entry.composer.accepts(char) for char in suggestion) and len(suggestion) <= entry.composer.limit
    walk.session.entry = replace(entry, suggestion=suggestion if fits else "")
    return []


def reading_taken(walk: Walk, _event: ReadingTaken) -> list[Command]:
    """The citizen says that the suggestion is right."""
    entry = _typing(walk)
    if entry is not None and entry.composer is not None and entry.suggestion and not entry.composer.text:
        walk.session.entry = replace(entry, composer=replace(entry.composer, text=entry.suggestion), suggestion="")
    return []


def name_before(form: Form, field: str) -> str:
    """Return the last name that is asked before the field, empty where there is none."""
    asked = form.field_ids[: form.field_ids.index(field)] if field in form.field_ids else ()
    return next((name for name in reversed(asked) if form.fields[name].kind is FieldKind.NAME), "")


def _typing(walk: Walk) -> EntryView | None:
    return walk.session.entry if walk.session.step is Step.ENTRY else None


def _offering(walk: Walk) -> EntryView | None:
    """Return the entry while its candidates are those of the kana that stand there."""
    entry = _typing(walk)
    if entry is None or entry.composer is None or entry.offer is None:
        return None
    return entry if entry.offer.reading == entry.composer.undecided else None
