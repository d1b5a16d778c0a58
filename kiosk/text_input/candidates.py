"""Candidates: what a reading can be written as."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.text_input.kana import to_katakana

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 60  # candidates offered for one reading: ten pages of the bar
FIRST = 4  # of them before the kana, with which they fill the first page
LONGEST = 32  # kana that are converted at once; what follows them waits for its turn
# Letters without case, digits, and the selectors of their variants: names and addresses, no pictures and no signs.
_WRITTEN = frozenset({"Lo", "Lm", "Nd", "Nl", "Mn"})
_SIGNS = frozenset("・ー−－")


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """A way to write the first `reads` kana of a reading."""

    text: str
    reads: int


class Converter(Protocol):
    """Finds candidates; keeps nothing between two calls, and after `forget` nothing at all."""

    def convert(self, reading: str) -> tuple[Candidate, ...]:
        """Return what the kana can be written as, the likeliest first."""
        ...

    def reading_of(self, text: str) -> str:
        """Return how a name is probably read, in hiragana; empty when that cannot be told."""
        ...

    def forget(self) -> None:
        """Forget everything about the visit."""
        ...


def offered(found: Iterable[Candidate], reading: str) -> tuple[Candidate, ...]:
    """Return the candidates without doubles, and always the kana as they are and as katakana, on the first page."""
    kana = {text: Candidate(text, len(reading)) for text in (to_katakana(reading), reading)}
    unique: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.text not in kana and _written(candidate.text):
            unique.setdefault(candidate.text, candidate)
    best = tuple(unique.values())[: MOST - len(kana)]
    return (*best[:FIRST], *kana.values(), *best[FIRST:])


def _written(text: str) -> bool:
    return bool(text) and all(char in _SIGNS or unicodedata.category(char) in _WRITTEN for char in text)
