"""What the citizen wishes of the voice; a file of its own because `events` is at its measure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journey.events import Event


@dataclass(frozen=True, slots=True)
class VoiceChosen(Event):
    """The screen is to be read aloud, or no longer."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class PaceChosen(Event):
    """The voice is to read faster or slower: a level from 1 to LEVELS."""

    level: int


@dataclass(frozen=True, slots=True)
class VolumeChosen(Event):
    """The voice is to be louder or softer: a level from 1 to LEVELS."""

    level: int
