"""The way to the city over mutual TLS: a POST whose receipt has to prove itself, a GET for the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from kiosk.application.errors import ReceiptFaulty
from kiosk.application.receipt import ReceiptKey, check_receipt, read_receipt
from kiosk.courier.identity import dates
from kiosk.courier.policy import CATALOGUE_TYPE, Accepted, Later, Outcome, Reason, Reply, judge
from kiosk.pinned import Line, NoAnswer, Patience

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.clock import Clock
    from kiosk.courier.parcel import Due
    from kiosk.courier.settings import CourierSettings, EnrolmentSettings
    from kiosk.pinned import Answer

SEALED_TYPE = "application/vnd.madoguchi.sealed"
AGENT = "madoguchi"
_CUT_OFF = {Reason.UNREACHABLE, Reason.UNTRUSTED}
LONGEST_ANSWER = 64 << 10  # bytes; a receipt has less than one thousand


class CityClient:
    """A connection to the city for a few deliveries in a row; trusts the city's own authority and nobody else."""

    def __init__(self, settings: CourierSettings, key: ReceiptKey, clock: Clock) -> None:
        """Prepare the connection; nothing is sent before the first delivery."""
        self._settings = settings
        self._key = key
        self._clock = clock
        patience = Patience(settings.connect_timeout, settings.answer_timeout)
        self._line = Line(settings.ca, patience, (settings.client_certificate, settings.client_key))

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def deliver(self, label: Due, sealed: bytes) -> Outcome:
        """Send the stored bytes and say what came of it; never raises for anything the network or the city does."""
        reply = self._answered(lambda: self._post(label, sealed))
        if isinstance(reply, Later):
            return reply
        return judge(reply, self._clock.now()) or self._proved(reply.body, label, sealed)

    def renew(self, body: bytes) -> Reply | Later:
        """Ask for the next certificate; never raises, as above."""
        return self._answered(lambda: self._certify(body))

    def catalogue(self, etag: str, largest: int) -> Reply | Later:
        """Ask for the newest catalogue unless it is the one with this tag; never raises, as above.

        More than `largest` bytes are not read; one byte more shows that there were.
        """
        return self._answered(lambda: self._get(etag, largest + 1))

    def _answered(self, ask: Callable[[], Reply]) -> Reply | Later:
        """Name the reason that the city cannot: TLS breaks off where the kiosk's own certificate is over."""
        reply = _answered(ask)
        if isinstance(reply, Later) and reply.reason in _CUT_OFF and self._over():
            return Later(Reason.CERTIFICATE_OVER)
        return reply

    def _over(self) -> bool:
        span = dates(self._settings.client_certificate)
        return span is not None and self._clock.plausible() and self._clock.now() > span[1]

    def _certify(self, body: bytes) -> Reply:
        headers = {"Content-Type": "application/json", "User-Agent": AGENT}
        with self._line.ask("POST", self._settings.url + "/v1/renewals", headers, body) as answer:
            return _reply(answer, LONGEST_ANSWER)

    def _get(self, etag: str, largest: int) -> Reply:
        headers = {"Accept": f"{CATALOGUE_TYPE}, application/problem+json", "User-Agent": AGENT}
        headers |= {"If-None-Match": etag} if etag else {}
        with self._line.ask("GET", self._settings.url + "/v1/catalogue", headers) as answer:
            return _reply(answer, largest)

    def _post(self, label: Due, sealed: bytes) -> Reply:
        headers = {
            "Content-Type": SEALED_TYPE,
            "Idempotency-Key": label.transaction_id,
            "Sealing-Key": label.key_id,
            "Accept": "application/json, application/problem+json",
            "User-Agent": AGENT,
        }
        with self._line.ask("POST", self._settings.url + "/v1/applications", headers, sealed) as answer:
            return _reply(answer, LONGEST_ANSWER)

    def _proved(self, answer: bytes, label: Due, sealed: bytes) -> Accepted | Later:
        """Believe a receipt only when it is signed by the city and speaks of these very bytes."""
        if len(answer) >= LONGEST_ANSWER:
            return Later(Reason.RECEIPT_FAULTY)
        try:
            receipt = read_receipt(answer, self._key)
            check_receipt(receipt, self._settings.kiosk_id, label.transaction_id, sealed)
        except ReceiptFaulty:
            return Later(Reason.RECEIPT_FAULTY)
        return Accepted(answer)


def ask_for_certificate(settings: EnrolmentSettings, body: bytes) -> Reply | Later:
    """Send the request for a certificate to the pinned city; never raises, as above."""
    headers = {"Content-Type": "application/json", "User-Agent": AGENT}
    with Line(settings.ca, Patience(settings.connect_timeout, settings.answer_timeout)) as line:

        def ask() -> Reply:
            with line.ask("POST", f"{settings.url}/v1/enrolments", headers, body) as answer:
                return _reply(answer, LONGEST_ANSWER)

        return _answered(ask)


def _answered(ask: Callable[[], Reply]) -> Reply | Later:
    """Return the answer, or why there is none: no trouble of the network goes further than here."""
    try:
        return ask()
    except NoAnswer as trouble:
        return Later(Reason(trouble.fault))


def _reply(answer: Answer, longest: int) -> Reply:
    return Reply(answer.status, answer.headers, answer.body(longest))
