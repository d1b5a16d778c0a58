"""Anything that stops the citizen, and the way on from it."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Trouble(StrEnum):
    """What stopped the citizen."""

    CARD_REMOVED = "card-removed"
    CARD_UNREADABLE = "card-unreadable"
    CARD_BUSY = "card-busy"
    OTHER_CARD = "other-card"
    LOCKED = "locked"
    PIN_LOCKED = "pin-locked"
    PIN_LAST_TRY = "pin-last-try"  # the last try of the four-digit PIN is never spent for mere convenience
    NO_CERTIFICATE = "no-certificate"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_NOT_YET_VALID = "certificate-not-yet-valid"
    CERTIFICATE_OUTDATED = "certificate-outdated"  # its holder has moved or changed names since
    CERTIFICATE_UNSUITABLE = "certificate-unsuitable"
    READER_LOST = "reader-lost"
    SIGNING_SLOW = "signing-slow"
    SIGNATURE_FAULTY = "signature-faulty"
    CHARACTER_UNKNOWN = "character-unknown"
    SPOOL_FULL = "spool-full"
    CLOCK_WRONG = "clock-wrong"
    CERTIFICATE_REVOKED = "certificate-revoked"
    CITY_REFUSED = "city-refused"
    UNEXPECTED = "unexpected"


class WayOn(StrEnum):
    """What the citizen can do about it at the kiosk."""

    AGAIN = "again"  # back to the confirmation, sign again
    END = "end"  # nothing more can be done here


_AGAIN = (
    Trouble.CARD_REMOVED,
    Trouble.CARD_UNREADABLE,
    Trouble.CARD_BUSY,
    Trouble.OTHER_CARD,
    Trouble.READER_LOST,
    Trouble.SIGNING_SLOW,
    Trouble.SIGNATURE_FAULTY,
    Trouble.CHARACTER_UNKNOWN,
    Trouble.PIN_LOCKED,  # the form can still be filled in by hand
    Trouble.PIN_LAST_TRY,
)

WAYS_ON: Final[Mapping[Trouble, WayOn]] = MappingProxyType(
    {trouble: WayOn.AGAIN if trouble in _AGAIN else WayOn.END for trouble in Trouble}
)
