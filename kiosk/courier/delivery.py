"""One round of deliveries: what is due goes to the city, and the spool learns what became of it."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.courier.client import CityClient
from kiosk.courier.limit import attempted
from kiosk.courier.parcel import ParcelDamaged, SpoolFull
from kiosk.courier.policy import Accepted, Backoff, Later, Outcome, Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.application.receipt import ReceiptKey
    from kiosk.clock import Clock
    from kiosk.courier.parcel import Due
    from kiosk.courier.settings import CourierSettings
    from kiosk.courier.spool import Spool
    from kiosk.journal import Journal

ROUND = 16  # applications on one connection
SLOWEST = 8192  # bytes a second: a line slower than this is taken for dead


class Delivery:
    """Carries what is due; `go_on` is asked while an attempt runs and ends it by False."""

    def __init__(
        self,
        settings: CourierSettings,
        key: ReceiptKey,
        spool: Spool,
        clock: Clock,
        journal: Journal,
        go_on: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._key = key
        self._spool = spool
        self._clock = clock
        self._journal = journal
        self._go_on = go_on
        self._backoff = Backoff(settings.first_wait, settings.longest_wait)
        self._chance = random.SystemRandom()

    def round(self) -> None:
        """Try everything that is due, up to one connection's worth; stops at the first trouble with the city itself."""
        due = self._spool.due(self._clock.now(), ROUND)
        if not due:
            return
        with CityClient(self._settings, self._key, self._clock) as client:
            for label in due:
                if not (self._go_on() and self._carry(client, label)):
                    break
        self._spool.sweep()

    def _carry(self, client: CityClient, label: Due) -> bool:
        """Make one attempt; False when the city does not answer anyone now."""
        try:
            sealed = self._spool.sealed(label.transaction_id)
        except ParcelDamaged:
            self._spool.damaged(label.row, self._clock.now())
            self._journal.error("courier.damaged", row=label.row)  # nothing of the label can be believed
            return True
        planned = self._backoff.wait(label.attempts + 1, self._chance.random())
        with contextlib.suppress(SpoolFull):  # delivering is what heals a full disk
            self._spool.begun(label.transaction_id, self._clock.now() + timedelta(seconds=planned))
        return self._settle(label, self._attempt(client, label, sealed), planned)

    def _attempt(self, client: CityClient, label: Due, sealed: bytes) -> Outcome:
        patience = self._settings.connect_timeout + self._settings.answer_timeout + len(sealed) / SLOWEST
        return attempted(lambda: client.deliver(label, sealed), patience, self._clock, self._go_on)

    def _settle(self, label: Due, outcome: Outcome, planned: float) -> bool:
        """Let the spool know; False when the city does not answer anyone now."""
        now = self._clock.now()
        attempts = label.attempts + 1
        match outcome:
            case Accepted(answer):
                self._spool.answered(label.transaction_id, answer, now)
                self._spool.release(now)
                self._journal.note("courier.delivered", number=label.holding_number, attempts=attempts)
            case Refused(code):
                self._spool.refused(label.transaction_id, code, now)
                self._journal.warn("courier.refused", number=label.holding_number, code=code)
            case Later(reason):
                wait = self._backoff.after(outcome, planned)
                self._spool.failed(label.transaction_id, now + timedelta(seconds=wait), reason)
                if outcome.city_wide:
                    self._spool.hold(now + timedelta(seconds=wait))
                self._journal.warn("courier.later", reason=reason, attempts=attempts, wait=round(wait, 1))
                return not outcome.city_wide and reason is not Reason.STOPPED
        return True
