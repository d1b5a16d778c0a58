"""A time limit over a whole attempt: an answer that drips one byte at a time outlasts every socket's own limit."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

BEAT = 0.5  # seconds


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
