"""Keeping the kiosk's certificate good: in the last third of its time the city is asked for the next one."""

from __future__ import annotations

import errno
import json
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kiosk.courier.client import CityClient
from kiosk.courier.identity import FAULTY, Identity, dates
from kiosk.courier.limit import attempted
from kiosk.courier.policy import CITY_WIDE, Later, Reason, Refused, Reply, judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.application.receipt import ReceiptKey
    from kiosk.clock import Clock
    from kiosk.courier.settings import CourierSettings
    from kiosk.journal import Journal

HOUR: Final = 3600.0  # seconds between two looks, and between two questions: a third of a year is long
DAY: Final = 24 * HOUR  # where people have to act, or the city does not renew at all
JITTER: Final = 0.2  # of it, up and down: a city's kiosks do not all come at once
WARNED: Final = timedelta(days=30)  # before the end, where people have to bring the next certificate
NOT_OFFERED: Final = "not-offered"  # the city keeps its authority's key elsewhere
_BY_ITSELF: Final = CITY_WIDE - {Reason.FORBIDDEN} | {Reason.SERVER_ERROR}


class Renewal:
    """One look after another; `go_on` is asked while the city is asked and ends that by False."""

    def __init__(
        self,
        settings: CourierSettings,
        receipt_key: ReceiptKey,
        clock: Clock,
        journal: Journal,
        go_on: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._receipt_key = receipt_key
        self._clock = clock
        self._journal = journal
        self._go_on = go_on
        self._identity = Identity(settings.client_certificate, settings.kiosk_id, settings.ca)
        self._chance = random.SystemRandom()
        self._due = 0.0

    def wait(self) -> float:
        """Return for how many seconds nothing needs to be done."""
        return max(0.0, self._due - self._clock.ticks())

    def turn(self) -> None:
        """Look at the certificate and have it renewed, if it is time; never raises for disk, network or city."""
        if self.wait() > 0:
            return
        self._due = self._clock.ticks() + self._about(HOUR)
        span = dates(self._settings.client_certificate)
        if span is None or not self._clock.plausible():
            return
        begin, end = span
        left = end - self._clock.now()
        if self._settings.renews and timedelta(0) < left <= (end - begin) / 3:
            self._renew(left)
        elif left <= WARNED:
            self._journal.warn("certificate.ends", days=left.days)

    def _about(self, seconds: float) -> float:
        return seconds * self._chance.uniform(1 - JITTER, 1 + JITTER)

    def _renew(self, left: timedelta) -> None:
        try:
            problem = self._once()
        except OSError as error:
            problem = errno.errorcode.get(error.errno or 0, "unknown")
        if problem is None:
            self._journal.note("renewal.done", kiosk=self._settings.kiosk_id)
        elif problem is Reason.STOPPED:
            self._due = 0.0
        else:
            if problem not in _BY_ITSELF:
                self._due = self._clock.ticks() + self._about(DAY)
            self._journal.warn("renewal.later", reason=problem, days=left.days)

    def _once(self) -> str | None:
        """Ask once; return why there is no certificate. Raises OSError where nothing can be stored."""
        self._identity.settled()  # a power cut may have left the present key waiting, and it has had its certificate
        reply = self._ask(json.dumps({"spec": "madoguchi/renewal/1", "request": self._identity.request()}).encode())
        if isinstance(reply, Later):
            return reply.reason
        if reply.status == 404:
            return NOT_OFFERED
        match judge(reply, self._clock.now()):
            case Refused(code):
                return code
            case Later(reason):
                return reason
        if not self._identity.take(reply.body, self._clock.now()):
            return FAULTY
        self._identity.settled()
        return None

    def _ask(self, body: bytes) -> Reply | Later:
        patience = self._settings.connect_timeout + self._settings.answer_timeout
        with CityClient(self._settings, self._receipt_key, self._clock) as client:
            return attempted(lambda: client.renew(body), patience, self._clock, self._go_on)
