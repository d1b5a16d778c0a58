"""The first errand: a key made on this machine, a code from the stick, and the city's certificate for both.

Key and certificate lie in one file that only the courier can read; it changes in one step. A key that waits for its
certificate is kept, because the city answers the same code and key again and no others.
"""

from __future__ import annotations

import hashlib
import json
import random
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from kiosk.courier.client import ask_for_certificate
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
PRIVATE: Final = 0o600  # for the courier alone
FAULTY: Final = "certificate-faulty"  # an answer whose certificate is not for this key, kiosk and city


class Enroller:
    """Asks until the kiosk has its certificate, or is told to stop."""

    def __init__(self, settings: EnrolmentSettings, clock: Clock, journal: Journal, alive: Callable[[], None]) -> None:
        """`alive` is called while it waits."""
        self._settings = settings
        self._clock = clock
        self._journal = journal
        self._alive = alive
        self._backoff = Backoff(settings.first_wait, settings.longest_wait)
        self._chance = random.SystemRandom()
        self.stopped = Event()

    def needed(self) -> bool:
        """Whether this code was not used yet: at the first start, and after a stick with another one."""
        mark = hashlib.sha256(self._settings.code.encode()).hexdigest()
        try:
            return not self._settings.identity.exists() or self._mark.read_text("ascii") != mark
        except OSError:
            return True

    @property
    def _mark(self) -> Path:
        return self._settings.identity.with_suffix(".code")

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
        key = self._key()
        problem = self._store(ask_for_certificate(self._settings, self._request(key)), key)
        leave_word(self._settings.spool, self._clock.now(), problem or "enrolled")
        return problem

    def _rest(self, seconds: float) -> None:
        end = self._clock.ticks() + seconds
        while not self.stopped.is_set() and self._clock.ticks() < end and not was_asked(self._settings.spool):
            self._alive()
            self.stopped.wait(min(LOOK, max(0.0, end - self._clock.ticks())))

    def _key(self) -> ec.EllipticCurvePrivateKey:
        """Return the key that waits for its certificate, made here where there is none."""
        waiting = self._settings.identity.with_suffix(".waiting")
        try:
            key = load_pem_private_key(waiting.read_bytes(), password=None)
            if isinstance(key, ec.EllipticCurvePrivateKey):
                return key
        except (FileNotFoundError, ValueError):
            pass
        made = ec.generate_private_key(ec.SECP256R1())
        keep(waiting, _pem(made), PRIVATE)
        return made

    def _request(self, key: ec.EllipticCurvePrivateKey) -> bytes:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self._settings.kiosk_id)])
        request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, SHA256())
        asked = {
            "spec": "madoguchi/enrolment/1",
            "kiosk": self._settings.kiosk_id,
            "code": self._settings.code,
            "request": request.public_bytes(Encoding.PEM).decode(),
        }
        return json.dumps(asked).encode()

    def _store(self, reply: Reply | Later, key: ec.EllipticCurvePrivateKey) -> str | None:
        if isinstance(reply, Later):
            return reply.reason
        if reply.status == 403 and _code(reply) == "enrolment-refused":
            return "enrolment-refused"
        judged = judge(reply, self._clock.now())
        if judged is not None:
            return judged.code if isinstance(judged, CityRefused) else judged.reason
        certificate = self._certificate(reply, key)
        if certificate is None:
            return FAULTY
        keep(self._settings.identity, certificate.public_bytes(Encoding.PEM) + _pem(key), PRIVATE)
        keep(self._mark, hashlib.sha256(self._settings.code.encode()).hexdigest().encode(), PRIVATE)
        self._settings.identity.with_suffix(".waiting").unlink(missing_ok=True)
        self._journal.note("enrolment.done", kiosk=self._settings.kiosk_id)
        return None

    def _certificate(self, reply: Reply, key: ec.EllipticCurvePrivateKey) -> x509.Certificate | None:
        """Return the certificate of an answer: for this key and this kiosk, by the city's own authority."""
        try:
            found = x509.load_pem_x509_certificate(json.loads(reply.body)["certificate"].encode())
            authority = x509.load_pem_x509_certificate(self._settings.ca.read_bytes())
            found.verify_directly_issued_by(authority)
        except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature):
            return None
        names = [name.value for name in found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
        good = found.public_key() == key.public_key() and names == [self._settings.kiosk_id]
        return found if good and found.not_valid_after_utc > self._clock.now() - timedelta(days=1) else None


def _code(reply: Reply) -> str:
    try:
        told = json.loads(reply.body)
    except ValueError:
        return ""
    return str(told.get("code", "")) if isinstance(told, dict) and not reply.is_a(RECEIPT_TYPE) else ""


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
