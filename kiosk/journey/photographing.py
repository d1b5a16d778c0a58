"""What is known while one page of a paper is photographed or seen again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.application.photograph import Photograph
    from kiosk.application.picture import Picture
    from kiosk.journey.camera_events import CameraFailure


PARTS: Final = 4  # a photograph is enlarged in so many parts, from its top to its foot


@dataclass(frozen=True, slots=True, repr=False)
class Photographing:
    """One page: `at` is its place among those of the field, None for one more.

    `frame` is what the camera sees now, `shot` what was taken; `kept` that it was accepted before and is only seen
    again; `denied` that no individual number is in it, as the citizen says; `part` is the enlarged one of PARTS.
    """

    field: str
    at: int | None = None
    frame: Picture | None = None
    taking: bool = False
    shot: Photograph | None = None
    kept: bool = False
    denied: bool = False
    part: int | None = None
    failure: CameraFailure | None = None
