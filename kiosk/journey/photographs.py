"""Photographing papers: the camera is opened, a picture taken, looked at, accepted, seen again and taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.application.document import Origin
from kiosk.forms.legible import MOST_PIXELS
from kiosk.forms.model import FieldKind
from kiosk.journey.camera_events import CameraFailure
from kiosk.journey.commands import AskFrame, Command, Play, Record, Sound, TakePhotograph
from kiosk.journey.deadlines import CAMERA_SILENCE
from kiosk.journey.map import Outcome, Step
from kiosk.journey.photographing import PARTS, Photographing
from kiosk.journey.typing import keep, may_answer

if TYPE_CHECKING:
    from kiosk.forms.model import Field
    from kiosk.journey.camera_events import (
        CameraLost,
        FrameSeen,
        NumberDenied,
        PhotographAsked,
        PhotographEnlarged,
        PhotographOpened,
        PhotographRemoved,
        PhotographTaken,
        ShutterPressed,
    )
    from kiosk.journey.session import Session
    from kiosk.journey.walk import Walk


def photograph_asked(walk: Walk, event: PhotographAsked) -> list[Command]:
    """Open the camera for one more page, while there may be more."""
    field = _asked(walk, event.field)
    if field is None or len(taken_for(walk.session, field.id)) >= (field.maximum or 1):
        return []
    walk.session.photographing = Photographing(field.id)
    return walk.go(Outcome.PHOTOGRAPH)


def photograph_opened(walk: Walk, event: PhotographOpened) -> list[Command]:
    """Show an accepted photograph again."""
    field = _asked(walk, event.field)
    digests = taken_for(walk.session, event.field)
    if field is None or not 0 <= event.at < len(digests):
        return []
    shot = walk.session.photographs[digests[event.at]]
    walk.session.photographing = Photographing(field.id, event.at, shot=shot, kept=True)
    return walk.go(Outcome.LOOK)


def photograph_removed(walk: Walk, event: PhotographRemoved) -> list[Command]:
    """Take an accepted photograph away."""
    field = _asked(walk, event.field)
    digests = list(taken_for(walk.session, event.field))
    if field is not None and 0 <= event.at < len(digests):
        del digests[event.at]
        _keep(walk, field.id, digests)
    return []


def _asked(walk: Walk, name: str) -> Field | None:
    """Return the photographed field of the page that can be answered now."""
    session = walk.session
    if session.step is not Step.FORM_PAGE or session.form is None or not may_answer(walk, name):
        return None
    field = session.form.field(name)
    return field if field.kind is FieldKind.CAMERA else None


def taken_for(session: Session, field: str) -> tuple[str, ...]:
    """Return the digests of the photographs that were accepted for a field, in order."""
    given = session.answers.get(field)
    return tuple(str(digest) for digest in given) if isinstance(given, list | tuple) else ()


def _keep(walk: Walk, field: str, digests: list[str]) -> None:
    """Store the answer, and drop every photograph that no answer names any more."""
    session = walk.session
    keep(walk, field, digests)
    if digests:
        session.origins[field] = Origin.PHOTOGRAPHED
    named = {digest for name in _photographed(session) for digest in taken_for(session, name)}
    for digest in session.photographs.keys() - named:
        del session.photographs[digest]


def _photographed(session: Session) -> list[str]:
    fields = session.form.fields if session.form else {}
    return [name for name, field in fields.items() if field.kind is FieldKind.CAMERA]


# ---- at the camera ----------------------------------------------------------------------------------------------


def _round(walk: Walk, number: int) -> Photographing | None:
    """Return what is being photographed, when the camera's word is of the opening that still counts."""
    is_now = walk.session.step is Step.CAMERA and number == walk.camera_round
    return walk.session.photographing if is_now else None


def frame_seen(walk: Walk, event: FrameSeen) -> list[Command]:
    """Show what the camera sees and ask for more: never more than one picture is on its way."""
    now = _round(walk, event.round)
    if now is None:
        return []
    walk.camera_heard = walk.now
    if now.taking:
        return []
    walk.session.photographing = replace(now, frame=event.picture)
    return [AskFrame(event.round)]


def shutter_pressed(walk: Walk, _event: ShutterPressed) -> list[Command]:
    """Take the picture, once, and not before something is seen."""
    session, now = walk.session, walk.session.photographing
    if session.step is not Step.CAMERA or now is None or now.frame is None or now.taking or session.form is None:
        return []
    session.photographing = replace(now, taking=True)
    walk.camera_heard = walk.now
    return [TakePhotograph(walk.camera_round, session.form.field(now.field).max_pixels or MOST_PIXELS)]


def photograph_taken(walk: Walk, event: PhotographTaken) -> list[Command]:
    """Show what was taken."""
    now = _round(walk, event.round)
    if now is None:
        return []
    walk.session.photographing = replace(now, frame=None, taking=False, shot=event.photograph)
    return [Play(Sound.DONE), *walk.go(Outcome.DONE)]


def camera_lost(walk: Walk, event: CameraLost) -> list[Command]:
    """Say that the camera cannot be used, and what can be done without it."""
    now = _round(walk, event.round)
    if now is None:
        return []
    walk.session.photographing = replace(now, frame=None, taking=False, failure=event.failure)
    return [Record("camera", Step.CAMERA, event.failure), *walk.go(Outcome.NO_CAMERA)]


def watch_camera(walk: Walk) -> list[Command]:
    """Give a camera up that says nothing any more."""
    now = walk.session.photographing
    if now is None or walk.now - walk.camera_heard <= CAMERA_SILENCE:
        return []
    walk.session.photographing = replace(now, frame=None, taking=False, failure=CameraFailure.SILENT)
    return [Record("camera", Step.CAMERA, CameraFailure.SILENT), *walk.go(Outcome.NO_CAMERA)]


# ---- at the photograph ------------------------------------------------------------------------------------------


def number_denied(walk: Walk, _event: NumberDenied) -> list[Command]:
    """Note that the citizen sees no individual number in the picture, or no longer."""
    now = walk.session.photographing
    if walk.session.step is Step.PHOTOGRAPH and now is not None and not now.kept:
        walk.session.photographing = replace(now, denied=not now.denied)
    return []


def photograph_enlarged(walk: Walk, event: PhotographEnlarged) -> list[Command]:
    """Show a part of the photograph large, or the whole again."""
    now = walk.session.photographing
    if walk.session.step is Step.PHOTOGRAPH and now is not None:
        part = None if event.part is None else max(0, min(PARTS - 1, event.part))
        walk.session.photographing = replace(now, part=part)
    return []


def accept(walk: Walk) -> list[Command]:
    """Use the photograph; the same one twice is the same as once."""
    session, now = walk.session, walk.session.photographing
    if now is None or now.shot is None or now.kept or not now.denied:
        return []
    digests, new = list(taken_for(session, now.field)), now.shot.sha256
    at = len(digests) if now.at is None else now.at
    others = [digest for place, digest in enumerate(digests) if place != at]
    if new not in others:
        session.photographs[new] = now.shot
        digests[at : at + 1] = [new]
    _keep(walk, now.field, digests)
    return walk.go(Outcome.NEXT)


def take_again(walk: Walk) -> list[Command]:
    """Photograph the page anew; what was accepted before stays until something else is."""
    now = walk.session.photographing
    if now is None:
        return []
    walk.session.photographing = Photographing(now.field, now.at)
    return walk.go(Outcome.RETRY)
