"""What the city found out about one application at one moment, row by row as the staff see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from city.verification.refusal import Code
    from city.verification.revocation import RevocationState

VALIDATOR = f"pyHanko {version('pyhanko')}, pyhanko-certvalidator {version('pyhanko-certvalidator')}"


class Outcome(StrEnum):
    """What follows from the rows together."""

    ACCEPTED = "accepted"
    ON_HOLD = "on_hold"
    REFUSED = "refused"


class SignatureFinding(StrEnum):
    """署名: whether the signed bytes and the signature belong together."""

    GOOD = "good"
    CONTENT_CHANGED = "content_changed"
    FALSE = "false"
    MALFORMED = "malformed"


class CertificateFinding(StrEnum):
    """証明書: whether this certificate may sign, at this moment."""

    GOOD = "good"
    UNTRUSTED = "untrusted"
    UNSUITABLE = "unsuitable"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NOT_CHECKED = "not_checked"


class TimeFinding(StrEnum):
    """時刻: whether the time the kiosk claims agrees with ours; never a reason to refuse, only to look."""

    GOOD = "good"
    CLOCK_UNTRUSTED = "clock_untrusted"
    AHEAD = "ahead"
    DISAGREES = "disagrees"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One examination; `sub_indication` is ETSI EN 319 102-1's, `evidence` the revocation list that was used."""

    outcome: Outcome
    refusal: Code | None
    rule: str
    signature: SignatureFinding
    certificate: CertificateFinding
    revocation: RevocationState | None
    time: TimeFinding
    sub_indication: str
    at: datetime
    signed_at: datetime | None = None
    revocation_reason: str = ""
    evidence: bytes = b""
    demo: bool = False
    validator: str = VALIDATOR
