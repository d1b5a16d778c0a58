"""Who the kiosk is for the city: a key made here and the city's certificate for it, together in one file.

Only the courier can read the file, and it changes in one step. A key that waits for its certificate is kept, because
the city answers the same key again with the same certificate.
"""

from __future__ import annotations

import json
from datetime import timedelta
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

from kiosk.durable import keep

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

PRIVATE: Final = 0o600  # for the courier alone
FAULTY: Final = "certificate-faulty"  # an answer whose certificate is not for this key, kiosk and city


class Identity:
    """The kiosk's key and certificate at a path, and the key that is to take their place."""

    def __init__(self, path: Path, kiosk_id: str, authority: Path) -> None:
        """`authority` is the city's own, by whom alone certificates are taken."""
        self._path = path
        self._kiosk_id = kiosk_id
        self._authority = authority

    @property
    def _waiting(self) -> Path:
        return self._path.with_suffix(".waiting")

    def request(self) -> str:
        """Return the request for a certificate (PKCS #10, PEM), for a key that waits; raises OSError."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self._kiosk_id)])
        made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(self._key(), SHA256())
        return made.public_bytes(Encoding.PEM).decode()

    def take(self, answer: bytes, now: datetime) -> bool:
        """Put the answer's certificate and its key in their place; False where it is not the one. Raises OSError.

        The key still waits afterwards, until `settled`: a power cut may come before the caller has noted its part.
        """
        key = self._key()
        certificate = self._certificate(answer, key, now)
        if certificate is None:
            return False
        keep(self._path, certificate.public_bytes(Encoding.PEM) + _pem(key), PRIVATE)
        return True

    def settled(self) -> None:
        """Make another key next time, if the one that waits has its certificate. Raises OSError."""
        try:
            present = x509.load_pem_x509_certificate(self._path.read_bytes())
            waiting = load_pem_private_key(self._waiting.read_bytes(), password=None)
        except (FileNotFoundError, ValueError):
            return
        if waiting.public_key() == present.public_key():
            self._waiting.unlink(missing_ok=True)

    def _key(self) -> ec.EllipticCurvePrivateKey:
        """Return the key that waits for its certificate, made here where there is none."""
        try:
            key = load_pem_private_key(self._waiting.read_bytes(), password=None)
            if isinstance(key, ec.EllipticCurvePrivateKey):
                return key
        except (FileNotFoundError, ValueError):
            pass
        made = ec.generate_private_key(ec.SECP256R1())
        keep(self._waiting, _pem(made), PRIVATE)
        return made

    def _certificate(self, answer: bytes, key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate | None:
        """Return the certificate of an answer: for this key and this kiosk, by the city's own authority."""
        try:
            found = x509.load_pem_x509_certificate(json.loads(answer)["certificate"].encode())
            authorities = x509.load_pem_x509_certificates(self._authority.read_bytes())
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        names = [name.value for name in found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
        good = found.public_key() == key.public_key() and names == [self._kiosk_id]
        good = good and any(_issued(found, authority) for authority in authorities)  # two, while the city changes it
        return found if good and found.not_valid_after_utc > now - timedelta(days=1) else None


def dates(path: Path) -> tuple[datetime, datetime] | None:
    """Return from when until when the certificate in a file is good, None where none can be read."""
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found.not_valid_before_utc, found.not_valid_after_utc


def _issued(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
