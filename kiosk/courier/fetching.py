"""Keeping the shelf up to date: ask the city now and then for its newest catalogue, and store only a better one."""

from __future__ import annotations

import errno
import random
from typing import TYPE_CHECKING

from kiosk.catalogue.bundle import LARGEST, STATEMENT_NAME, read_bundle
from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.catalogue.shelf import Shelf
from kiosk.catalogue.storing import Storeroom
from kiosk.courier.client import CityClient
from kiosk.courier.limit import attempted
from kiosk.courier.policy import Backoff, Later, Reason, Reply, judge_catalogue
from kiosk.courier.word import GOOD, leave_word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.application.receipt import ReceiptKey
    from kiosk.catalogue.bundle import Bundle
    from kiosk.catalogue.keys import CatalogueKeys
    from kiosk.catalogue.statement import Catalogue
    from kiosk.clock import Clock
    from kiosk.courier.settings import CourierSettings
    from kiosk.journal import Journal

SLOWEST = 64 << 10  # bytes a second: a line slower than this does not get a whole bundle
JITTER = 0.2  # of the interval, up and down: a city's kiosks do not all come at once


class Fetching:
    """One turn after another; `go_on` is asked while a turn runs and ends it by False: deliveries go first."""

    def __init__(
        self,
        folder: Path,
        settings: CourierSettings,
        keys: CatalogueKeys,
        receipt_key: ReceiptKey,
        clock: Clock,
        journal: Journal,
        go_on: Callable[[], bool],
    ) -> None:
        self._shelf = Shelf(folder, keys, settings.city)
        self._settings = settings
        self._receipt_key = receipt_key
        self._clock = clock
        self._journal = journal
        self._go_on = go_on
        self._backoff = Backoff(settings.first_wait, settings.catalogue_interval)
        self._chance = random.SystemRandom()
        self._etag = (0, "")  # the serial that the city gave under this tag
        self._failures = 0
        self._due = 0.0

    def wait(self) -> float:
        """Return for how many seconds nothing needs to be done."""
        return max(0.0, self._due - self._clock.ticks())

    def turn(self) -> None:
        """Look at the shelf and ask the city, if it is time; never raises for what disk, network or city do."""
        if self.wait() > 0:
            return
        refusal = ""
        try:
            problem = self._fetch()
        except CatalogueFaulty as error:
            self._journal.warn("catalogue.refused", code=error.fault.value)
            problem, refusal = None, f"catalogue-{error.fault.value}"  # asking sooner would bring the same
        except OSError as error:
            self._journal.error("catalogue.store-failed", reason=errno.errorcode.get(error.errno or 0, "unknown"))
            problem = Later(Reason.SERVER_ERROR)
        self._due = self._clock.ticks() + self._pause(problem)
        if problem is None or problem.reason is not Reason.STOPPED:
            self._tell(refusal or (problem.reason.value if problem else GOOD))

    def hurry_if(self, *, asked: bool) -> None:
        """Ask with the next turn where somebody wants to know."""
        if asked:
            self._due = 0.0

    def _tell(self, answer: str) -> None:
        """Leave word for whoever looks at the machine; that it cannot be left is no reason not to go on."""
        try:
            leave_word(self._settings.spool, self._clock.now(), answer)
        except OSError:
            self._journal.warn("courier.word-not-left")

    def _pause(self, problem: Later | None) -> float:
        if problem is None:
            self._failures = 0
            return self._settings.catalogue_interval * self._chance.uniform(1 - JITTER, 1 + JITTER)
        if problem.reason is Reason.STOPPED:
            return 0.0
        self._failures += 1
        wait = self._backoff.after(problem, self._backoff.wait(self._failures, self._chance.random()))
        self._journal.warn("catalogue.later", reason=problem.reason.value, wait=round(wait, 1))
        return wait

    def _fetch(self) -> Later | None:
        """Ask once; raises CatalogueFaulty for what the city gave, OSError for the disk."""
        room = Storeroom(self._shelf)
        stored = room.mend()
        serial, etag = self._etag
        reply = self._ask(etag if stored is not None and stored.serial == serial else "")
        if isinstance(reply, Later):
            return reply
        problem = judge_catalogue(reply, self._clock.now())
        if problem is None and reply.status != 304:
            self._accept(room, stored, read_bundle(reply.body, self._shelf.keys, self._shelf.city))
            self._etag = self._shelf.mark(), reply.headers.get("etag", "")
        return problem

    def _ask(self, etag: str) -> Reply | Later:
        patience = self._settings.connect_timeout + self._settings.answer_timeout + LARGEST / SLOWEST
        with CityClient(self._settings, self._receipt_key, self._clock) as client:
            return attempted(lambda: client.catalogue(etag, LARGEST), patience, self._clock, self._go_on)

    def _accept(self, room: Storeroom, stored: Catalogue | None, bundle: Bundle) -> None:
        """Store a newer one; raises CatalogueFaulty for any that must not take the place of the one stored."""
        new = bundle.catalogue
        if stored is not None and new.serial == stored.serial:
            if bundle.entries[STATEMENT_NAME] != (self._shelf.place(new.serial) / STATEMENT_NAME).read_bytes():
                raise CatalogueFaulty(Fault.SERIAL_REUSED)
            return
        if new.serial < self._shelf.mark():
            raise CatalogueFaulty(Fault.OLDER)
        if self._clock.plausible() and new.expires <= self._clock.now():
            raise CatalogueFaulty(Fault.EXPIRED)
        room.put(bundle)
        self._journal.note("catalogue.stored", serial=new.serial, forms=len(new.forms))
