"""`POST /v1/enrolments`: a code and a request for a certificate in, the certificate out. No client certificate yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from django.db import transaction
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from msgspec import Meta, Struct

from city.enrolment.certifying import answer, certify, key_of, read, spelled
from city.enrolment.codes import digest
from city.intake.models import Enrolment
from city.intake.problem import problem
from city.journal import note

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric import ec
    from django.http import HttpRequest, HttpResponse


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
    asked = read(request, Asked)
    key = key_of(asked.request, asked.kiosk) if asked else None
    if asked is None or key is None:
        return problem(400, "malformed")
    certificate = _certified(asked, key, timezone.now())
    if certificate is None:
        note("enrolment.refused", kiosk=asked.kiosk)
        return problem(403, "enrolment-refused")
    note("enrolment.done", kiosk=asked.kiosk)
    return answer(certificate)


def _certified(asked: Asked, key: ec.EllipticCurvePublicKey, now: datetime) -> str | None:
    """Return the certificate; the same again for the same code and key, because an answer can get lost."""
    with transaction.atomic():
        row = (
            Enrolment.objects.select_for_update()
            .filter(code_sha256=digest(asked.code), kiosk__kiosk_id=asked.kiosk, kiosk__enabled=True, expires__gt=now)
            .select_related("kiosk")
            .first()
        )
        if row is None or (row.used is not None and row.public_key != spelled(key)):
            return None
        if row.used is None:
            row.used, row.public_key = now, spelled(key)
            row.certificate = certify(key, row.kiosk, now)
            row.save()
        return row.certificate
