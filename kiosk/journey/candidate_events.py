"""What can happen while kana become kanji: touches of the candidate bar, and the converter's answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.journey.events import Event

if TYPE_CHECKING:
    from kiosk.text_input.candidates import Candidate


@dataclass(frozen=True, slots=True)
class CandidateChosen(Event):
    """A candidate of the bar, by its place among all candidates."""

    id: int


@dataclass(frozen=True, slots=True)
class CandidatesTurned(Event):
    """Other candidates are wanted, from this one on."""

    first: int


@dataclass(frozen=True, slots=True)
class VariantsAsked(Event):
    """Words that differ in a stroke are to be shown large, or (False) the keys again."""

    wanted: bool = True


@dataclass(frozen=True, slots=True)
class ReadingTaken(Event):
    """The reading that was suggested is right."""


@dataclass(frozen=True, slots=True, repr=False)
class CandidatesReady(Event):
    """What the kana can be written as; `listed` by the kiosk's own list, because mozc does not answer."""

    reading: str
    candidates: tuple[Candidate, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ReadingReady(Event):
    """How the name is probably read, for the field that asked."""

    field: str
    reading: str
