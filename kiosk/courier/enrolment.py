"""The first errand: a key made on this machine, a code from the stick, and the city's certificate for both."""

from __future__ import annotations

import hashlib
import json
import random
from threading import Event
from typing import TYPE_CHECKING, Final

from kiosk.courier.client import ask_for_certificate
from kiosk.courier.identity import FAULTY, PRIVATE, Identity
from kiosk.courier.policy import RECEIPT_TYPE, Backoff, Later, Reason, Reply, judge
from kiosk.courier.policy import Refused as CityRefused
from kiosk.courier.word import leave_word, was_asked
from kiosk.durable import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.clock import Clock
    from kiosk.courier.settings import EnrolmentSettings
    from kiosk.journal import Journal

LOOK: Final = 1.0  # seconds between two signs of life while waiting


class Enroller:
    """Asks until the kiosk has its certificate, or is told to stop."""

    def __init__(self, settings: EnrolmentSettings, clock: Clock, journal: Journal, alive: Callable[[], None]) -> None:
        """`alive` is called while it waits."""
        self._settings = settings
        self._identity = Identity(settings.identity, settings.kiosk_id, settings.ca)
        self._clock = clock
        self._journal = journal
        self._alive = alive
        self._backoff = Backoff(settings.first_wait, settings.longest_wait)
        self._chance = random.SystemRandom()
        self.stopped = Event()

    def needed(self) -> bool:
        """Whether this code was not used yet: at the first start, and after a stick with another one."""
        try:
            return not self._settings.identity.exists() or self._mark.read_text("ascii") != self._digest()
        except OSError:
            return True

    @property
    def _mark(self) -> Path:
        return self._settings.identity.with_suffix(".code")

    def _digest(self) -> str:
        return hashlib.sha256(self._settings.code.encode()).hexdigest()

    def run(self) -> bool:
        """Ask again and again; False when it was stopped before. Raises OSError where nothing can be stored."""
        attempts = 0
        while not self.stopped.is_set():
            attempts += 1
            problem = self.once()
            if problem is None:
                return True
            self._journal.warn("enrolment.later", reason=problem)
            people = problem in {FAULTY, "enrolment-refused", Reason.FORBIDDEN}
            wait = self._settings.longest_wait if people else self._backoff.wait(attempts, self._chance.random())
            self._rest(wait)
        return False

    def once(self) -> str | None:
        """Ask once; return why there is no certificate, None when there is one now."""
        problem = self._store(ask_for_certificate(self._settings, self._request()))
        leave_word(self._settings.spool, self._clock.now(), problem or "enrolled")
        return problem

    def _rest(self, seconds: float) -> None:
        end = self._clock.ticks() + seconds
        while not self.stopped.is_set() and self._clock.ticks() < end and not was_asked(self._settings.spool):
            self._alive()
            self.stopped.wait(min(LOOK, max(0.0, end - self._clock.ticks())))

    def _request(self) -> bytes:
        asked = {
            "spec": "madoguchi/enrolment/1",
            "kiosk": self._settings.kiosk_id,
            "code": self._settings.code,
            "request": self._identity.request(),
        }
        return json.dumps(asked).encode()

    def _store(self, reply: Reply | Later) -> str | None:
        if isinstance(reply, Later):
            return reply.reason
        if reply.status == 403 and _code(reply) == "enrolment-refused":
            return "enrolment-refused"
        judged = judge(reply, self._clock.now())
        if judged is not None:
            return judged.code if isinstance(judged, CityRefused) else judged.reason
        if not self._identity.take(reply.body, self._clock.now()):
            return FAULTY
        keep(self._mark, self._digest().encode(), PRIVATE)
        self._identity.settled()
        self._journal.note("enrolment.done", kiosk=self._settings.kiosk_id)
        return None


def _code(reply: Reply) -> str:
    try:
        told = json.loads(reply.body)
    except ValueError:
        return ""
    return str(told.get("code", "")) if isinstance(told, dict) and not reply.is_a(RECEIPT_TYPE) else ""
