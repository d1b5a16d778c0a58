"""The way to the city over mutual TLS: a POST whose receipt has to prove itself, a GET for the catalogue."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter

from kiosk.application.errors import ReceiptFaulty
from kiosk.application.receipt import ReceiptKey, check_receipt, read_receipt
from kiosk.courier.policy import CATALOGUE_TYPE, Accepted, Later, Outcome, Reason, Reply, judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.clock import Clock
    from kiosk.courier.parcel import Due
    from kiosk.courier.settings import CourierSettings, EnrolmentSettings

SEALED_TYPE = "application/vnd.madoguchi.sealed"
AGENT = "madoguchi"
LONGEST_ANSWER = 64 << 10  # bytes; a receipt has less than one thousand


class _StrictTls(HTTPAdapter):
    """Checks certificates as RFC 5280 writes it on every Python; by itself, Python does from 3.13 on only."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # starts with no authority at all
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        super().init_poolmanager(*args, **options, ssl_context=context)


class CityClient:
    """A connection to the city for a few deliveries in a row; trusts the city's own authority and nobody else."""

    def __init__(self, settings: CourierSettings, key: ReceiptKey, clock: Clock) -> None:
        """Prepare the connection; nothing is sent before the first delivery."""
        self._settings = settings
        self._key = key
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, no .netrc, no other authority out of the environment
        self._session.verify = str(settings.ca)
        self._session.mount("https://", _StrictTls())
        self._session.cert = (str(settings.client_certificate), str(settings.client_key))

    def close(self) -> None:
        """Hang up."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def deliver(self, label: Due, sealed: bytes) -> Outcome:
        """Send the stored bytes and say what came of it; never raises for anything the network or the city does."""
        reply = _answered(lambda: self._post(label, sealed))
        if isinstance(reply, Later):
            return reply
        return judge(reply, self._clock.now()) or self._proved(reply.body, label, sealed)

    def catalogue(self, etag: str, largest: int) -> Reply | Later:
        """Ask for the newest catalogue unless it is the one with this tag; never raises, as above.

        More than `largest` bytes are not read; one byte more shows that there were.
        """
        return _answered(lambda: self._get(etag, largest + 1))

    def _get(self, etag: str, largest: int) -> Reply:
        headers = {"Accept": f"{CATALOGUE_TYPE}, application/problem+json", "Accept-Encoding": "identity"}
        headers |= {"User-Agent": AGENT} | ({"If-None-Match": etag} if etag else {})
        with self._session.get(
            self._settings.url + "/v1/catalogue",
            headers=headers,
            timeout=(self._settings.connect_timeout, self._settings.answer_timeout),
            allow_redirects=False,
            stream=True,
        ) as response:
            return _reply(response, largest)

    def _post(self, label: Due, sealed: bytes) -> Reply:
        headers = {
            "Content-Type": SEALED_TYPE,
            "Idempotency-Key": label.transaction_id,
            "Sealing-Key": label.key_id,
            "Accept": "application/json, application/problem+json",
            "Accept-Encoding": "identity",
            "User-Agent": AGENT,
        }
        with self._session.post(
            self._settings.url + "/v1/applications",
            data=sealed,
            headers=headers,
            timeout=(self._settings.connect_timeout, self._settings.answer_timeout),
            allow_redirects=False,
            stream=True,
        ) as response:
            return _reply(response, LONGEST_ANSWER)

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
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": AGENT}
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(settings.ca)

        def ask() -> Reply:
            with session.post(
                f"{settings.url}/v1/enrolments",
                data=body,
                headers=headers,
                timeout=(settings.connect_timeout, settings.answer_timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                return _reply(response, LONGEST_ANSWER)

        return _answered(ask)


def _answered(ask: Callable[[], Reply]) -> Reply | Later:
    """Return the answer, or why there is none: no trouble of the network goes further than here."""
    try:
        return ask()
    except (requests.exceptions.SSLError, urllib3.exceptions.SSLError):
        return Later(Reason.UNTRUSTED)
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        return Later(Reason.TOO_SLOW)
    except (OSError, urllib3.exceptions.HTTPError):  # every error of requests is an OSError
        return Later(Reason.UNREACHABLE)


def _reply(response: requests.Response, longest: int) -> Reply:
    headers = {name.lower(): text for name, text in response.headers.items()}
    return Reply(response.status_code, headers, _body(response, longest))


def _body(response: requests.Response, longest: int) -> bytes:
    """Read the body up to the longest answer; one that ends before its announced length raises."""
    body = b""
    while len(body) < longest and (part := response.raw.read(min(65536, longest), decode_content=False)):
        body += part
    return body
