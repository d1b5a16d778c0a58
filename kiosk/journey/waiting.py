"""The passing of time: warnings, the end of a visit that nobody continues, devices that do not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.answers import hold
from kiosk.journey.commands import Command, Play, Record, Sound
from kiosk.journey.deadlines import CALL_OUT_AT, CHOICES_KEPT, DEADLINES, DEVICE_LIMITS, AtEnd
from kiosk.journey.events import Overlay
from kiosk.journey.map import Outcome, Step
from kiosk.journey.photographs import watch_camera
from kiosk.journey.staff import carry_out, dim

if TYPE_CHECKING:
    from kiosk.journey.events import KeypadUsed, TimePassed
    from kiosk.journey.session import Session
    from kiosk.journey.walk import Walk


def time_passed(walk: Walk, event: TimePassed) -> list[Command]:
    """Look at the clock; only differences of ticks matter."""
    if walk.now == 0.0:
        walk.touched = walk.entered = event.ticks
    walk.now = max(walk.now, event.ticks)
    walk.today = event.today or walk.today
    if staff_wish := carry_out(walk):
        return staff_wish
    if dimming := dim(walk):
        return dimming
    limit = DEVICE_LIMITS.get(walk.session.step)
    if limit is not None:
        return _end_of_device(walk) if walk.now - walk.entered > limit else []
    if walk.session.step is Step.TAKE_CARD:
        return _call_out(walk)
    given_up = watch_camera(walk) if walk.session.step is Step.CAMERA else []
    return given_up or _watch_citizen(walk)


def keypad_used(walk: Walk, _event: KeypadUsed) -> list[Command]:
    """Wait on while the focus moves; the warning stays until it is answered, but counts anew."""
    walk.session.by_keys = True
    warn = DEADLINES[walk.session.step].warn
    if walk.session.overlay is Overlay.IDLE and warn is not None:
        walk.touched = walk.now - warn * _factor(walk)
    return []


def _end_of_device(walk: Walk) -> list[Command]:
    """End the program, unless only the city's answer is missing: then it is safe, and the citizen is told so."""
    if walk.session.step is Step.HAND_OVER and walk.session.receipt is not None:
        return hold(walk)
    return walk.give_up()


def idle_left(walk: Walk) -> int | None:
    """Return the seconds that the idle warning still counts, None while there is none."""
    patience = DEADLINES[walk.session.step]
    if walk.session.overlay is not Overlay.IDLE or patience.warn is None:
        return None
    return max(0, round((patience.warn + patience.count) * _factor(walk) - _idle(walk)))


def _watch_citizen(walk: Walk) -> list[Command]:
    patience = DEADLINES[walk.session.step]
    if patience.at_end is AtEnd.STAY:
        return _forget_choices(walk) if walk.session.step is Step.ATTRACT else []
    warn = 0.0 if patience.warn is None else patience.warn
    idle, factor = _idle(walk), _factor(walk)
    if idle >= (warn + patience.count) * factor:
        return _end(walk)
    if patience.warn is not None and idle >= warn * factor and walk.session.overlay is not Overlay.IDLE:
        walk.session.overlay = Overlay.IDLE
        return [Play(Sound.STILL_THERE), Record("idle-warning", walk.session.step)]
    return []


def _end(walk: Walk) -> list[Command]:
    step = walk.session.step
    if step is Step.FAREWELL:
        return walk.go(Outcome.HOME)
    return [Record("idle-end", step), *walk.leave()]


def _forget_choices(walk: Walk) -> list[Command]:
    """Language, size and colours that somebody chose on the first scene and then walked away from."""
    fresh = walk.fresh()
    if _idle(walk) < CHOICES_KEPT * _factor(walk) or _choices(walk.session) == _choices(fresh):
        return []
    walk.session = fresh
    return [Record("choices-forgotten", Step.ATTRACT)]


def _choices(session: Session) -> tuple[object, ...]:
    looks = session.language, session.theme, session.text_size, session.lower, session.calm
    return *looks, session.voice, session.pace, session.volume, session.overlay


def _call_out(walk: Walk) -> list[Command]:
    """Call out the forgotten card: at once, after 10 and 20 seconds, then each ten seconds."""
    waited = walk.now - walk.entered
    due = sum(1 for moment in CALL_OUT_AT if moment <= waited)
    due += int(max(0.0, waited - CALL_OUT_AT[-1]) // 10)
    if due <= max(1, walk.called_out):
        return []
    walk.called_out = due
    return [Play(Sound.TAKE_CARD), Record("card-left", Step.TAKE_CARD)]


def _idle(walk: Walk) -> float:
    return walk.now - walk.touched


def _factor(walk: Walk) -> float:
    return walk.rules.patience * walk.session.time_factor
