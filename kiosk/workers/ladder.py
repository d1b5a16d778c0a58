"""From what devices and documents say to what stops the citizen: one ladder."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from drivers import errors as device
from kiosk.application import errors as paper
from kiosk.courier.parcel import SpoolError, SpoolFull
from kiosk.journey.events import Event, PasswordRefused, TroubleMet
from kiosk.journey.troubles import Trouble
from kiosk.signer.errors import LastTryNotAgreed, SignerFailed, SignerTimeout

if TYPE_CHECKING:
    from collections.abc import Mapping

# The first rung that fits counts, so special cases stand above general ones.
_RUNGS: Mapping[type[Exception], Trouble] = {
    device.PasswordLocked: Trouble.LOCKED,
    device.CardRemoved: Trouble.CARD_REMOVED,
    device.CardAbsent: Trouble.CARD_REMOVED,
    device.CardBusy: Trouble.CARD_BUSY,
    device.ReaderLost: Trouble.READER_LOST,
    device.SignatureFaulty: Trouble.SIGNATURE_FAULTY,
    device.AppletMissing: Trouble.CARD_UNREADABLE,
    device.FileMissing: Trouble.NO_CERTIFICATE,
    LastTryNotAgreed: Trouble.OTHER_CARD,  # the counter fell since it was shown: it is not the card that was looked at
    SignerTimeout: Trouble.SIGNING_SLOW,
    SignerFailed: Trouble.UNEXPECTED,
    device.DeviceError: Trouble.CARD_UNREADABLE,
    paper.CertificateExpired: Trouble.CERTIFICATE_EXPIRED,
    paper.CertificateNotYetValid: Trouble.CERTIFICATE_NOT_YET_VALID,
    paper.CertificateRefused: Trouble.CERTIFICATE_UNSUITABLE,
    paper.CertificateOutdated: Trouble.CERTIFICATE_OUTDATED,
    paper.HolderDiffers: Trouble.OTHER_CARD,
    paper.SignatureMismatch: Trouble.SIGNATURE_FAULTY,
    paper.GlyphMissing: Trouble.CHARACTER_UNKNOWN,
    SpoolFull: Trouble.SPOOL_FULL,
    SpoolError: Trouble.SPOOL_FULL,
    sqlite3.Error: Trouble.SPOOL_FULL,
}


def event_for(error: Exception, *, prefill: bool = False) -> Event | None:
    """Return what the journey is told of an error that was foreseen, None for any other."""
    if isinstance(error, device.WrongPassword):
        return PasswordRefused(error.attempts_left)
    if prefill and isinstance(error, device.PasswordLocked):
        return TroubleMet(Trouble.PIN_LOCKED)
    for kind, trouble in _RUNGS.items():
        if isinstance(error, kind):
            return TroubleMet(trouble)
    return None
