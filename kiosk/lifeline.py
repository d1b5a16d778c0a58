"""The watchdog's food: given by the main loop only, for a picture on the screen and a card worker that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.clock import Clock
    from kiosk.journal import Journal
    from kiosk.notify import Notifier

STALE = 4.0  # seconds without a sign of life of an idle card worker
BUSY_STALE = 60.0  # an errand has its own, shorter limit; this one catches a worker that hangs outside it
OFTEN = 1.0  # seconds between two signs of life


class Beating(Protocol):
    """A worker that says when it was last alive."""

    beat: float
    busy: bool


class Lifeline:
    """Tells systemd that the kiosk lives, and has the card service replaced when the card worker falls silent."""

    def __init__(
        self,
        notifier: Notifier,
        clock: Clock,
        journal: Journal,
        card: Beating,
        standing: Callable[[], bool],
        replace_service: Callable[[], None],
    ) -> None:
        """`standing` looks whether the last frame that was drawn is still what the screen shows."""
        self._notifier = notifier
        self._clock = clock
        self._journal = journal
        self._card = card
        self._standing = standing
        self._replace_service = replace_service
        self._next = 0.0
        self._replaced = False
        self._lost = False

    def turn(self) -> bool:
        """Feed the watchdog when all is well; False when the screen has to be drawn anew.

        A card worker falls silent where pcscd hangs: a call into it cannot be cancelled, but ends when pcscd does.
        Should that not help, nothing is fed any more, and systemd replaces the kiosk as well.
        """
        now = self._clock.ticks()
        if now < self._next:
            return True
        alive = self._card_answers(now)
        if not self._standing():
            if not self._lost:
                self._journal.error("frame-lost")
            self._lost = True
            return False
        self._lost = False
        if alive:
            self._next = now + min(self._notifier.interval or OFTEN, OFTEN)
            self._notifier.alive()
        return True

    def _card_answers(self, now: float) -> bool:
        if now - self._card.beat < (BUSY_STALE if self._card.busy else STALE):
            self._replaced = False
            return True
        if not self._replaced:
            self._replaced = True
            self._journal.error("card-silent", busy=self._card.busy)
            self._replace_service()
        return False
