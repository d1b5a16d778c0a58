"""The clerk: makes the document, seals what was signed, puts it into the spool and listens for the city's answer."""

from __future__ import annotations

from itertools import chain
from threading import Event as Signal
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.application.container import entries_of
from kiosk.application.document import JAPAN
from kiosk.application.envelope import CityKey, seal
from kiosk.application.errors import ApplicationError, ReceiptFaulty
from kiosk.application.page import view_pdf
from kiosk.application.photograph import entries_for
from kiosk.application.picture import page_count, render_page
from kiosk.application.prepared import Prepared
from kiosk.application.receipt import ReceiptKey, read_receipt
from kiosk.courier.parcel import Parcel, SpoolError, State, holding_number
from kiosk.journey.events import CityAnswered, CityRefused, CitySilent, HandedOver, PageReady, TroubleMet
from kiosk.journey.troubles import Trouble
from kiosk.workers.drafting import Desk, application_of
from kiosk.workers.ladder import event_for
from kiosk.workers.offer import FormNotPublished
from kiosk.workers.sheets import shown_page
from kiosk.workers.tasks import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.application.page import FontFiles
    from kiosk.application.picture import Picture
    from kiosk.clock import Clock
    from kiosk.courier.parcel import CityAnswer
    from kiosk.courier.spool import Spool
    from kiosk.journal import Journal
    from kiosk.journey.commands import PreparePage
    from kiosk.journey.events import Event
    from kiosk.workers.health import Health
    from kiosk.workers.offer import Offer
    from kiosk.workers.sheets import Sheet
    from kiosk.workers.timetable import Timetable

PICTURE_WIDTH = 1345  # pixels: sharp at the size at which the enlarged page is shown
LOOK_AFTER = 5.0  # seconds between two looks at the spool's room


class Clerk(Worker):
    """One thread for everything that is paper."""

    def __init__(
        self,
        clock: Clock,
        post: Callable[[Event], None],
        journal: Journal,
        failed: Callable[[Exception], None],
        *,
        desk: Desk,
        fonts: FontFiles,
        sheets: Mapping[str, Sheet] = MappingProxyType({}),
        city_key: CityKey,
        receipt_key: ReceiptKey,
        spool: Spool,
        patience: float,
        health: Health,
        offer: Offer,
        timetable: Timetable,
        clock_must_be_trusted: bool,
    ) -> None:
        super().__init__("clerk", clock, failed)
        self._post = post
        self._journal = journal
        self._desk = desk
        self._fonts = fonts
        self._sheets = sheets
        self._city_key = city_key
        self._receipt_key = receipt_key
        self._spool = spool
        self._patience = patience
        self._health = health
        self._offer = offer
        self._timetable = timetable
        self._strict_clock = clock_must_be_trusted
        self._ended = Signal()

    def rounds(self) -> None:
        """See whether applications can be taken: room in the spool, a clock that can be right, open forms and hours."""
        try:
            room = self._spool.room_left() > 0
        except SpoolError:
            room = False
        self._health.report("spool", well=room)
        self._health.report("clock", well=self._clock_serves())
        self._offer.look()
        self._timetable.look()
        self.disturbed.wait(LOOK_AFTER)

    def _clock_serves(self) -> bool:
        return self._clock.trusted() if self._strict_clock else self._clock.plausible()

    def prepare(self, command: PreparePage) -> None:
        """Make the document and draw the page that will be signed."""
        if not self._clock_serves():
            self._post(TroubleMet(Trouble.CLOCK_WRONG))
            return
        if not self._offer.holds(command.draft.form):
            raise FormNotPublished
        try:
            application = application_of(command.draft, self._desk, self._clock)
            page = view_pdf(application, self._fonts)
            sheet = self._sheets.get(command.draft.language)
            beside = () if sheet is None else (shown_page(application, command.draft, sheet),)
        except ApplicationError as error:
            self._tell(error)
            return
        signed = _pictures(page)
        shown = tuple(chain.from_iterable(_pictures(entry.data) for entry in beside))
        entries = entries_of(application, page, (*beside, *entries_for(command.draft.photographs)))
        self._post(PageReady(Prepared(application, entries, (*signed, *shown), len(signed) if shown else None)))

    def file(self, prepared: Prepared, container: bytes) -> None:
        """Seal the signed container, make it durable, tell the citizen, and wait for the city for a while."""
        application = prepared.application
        transaction = application.transaction_id
        number = holding_number(transaction)
        began = self._clock.ticks()
        sealed = seal(container, self._city_key, application.kiosk_id, transaction)
        parcel = Parcel(transaction, number, sealed, self._city_key.key_id, self._clock.now())
        try:
            self._spool.put(parcel)
        except SpoolError as error:
            self._tell(error)
            return
        self._journal.note("spooled", ms=round((self._clock.ticks() - began) * 1000, 1), bytes=len(sealed))
        signed_at = self._clock.now().astimezone(JAPAN)
        code = f"MADOGUCHI/1 HELD {number} {signed_at:%Y-%m-%dT%H:%M%z}"
        self._post(HandedOver(number, f"{signed_at:%H:%M}", code))
        self._report(self._answer(transaction))

    def _answer(self, transaction: str) -> CityAnswer | None:
        """Wait for the city for as long as the citizen is asked to; a spool that cannot be read has no answer."""
        try:
            return self._spool.wait_for_answer(transaction, self._patience, self._ended)
        except SpoolError as error:
            self._journal.warn("spool-unread", type=type(error).__name__)
            return None

    def _report(self, answer: CityAnswer | None) -> None:
        if answer is not None and answer.state is State.REFUSED:
            self._post(CityRefused(answer.code or "unknown"))
        elif answer is not None and answer.receipt is not None:
            self._accept(answer.receipt)
        else:
            self._post(CitySilent())

    def _accept(self, answer: bytes) -> None:
        """Show the city's receipt; one that cannot be checked is not shown, and the application counts as held."""
        try:
            receipt = read_receipt(answer, self._receipt_key)
        except ReceiptFaulty as error:
            self._journal.error("receipt-faulty", rule=error.rule)
            self._post(CitySilent())
        else:
            received = receipt.received.astimezone(JAPAN)
            code = f"MADOGUCHI/1 {receipt.number} {received:%Y-%m-%dT%H:%M%z} {receipt.container_sha256[:32]}"
            self._post(CityAnswered(receipt, f"{received:%H:%M}", code))

    def _tell(self, error: Exception) -> None:
        event = event_for(error)
        if event is None:
            raise error
        self._journal.warn("paper-trouble", type=type(error).__name__)
        self._post(event)

    def stop(self, seconds: float) -> bool:
        """End, also while waiting for the city."""
        self._ended.set()
        return super().stop(seconds)


def _pictures(pdf: bytes) -> tuple[Picture, ...]:
    return tuple(render_page(pdf, index, PICTURE_WIDTH) for index in range(page_count(pdf)))
