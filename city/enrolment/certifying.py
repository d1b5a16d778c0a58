"""What is certified for kiosks: a P-256 key that proves itself, under the kiosk's own name, by the city's authority."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.http import HttpResponse, UnreadablePostError

from city.provision import Authority

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from city.intake.models import Kiosk

LARGEST: Final = 8 << 10  # bytes
T = TypeVar("T")


def read(request: HttpRequest, kind: type[T]) -> T | None:
    """Return what a kiosk asks, None when it is not as the protocol says."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if request.content_type != "application/json" or not length.isdigit() or not 0 < int(length) <= LARGEST:
        return None
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, UnreadablePostError):
        return None


def key_of(asked: str, kiosk_id: str) -> ec.EllipticCurvePublicKey | None:
    """Return the key of a request (PKCS #10) that is for this kiosk and proves that the kiosk has the secret half."""
    try:
        found = x509.load_pem_x509_csr(asked.encode("ascii"))
        names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        key = found.public_key()
        good = found.is_signature_valid and [name.value for name in names] == [kiosk_id]
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if good and isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1" else None


def spelled(key: ec.EllipticCurvePublicKey) -> str:
    """Return a key as it is kept beside its certificate: hex of its SubjectPublicKeyInfo."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo).hex()


def certify(key: ec.EllipticCurvePublicKey, kiosk: Kiosk, now: datetime) -> str:
    """Return a new certificate (PEM) and note in the register until when it is good; raises FileUnusable."""
    config = settings.CITY
    authority = Authority.read(config.path(config.kiosk_door.client_ca), config.path(config.keys.authority))
    made = authority.certify(key, kiosk.kiosk_id, ExtendedKeyUsageOID.CLIENT_AUTH, [], now)
    kiosk.certificate_until = made.not_valid_after_utc
    kiosk.save(update_fields=["certificate_until"])
    return made.public_bytes(Encoding.PEM).decode()


def answer(certificate: str) -> HttpResponse:
    """Return 201 with the certificate."""
    body = msgspec.json.encode({"certificate": certificate})
    return HttpResponse(body, status=201, content_type="application/json")
