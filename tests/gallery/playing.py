"""Telling a real journey what happens: where the kiosk stands, whose card it is, and how words are typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from drivers.card.holder import Holder, Sex
from drivers.virtual.personas import load_personas
from kiosk.forms.loader import load_forms
from kiosk.journey.commands import PreparePage
from kiosk.journey.events import (
    CharacterTyped,
    EntryKey,
    Event,
    FieldOpened,
    KeyTyped,
    LanguageChosen,
    LowerHalfChosen,
    PageReady,
    Pressed,
    TextSizeChosen,
    ThemeChosen,
    TimePassed,
)
from kiosk.journey.journey import Journey
from kiosk.journey.map import Outcome
from kiosk.journey.place import Place
from kiosk.journey.walk import Rules
from tests.gallery.papers import NOW, ROOT, configuration, prepared, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.forms.model import Form
    from kiosk.journey.view import View

START = 1000.0


class PageDrawn(Event):
    """The page that was asked for last is ready: turned into PageReady with the real page."""


@dataclass(frozen=True)
class State:
    """One look of a step: what has happened, at what kind of kiosk; `then` changes what no event brings about."""

    events: tuple[Event, ...]
    demo: bool = False
    banner: str = ""
    pin_length: int = 4
    in_large: tuple[Event, ...] = ()  # what happens after one question at a time was asked for; there is no other look
    then: Callable[[View], View] = field(default=lambda view: view)


@cache
def forms() -> tuple[Form, ...]:
    return load_forms(ROOT / "config/forms", spoken())


def place(state: State) -> Place:
    """Return where the kiosk of the shipped configuration stands."""
    city, kiosk = configuration()["city"], configuration()["kiosk"]
    named = (city[key] for key in ("name", "seal", "service", "receiver", "counter", "pick_up", "hours"))
    return Place(*named, kiosk["name"], demo=state.demo, banner=state.banner)


def rules(state: State, *, small: bool = False) -> Rules:
    """Return the rules of the shipped configuration, with the places in the citizens' other languages."""
    where, translations = place(state), {}
    for language, words in configuration()["city"]["translations"].items():
        said = {"city" if key == "name" else key: word for key, word in words.items()}
        translations[language] = replace(where, **said)
    checklist = tuple(configuration()["journey"]["checklist"])
    found = Rules(where, forms(), checklist, spoken(), translations=translations, speaks=True)
    return replace(found, pin_length=state.pin_length, small=small)


def holder(persona: str) -> Holder:
    """Return what the card of an invented person says."""
    person = load_personas()[persona].person
    assert person is not None
    return Holder(person.name, person.address, person.birth, Sex(person.sex))


def played(
    state: State, language: str, text_size: float = 1.0, theme: str = "light", *, lower: bool = False,
    small: bool = False,
) -> View:  # fmt: skip
    """Return what is seen after everything has happened."""
    journey = Journey(rules(state, small=small))
    asked = None
    first = (TimePassed(START, NOW.date()), LanguageChosen(language))
    # Whoever wants larger words or the lower half asks for them where they are; from then on the form asks one
    # question at a time.
    larger = (TextSizeChosen(text_size),) if text_size != 1.0 else ()
    lowered = (LowerHalfChosen(wanted=True),) if lower else ()
    eased = (*larger, *lowered, *state.in_large) if larger or lowered else ()
    for event in (*first, ThemeChosen(theme), *state.events, *eased):
        if isinstance(event, PageDrawn):
            assert asked is not None, "no page was asked for"
            told: Event = PageReady(prepared(asked, place(state)))
        else:
            told = event
        for command in journey.handle(told):
            if isinstance(command, PreparePage):
                asked = command.draft
    return state.then(journey.view())


# ---- words of the scripts -------------------------------------------------------------------------------------

DONE = Pressed(Outcome.DONE)
_SMALL = str.maketrans("っゃゅょァッャュョ", "つやゆよアツヤユヨ")
_MARKS = {"\u3099": 1, "\u309a": 2}  # ゛ comes at the first press, ゜ at the second


def keys(text: str) -> tuple[Event, ...]:
    """Return the keys that type a text: か and ゛ for が, つ and 小 for っ, the long key for a space."""
    pressed: list[Event] = []
    for sign in text:
        if sign in " \u3000":
            pressed.append(KeyTyped(EntryKey.SPACE))
            continue
        large = sign.translate(_SMALL)
        base, *marks = unicodedata.normalize("NFD", large)
        pressed.append(CharacterTyped(base))
        pressed += [KeyTyped(EntryKey.VOICE)] * sum(_MARKS[mark] for mark in marks)
        if large != sign:
            pressed.append(KeyTyped(EntryKey.SMALL))
    return tuple(pressed)


def typed(name: str, text: str, *before: Event) -> tuple[Event, ...]:
    """Return opening a field, pressing keys, typing a text and leaving the keyboard."""
    return (FieldOpened(name), *before, *keys(text), DONE)
