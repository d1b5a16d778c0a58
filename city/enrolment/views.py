"""`POST /v1/enrolments`: a code and a request for a certificate in, the certificate out. No client certificate yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from msgspec import Meta, Struct

from city.enrolment.codes import digest
from city.intake.models import Enrolment
from city.intake.problem import problem
from city.journal import note
from city.provision import Authority

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

LARGEST: Final = 8 << 10  # bytes


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """What a kiosk asks (docs/protocol.md)."""

    spec: Literal["madoguchi/enrolment/1"]
    kiosk: Annotated[str, Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,30}\Z")]
    code: Annotated[str, Meta(min_length=1, max_length=40)]
    request: Annotated[str, Meta(max_length=4096)]


@csrf_exempt
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Answer 201 with the certificate; 403 for any code that is not good, without saying why."""
    asked = _read(request)
    key = _key_of(asked) if asked else None
    if asked is None or key is None:
        return problem(400, "malformed")
    certificate = _certified(asked, key, timezone.now())
    if certificate is None:
        note("enrolment.refused", kiosk=asked.kiosk)
        return problem(403, "enrolment-refused")
    note("enrolment.done", kiosk=asked.kiosk)
    return HttpResponse(msgspec.json.encode({"certificate": certificate}), status=201, content_type="application/json")


def _read(request: HttpRequest) -> Asked | None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if request.content_type != "application/json" or not length.isdigit() or not 0 < int(length) <= LARGEST:
        return None
    try:
        return msgspec.json.decode(request.body, type=Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, UnreadablePostError):
        return None


def _key_of(asked: Asked) -> ec.EllipticCurvePublicKey | None:
    """Return the key of a request (PKCS #10) that is for this kiosk and proves that the kiosk has the secret half."""
    try:
        found = x509.load_pem_x509_csr(asked.request.encode("ascii"))
        names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        key = found.public_key()
        good = found.is_signature_valid and [name.value for name in names] == [asked.kiosk]
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if good and isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1" else None


def _certified(asked: Asked, key: ec.EllipticCurvePublicKey, now: datetime) -> str | None:
    """Return the certificate; the same again for the same code and key, because an answer can get lost."""
    spoken = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo).hex()
    with transaction.atomic():
        row = (
            Enrolment.objects.select_for_update()
            .filter(code_sha256=digest(asked.code), kiosk__kiosk_id=asked.kiosk, kiosk__enabled=True, expires__gt=now)
            .first()
        )
        if row is None or (row.used is not None and row.public_key != spoken):
            return None
        if row.used is None:
            config = settings.CITY
            authority = Authority.read(config.path(config.kiosk_door.client_ca), config.path(config.keys.authority))
            made = authority.certify(key, asked.kiosk, ExtendedKeyUsageOID.CLIENT_AUTH, [], now)
            row.used, row.public_key = now, spoken
            row.certificate = made.public_bytes(Encoding.PEM).decode()
            row.save()
        return row.certificate
