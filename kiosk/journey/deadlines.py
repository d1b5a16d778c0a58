"""How long each step waits for the citizen, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kiosk.journey.map import Step

if TYPE_CHECKING:
    from collections.abc import Mapping


class AtEnd(Enum):
    """What happens when the citizen does not come back."""

    HOME = "home"  # everything is wiped; the card, if one lies there, is asked for first
    STAY = "stay"  # the step waits for something that is not the citizen


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds without a touch until the warning, seconds the warning counts down, and the end.

    `warn` None means that no warning is given: the step ends by itself after `count` seconds.
    """

    warn: float | None
    count: float
    at_end: AtEnd = AtEnd.HOME


_WAITS = Patience(warn=90, count=30)
_SECRET = Patience(warn=30, count=30)  # a half-typed password does not stand on the screen for long
_DEVICE = Patience(warn=None, count=0, at_end=AtEnd.STAY)

DEADLINES: Final[Mapping[Step, Patience]] = MappingProxyType(
    {
        Step.ATTRACT: Patience(warn=None, count=0, at_end=AtEnd.STAY),
        Step.NO_CARD: _WAITS,
        Step.CHOOSE_FORM: _WAITS,
        Step.GUIDANCE: _WAITS,
        Step.CHECKLIST: _WAITS,
        Step.PREFILL_OFFER: _WAITS,
        Step.PREFILL_CARD: _WAITS,
        Step.PREFILL_PIN: _SECRET,
        Step.PREFILL_READING: _DEVICE,
        Step.FORM_PAGE: _WAITS,
        Step.ENTRY: _WAITS,
        Step.CAMERA: _WAITS,
        Step.PHOTOGRAPH: _WAITS,
        Step.NO_CAMERA: _WAITS,
        Step.REVIEW: _WAITS,
        Step.CONSENT: _WAITS,
        Step.PAGE_VIEW: _WAITS,
        Step.NOT_AGREED: _WAITS,
        Step.LAY_CARD: _WAITS,
        Step.WRONG_CARD: _WAITS,
        Step.LAST_TRY: _WAITS,
        Step.PASSWORD: _SECRET,
        Step.SIGNING: _DEVICE,
        Step.WRONG_PASSWORD: _WAITS,
        Step.HAND_OVER: _DEVICE,
        Step.RECEIPT: Patience(warn=60, count=30),
        Step.TAKE_CARD: Patience(warn=None, count=0, at_end=AtEnd.STAY),
        Step.FAREWELL: Patience(warn=None, count=6),
        Step.TROUBLE: _WAITS,
        Step.OUT_OF_SERVICE: Patience(warn=None, count=0, at_end=AtEnd.STAY),
    }
)

# A device that is working has its own limit, in seconds: after it the session is wiped and the program starts anew.
DEVICE_LIMITS: Final[Mapping[Step, float]] = MappingProxyType(
    {Step.PREFILL_READING: 30, Step.SIGNING: 45, Step.HAND_OVER: 45}
)

CHOICES_KEPT = 60  # seconds for which language, size and colours stay on the first scene, where nothing can be lost
CAMERA_SILENCE = 8.0  # seconds after which a camera that gives no picture is given up; the form goes on without it

CALL_OUT_AT = (0.0, 10.0, 20.0)  # seconds at which the forgotten card is called out, then each 10 s
