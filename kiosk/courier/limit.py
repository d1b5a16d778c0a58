"""A time limit over a whole attempt: an answer that drips one byte at a time outlasts every socket's own limit."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from kiosk.courier.policy import Later, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from kiosk.clock import Clock

BEAT = 0.5  # seconds
T = TypeVar("T")


class Overrun(Exception):
    """The attempt was ended from outside."""


@contextmanager
def limited(go_on: Callable[[], bool]) -> Iterator[None]:
    """Ask `go_on` twice a second while the block runs and raise Overrun in it as soon as the answer is no.

    Uses SIGALRM, so only in the main thread. `go_on` may give the sign of life: it is asked only while an attempt
    runs, and every attempt ends.
    """
    running = True

    def beat(_number: int, _frame: FrameType | None) -> None:
        if running and not go_on():
            raise Overrun

    previous = signal.signal(signal.SIGALRM, beat)
    signal.setitimer(signal.ITIMER_REAL, BEAT, BEAT)
    try:
        try:
            yield
        finally:
            running = False
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # a beat may have struck inside the inner one
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def attempted(attempt: Callable[[], T], seconds: float, clock: Clock, go_on: Callable[[], bool]) -> T | Later:
    """Return what an attempt brings; Later where it takes longer than `seconds`, or `go_on` says no meanwhile."""
    end = clock.ticks() + seconds
    try:
        with limited(lambda: clock.ticks() < end and go_on()):
            return attempt()
    except Overrun:
        return Later(Reason.TOO_SLOW if clock.ticks() >= end else Reason.STOPPED)
