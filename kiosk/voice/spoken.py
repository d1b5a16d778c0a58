"""What a scene says: its title, what to do, and what can be chosen; never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Answered
from kiosk.screens.describe import Item, describe, item_of
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import PasswordEntry
from kiosk.voice.prompts import Sentence, one_line, sentence_of, spoken_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget
    from kiosk.voice.prompts import Prompts

_TOLD: Final = frozenset(Role) - {Role.KEY, Role.PICTURE, Role.STEP}


@dataclass(frozen=True, slots=True)
class Speech:
    """What of a scene may be heard, in order; `withheld` counts those that need headphones."""

    said: tuple[Sentence, ...]
    withheld: int = 0

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences as they are written."""
        return tuple(sentence.written for sentence in self.said)


def speech(widgets: Sequence[Widget], texts: Texts, prompts: Prompts, *, private: bool) -> Speech:
    """Return what a scene says; `private` is with headphones, when nobody else hears it."""
    told = [widget for widget in widgets if not widget.secret and not isinstance(widget, PasswordEntry)]
    found = describe(told)
    wanted = [item for item in _read_on(found.items) if item.text and item.role in _TOLD]
    said: list[Sentence] = []
    withheld = 0
    for item in wanted:
        if private or _public(item, prompts):
            said += [_sentence(item), *_details(item, prompts, private=private), *_state(item, texts, private=private)]
        else:
            withheld += 1
    if any(widget.secret for widget in widgets) or found.keys:
        said.append(sentence_of(texts("voice.pad")))
    if withheld:
        said.append(sentence_of(texts("voice.private")))
    return Speech(tuple(said), withheld)


def _read_on(items: Sequence[Item]) -> Iterator[Item]:
    """Yield what a scene says in the order of reading: title and content first, then hints, and what frames it last."""
    start = next((at for at, item in enumerate(items) if item.role is Role.TITLE), 0)
    yield from items[start:]
    frame = items[:start]
    yield from (item for item in frame if item.role is not Role.STATE and item.role is not Role.BUTTON)
    yield from (item for item in frame if item.role is Role.BUTTON)
    yield from (item for item in frame if item.role is Role.STATE)


def focused(widget: Widget, texts: Texts, prompts: Prompts, *, private: bool) -> tuple[Sentence, ...]:
    """Return what is said when the physical keys reach a target: nothing for a key of a pad, which only sounds."""
    meaning = None if widget.secret else widget.meaning()
    if meaning is None:
        return ()
    item = item_of(meaning, widget.rect)
    if not private and not _public(item, prompts):
        return ()
    return _sentence(item), *_details(item, prompts, private=private), *_state(item, texts, private=private)


def problems(widgets: Sequence[Widget], prompts: Prompts, *, private: bool) -> tuple[Sentence, ...]:
    """Return what a scene says is wrong, each with the question it is about, as far as it may be heard."""
    items = [item for item in describe(widgets).items if item.text]
    told = [
        item
        for before, problem in pairwise(items)
        if problem.role is Role.PROBLEM
        for item in ((before, problem) if before.role is Role.PARAGRAPH else (problem,))
    ]
    return tuple(_sentence(item) for item in told if private or _public(item, prompts))


def _public(item: Item, prompts: Prompts) -> bool:
    return prompts.public(spoken_form(item.text), offered=item.role in {Role.CHECK, Role.CHOICE})


def _sentence(item: Item) -> Sentence:
    return Sentence(spoken_form(item.text), one_line(item.read or item.text))


def _details(item: Item, prompts: Prompts, *, private: bool) -> Iterator[Sentence]:
    """Say what stands below the words of a choice."""
    for detail in item.details:
        if private or prompts.public(spoken_form(detail)):
            yield sentence_of(detail)


def _state(item: Item, texts: Texts, *, private: bool) -> Iterator[Sentence]:
    """Say whether something is chosen, an answer only in private, and whether it can be pressed."""
    if item.on and item.role in {Role.CHECK, Role.CHOICE} and (private or not isinstance(item.press, Answered)):
        yield sentence_of(texts("voice.chosen"))
    if not item.enabled and item.role is Role.BUTTON:
        yield sentence_of(texts("voice.closed"))
