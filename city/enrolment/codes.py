"""The codes: sixteen signs, good once and for one kiosk; only their digests are kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from city.errors import CityError
from city.intake.models import Enrolment, Kiosk

if TYPE_CHECKING:
    from datetime import datetime

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # as the receipt numbers: read aloud and typed; 80 bits
_KIOSK_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")  # what a kiosk's configuration takes


class NoKioskId(CityError):
    """A name that no kiosk can have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: expected small letters, digits and hyphens, at most 31")


def new_code() -> str:
    """Draw a code, written in groups of four."""
    signs = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def open_enrolment(kiosk_id: str, days: int, now: datetime) -> str:
    """Enter the kiosk into the register and return its code; codes that it had before are no longer good.

    Raises NoKioskId.
    """
    if not _KIOSK_ID.fullmatch(kiosk_id):
        raise NoKioskId(kiosk_id)
    code = new_code()
    with transaction.atomic():
        kiosk, _ = Kiosk.objects.get_or_create(kiosk_id=kiosk_id)
        Enrolment.objects.filter(kiosk=kiosk, used__isnull=True).delete()
        Enrolment.objects.create(kiosk=kiosk, code_sha256=digest(code), expires=now + timedelta(days=days))
    return code
