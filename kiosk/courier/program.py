"""The courier's main loop: wait for a ring, a turn or a command; deliver; stay alive."""

from __future__ import annotations

import selectors
import signal
import socket
from typing import TYPE_CHECKING

from kiosk.courier.control import Answer, Control
from kiosk.courier.delivery import Delivery
from kiosk.courier.fetching import Fetching
from kiosk.courier.nudge import Bell
from kiosk.courier.parcel import SpoolError, SpoolFailed
from kiosk.courier.renewal import Renewal
from kiosk.courier.word import was_asked

if TYPE_CHECKING:
    from types import FrameType

    from kiosk.application.receipt import ReceiptKey
    from kiosk.catalogue.keys import CatalogueKeys
    from kiosk.clock import Clock
    from kiosk.courier.settings import CourierSettings
    from kiosk.courier.spool import Spool
    from kiosk.journal import Journal
    from kiosk.notify import Notifier

LONGEST_SLEEP = 15.0  # seconds; a ring may get lost, a clock may be set
REST = 5.0  # seconds after the spool failed
TIDY = 300.0  # seconds


class Courier:
    """The program; `run` returns when it was told to stop."""

    def __init__(
        self,
        settings: CourierSettings,
        key: ReceiptKey,
        spool: Spool,
        clock: Clock,
        journal: Journal,
        notifier: Notifier,
        catalogue_keys: CatalogueKeys | None = None,
    ) -> None:
        self._settings = settings
        self._spool = spool
        self._clock = clock
        self._journal = journal
        self._notifier = notifier
        self._delivery = Delivery(settings, key, spool, clock, journal, self._go_on)
        self._fetching = None
        if settings.catalogue and catalogue_keys:
            self._fetching = Fetching(
                settings.catalogue, settings, catalogue_keys, key, clock, journal, self._nobody_waits
            )
        self._renewal = Renewal(settings, key, clock, journal, self._nobody_waits)
        self._bell: Bell | None = None
        self._stopping = False
        self._paused = False
        self._rest_until = 0.0
        self._tidy_at = 0.0

    def run(self) -> None:
        """Deliver until SIGTERM or SIGINT; raises OSError when the sockets cannot be made."""
        waker, sleeper = socket.socketpair()
        for end in (waker, sleeper):
            end.settimeout(0)
        before = signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        control = Control(self._settings.control, self._command) if self._settings.control else None
        try:
            with waker, sleeper, Bell(self._spool.path) as bell, selectors.DefaultSelector() as selector:
                selector.register(sleeper, selectors.EVENT_READ)
                selector.register(bell, selectors.EVENT_READ)
                if control:
                    selector.register(control, selectors.EVENT_READ)
                self._loop(selector, bell, control, sleeper)
        finally:
            signal.set_wakeup_fd(before)
            if control:
                control.close()

    def _loop(
        self, selector: selectors.BaseSelector, bell: Bell, control: Control | None, sleeper: socket.socket
    ) -> None:
        self._bell = bell
        self._journal.note("courier.started", waiting=self._spool.waiting())
        self._notifier.ready()
        while not self._stopping:
            self._notifier.alive()
            self._work()
            selector.select(self._sleep())
            bell.quiet()
            _drain(sleeper)
            if control:
                control.serve()
        self._notifier.stopping()
        self._journal.note("courier.stopped", waiting=self._spool.waiting())

    def _work(self) -> None:
        """Tidy up now and then, and make a round; a spool that fails is given a rest, not up."""
        ticks = self._clock.ticks()
        if ticks < self._rest_until:
            return
        try:
            if ticks >= self._tidy_at:
                self._tidy_at = ticks + TIDY
                self._spool.tidy(self._clock.now())
            if not self._paused:
                self._delivery.round()
                self._renewal.turn()
                if self._fetching:
                    self._fetching.hurry_if(asked=was_asked(self._settings.spool))
                    self._fetching.turn()
            self._notifier.status(f"{self._spool.waiting()} waiting")
        except SpoolError as error:
            self._rest_until = ticks + REST
            reason = error.reason if isinstance(error, SpoolFailed) else "full"
            self._journal.error("courier.spool-failed", reason=reason.replace(" ", "-"))

    def _sleep(self) -> float:
        """How long nothing needs to be done, in seconds."""
        longest = min(LONGEST_SLEEP, self._notifier.interval or LONGEST_SLEEP)
        rest = self._rest_until - self._clock.ticks()
        if rest > 0:
            return min(longest, rest)
        if self._paused:
            return longest
        try:
            turn = self._spool.next_turn()
        except SpoolError:
            return min(longest, REST)
        wait = (turn - self._clock.now()).total_seconds() if turn else longest
        return min(longest, max(0.0, wait), self._fetching.wait() if self._fetching else longest)

    def _go_on(self) -> bool:
        """Say whether the attempt may go on; asked while it runs, which is a sign of life: it has an end of its own."""
        self._notifier.alive()
        return not self._stopping

    def _nobody_waits(self) -> bool:
        """Say whether the catalogue may still be fetched: an application that was put meanwhile goes first."""
        return self._go_on() and not (self._bell and self._bell.rung())

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _command(self, command: str) -> Answer:
        if command not in {"pause", "resume", "state"}:
            return {"error": "pause, resume or state was expected"}
        if command != "state":
            self._paused = command == "pause"
        if command == "resume":
            self._spool.release(self._clock.now())
        return {"paused": self._paused, "waiting": self._spool.waiting()}


def _drain(sleeper: socket.socket) -> None:
    try:
        while sleeper.recv(64):
            pass
    except BlockingIOError:
        return
