"""`POST /v1/renewals`: a kiosk that the city knows by its certificate gets the next one, for a new key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from msgspec import Meta, Struct

from city.doors import certificate_of
from city.enrolment.certifying import answer, certify, key_of, read, spelled
from city.intake.models import Kiosk, Renewal
from city.intake.problem import problem
from city.intake.views import for_kiosks
from city.journal import note

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric import ec
    from django.http import HttpRequest, HttpResponse


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """What a kiosk asks (docs/protocol.md); who it is stands in its certificate."""

    spec: Literal["madoguchi/renewal/1"]
    request: Annotated[str, Meta(max_length=4096)]


@csrf_exempt
@require_POST
@for_kiosks
def renew(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Answer 201 with the next certificate; 409 in the first half of the present one's time."""
    if not settings.CITY.kiosk_door.renews:
        return problem(404, "not-found")
    asked = read(request, Asked)
    key = key_of(asked.request, kiosk.kiosk_id) if asked else None
    if key is None:
        return problem(400, "malformed")
    now = timezone.now()
    if not _late_enough(request, now):
        return problem(409, "renewal-early")
    certificate = _certified(kiosk, key, now)
    note("renewal.done", kiosk=kiosk.kiosk_id)
    return answer(certificate)


def _late_enough(request: HttpRequest, now: datetime) -> bool:
    present = certificate_of(request)
    if present is None:
        return False
    begin, end = present.not_valid_before_utc, present.not_valid_after_utc
    return now >= begin + (end - begin) / 2


def _certified(kiosk: Kiosk, key: ec.EllipticCurvePublicKey, now: datetime) -> str:
    """Return the certificate; the same again for the same key, because an answer can get lost."""
    with transaction.atomic():
        Kiosk.objects.select_for_update().get(pk=kiosk.pk)  # two questions of one kiosk come one after the other
        row = Renewal.objects.filter(kiosk=kiosk).first() or Renewal(kiosk=kiosk)
        if row.public_key != spelled(key):
            row.at, row.public_key, row.certificate = now, spelled(key), certify(key, kiosk, now)
            row.save()
        return row.certificate
