"""What a scene says: its title, what to do, and what can be chosen; never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Answered
from kiosk.screens.describe import Item, describe
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import PasswordEntry
from kiosk.voice.prompts import spoken_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget
    from kiosk.voice.prompts import Prompts

_FIRST: Final = (Role.TITLE, Role.PROBLEM, Role.NOTICE, Role.PARAGRAPH, Role.STATE)
_THEN: Final = (Role.ENTRY, Role.CHECK, Role.CHOICE, Role.BUTTON)


@dataclass(frozen=True, slots=True)
class Speech:
    """The sentences of a scene that may be heard, in order; `withheld` counts those that need headphones."""

    sentences: tuple[str, ...]
    withheld: int = 0


def speech(widgets: Sequence[Widget], texts: Texts, prompts: Prompts, *, private: bool) -> Speech:
    """Return what a scene says; `private` is with headphones, when nobody else hears it."""
    told = [widget for widget in widgets if not widget.secret and not isinstance(widget, PasswordEntry)]
    found = describe(told)
    wanted = [item for role in (*_FIRST, *_THEN) for item in found.of(role) if item.text]
    said: list[str] = []
    withheld = 0
    for item in wanted:
        sentence = spoken_form(item.text)
        offered = item.role in {Role.CHECK, Role.CHOICE}
        if private or prompts.public(sentence, offered=offered):
            said += [sentence, *_state(item, texts, private=private)]
        else:
            withheld += 1
    if any(widget.secret for widget in widgets) or found.keys:
        said.append(spoken_form(texts("voice.pad")))
    if withheld:
        said.append(spoken_form(texts("voice.private")))
    return Speech(tuple(said), withheld)


def focused(widget: Widget, texts: Texts, prompts: Prompts, *, private: bool) -> tuple[str, ...]:
    """Return what is said when the physical keys reach a target: nothing for a key of a pad, which only sounds."""
    meaning = None if widget.secret else widget.meaning()
    if meaning is None:
        return ()
    item = Item(meaning.role, meaning.text, widget.rect, meaning.enabled, meaning.press, meaning.on)
    sentence, offered = spoken_form(item.text), item.role in {Role.CHECK, Role.CHOICE}
    if not private and not prompts.public(sentence, offered=offered):
        return ()
    return sentence, *_state(item, texts, private=private)


def _state(item: Item, texts: Texts, *, private: bool) -> Iterator[str]:
    """Say whether something is chosen, an answer only in private, and whether it can be pressed."""
    if item.on and item.role in {Role.CHECK, Role.CHOICE} and (private or not isinstance(item.press, Answered)):
        yield spoken_form(texts("voice.chosen"))
    if not item.enabled and item.role is Role.BUTTON:
        yield spoken_form(texts("voice.closed"))
