"""Photographing a paper: waiting for the camera, seeing, checking, accepted, and without a camera."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PIL import ImageOps

from kiosk.application.photograph import Photograph, developed, looked_at
from kiosk.demo.paper import seen
from kiosk.forms.legible import LEAST_PIXELS
from kiosk.journey.camera_events import (
    CameraFailure,
    CameraLost,
    FrameSeen,
    NumberDenied,
    PhotographAsked,
    PhotographEnlarged,
    PhotographOpened,
    PhotographTaken,
    ShutterPressed,
)
from kiosk.journey.events import (
    AnswerChangeAsked,
    Answered,
    FormChosen,
    HolderRead,
    Pressed,
)
from kiosk.journey.map import Outcome
from tests.gallery.playing import State, holder, typed
from tests.gallery.states_form import KANA, READING

if TYPE_CHECKING:
    from kiosk.application.picture import Picture
    from kiosk.journey.events import Event

    Events = tuple[Event, ...]

NEXT: Final = Pressed(Outcome.NEXT)
PAPER: Final = PhotographAsked("proof")
DONE: Final = Pressed(Outcome.DONE)


@cache
def frame() -> Picture:
    """Return what the camera sees, small."""
    image = seen()
    image.thumbnail((640, 480))
    return looked_at(image.tobytes(), image.size, turned=0)


@cache
def photograph(page: int = 1) -> Photograph:
    """Return the paper as it is photographed; the second page is its mirror image."""
    image = seen() if page == 1 else ImageOps.mirror(seen())
    return developed(image.tobytes(), image.size, turned=0, pixels=LEAST_PIXELS)


def to_requester() -> Events:
    """Return everything up to the page that asks for the relation."""
    opened = tuple(FormChosen("fuhyo") if event == FormChosen("juminhyo") else event for event in READING)
    named = (*opened, HolderRead(holder("hanako")), *KANA, NEXT, NEXT)
    return (*named, *typed("domicile", "さいたまけん"), *typed("head", "つるがしま　たろう"), NEXT)


def camera_states() -> dict[str, State]:
    """Return name → state; a name begins with the step."""
    asked = (*to_requester(), Answered("relationship", "descendant"))
    waiting = (*asked, PAPER)
    sees = (*waiting, FrameSeen(1, frame()))
    taken = (*sees, ShutterPressed(), PhotographTaken(1, photograph()))
    ticked = (*taken, NumberDenied())
    one = (*ticked, NEXT)
    second = (PAPER, FrameSeen(2, frame()), ShutterPressed(), PhotographTaken(2, photograph(2)), NumberDenied(), NEXT)
    contact = (*typed("phone", "0490001234"), NEXT, Answered("purpose", "inherit"), NEXT)
    rest = (NEXT, Answered("scope", "all"), Answered("show_domicile", "omit"), NEXT, *contact)
    reviewed = (*one, *second, *rest)
    found: dict[str, Events] = {
        "form-page.requester.paper": asked,
        "form-page.requester.photographed": one,
        "form-page.requester.both": (*one, *second),
        "camera.waiting": waiting,
        "camera": sees,
        "camera.taking": (*sees, ShutterPressed()),
        "photograph": taken,
        "photograph.ticked": ticked,
        "photograph.enlarged": (*taken, PhotographEnlarged(0)),
        "photograph.enlarged-last": (*taken, PhotographEnlarged(3)),
        "photograph.kept": (*one, PhotographOpened("proof", 0)),
        "no-camera": (*waiting, CameraLost(1, CameraFailure.FAULT)),
        "no-camera.absent": (*waiting, CameraLost(1, CameraFailure.ABSENT)),
        "no-camera.large": (*sees, ShutterPressed(), CameraLost(1, CameraFailure.TOO_LARGE)),
        "review.photographed": (*reviewed, NEXT),
        "form-page.requester.from-review": (*reviewed, NEXT, AnswerChangeAsked("proof")),
    }
    return {name: State(events) for name, events in found.items()}
