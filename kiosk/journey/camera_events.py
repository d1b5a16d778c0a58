"""What can happen while papers are photographed: touches, and what the camera sees.

`round` counts how often the camera was opened: what comes of an earlier opening means nothing any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.journey.events import Event

if TYPE_CHECKING:
    from kiosk.application.photograph import Photograph
    from kiosk.application.picture import Picture


class CameraFailure(StrEnum):
    """Why no photograph came."""

    ABSENT = "absent"  # this kiosk has no camera
    FAULT = "fault"  # missing, busy or unplugged
    SILENT = "silent"  # it was switched on and gives nothing
    TOO_LARGE = "too-large"  # more in the picture than a file of its size can hold


@dataclass(frozen=True, slots=True)
class PhotographAsked(Event):
    """One more page of a paper is to be photographed."""

    field: str


@dataclass(frozen=True, slots=True)
class PhotographOpened(Event):
    """An accepted photograph is to be seen again, by its place among those of the field."""

    field: str
    at: int


@dataclass(frozen=True, slots=True)
class PhotographRemoved(Event):
    """An accepted photograph is to be taken away."""

    field: str
    at: int


@dataclass(frozen=True, slots=True)
class PhotographEnlarged(Event):
    """A part of the photograph is to be seen large, counted from its top; None shows it whole again."""

    part: int | None


@dataclass(frozen=True, slots=True)
class ShutterPressed(Event):
    """The picture that the camera sees now is to be taken."""


@dataclass(frozen=True, slots=True)
class NumberDenied(Event):
    """The citizen says that no individual number (個人番号) is in the picture, or takes it back."""


@dataclass(frozen=True, slots=True, repr=False)
class FrameSeen(Event):
    """What the camera sees, small."""

    round: int
    picture: Picture


@dataclass(frozen=True, slots=True, repr=False)
class PhotographTaken(Event):
    """The picture that was asked for."""

    round: int
    photograph: Photograph


@dataclass(frozen=True, slots=True)
class CameraLost(Event):
    """No picture will come."""

    round: int
    failure: CameraFailure
