"""What a self-test looks at, and what it can find: codes that stand on the screen, in the report and in the runbook."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Part(StrEnum):
    """A part of the machine, in the order in which it is looked at."""

    SCREEN = "screen"
    TOUCH = "touch"
    LAMP = "lamp"
    BUZZER = "buzzer"
    VOICE = "voice"
    BUTTON = "button"
    READER = "reader"
    CAMERA = "camera"
    DISK = "disk"
    CLOCK = "clock"
    NETWORK = "network"
    CITY = "city"
    CATALOGUE = "catalogue"


BY_HAND: Final = (Part.SCREEN, Part.TOUCH, Part.LAMP, Part.BUZZER, Part.VOICE, Part.BUTTON, Part.READER)
BY_ITSELF: Final = (Part.CAMERA, Part.DISK, Part.CLOCK, Part.NETWORK, Part.CITY, Part.CATALOGUE)


class Result(StrEnum):
    """What came of a part."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_FITTED = "not-fitted"
    SKIPPED = "skipped"


class Code(StrEnum):
    """Why a part failed."""

    SCREEN_FAULTY = "screen-faulty"  # the installer does not see the pattern whole
    TOUCH_MISSED = "touch-missed"  # a corner was not hit within the tolerance
    LAMP_DARK = "lamp-dark"
    BUZZER_SILENT = "buzzer-silent"
    VOICE_SILENT = "voice-silent"
    BUTTON_SILENT = "button-silent"
    READER_LOST = "reader-lost"  # no reader, or the card service does not answer
    CARD_ABSENT = "card-absent"  # nothing was laid down
    CARD_UNREADABLE = "card-unreadable"
    CARD_OTHER = "card-other"  # not a My Number Card, nor a test card of one
    CAMERA_FAULTY = "camera-faulty"
    DISK_FULL = "disk-full"
    DISK_FAULTY = "disk-faulty"  # what was written does not come back
    SPOOL_DAMAGED = "spool-damaged"
    CLOCK_WRONG = "clock-wrong"  # before the program was built
    CLOCK_UNSYNCHRONISED = "clock-unsynchronised"
    COURIER_SILENT = "courier-silent"
    CITY_UNREACHABLE = "city-unreachable"
    CITY_UNTRUSTED = "city-untrusted"  # not the pinned authority's certificate
    CITY_FORBIDDEN = "city-forbidden"  # it does not know this kiosk
    CERTIFICATE_OVER = "certificate-over"  # this kiosk's own
    ENROLMENT_REFUSED = "enrolment-refused"
    CITY_FAULTY = "city-faulty"  # it answers, but not as the protocol says
    CATALOGUE_ABSENT = "catalogue-absent"
    CATALOGUE_FAULTY = "catalogue-faulty"
    UNFORESEEN = "unforeseen"  # the check itself broke; the detail is the incident's code in the journal


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at one part; `detail` is a figure or a name of the machine's, nothing personal."""

    result: Result
    code: Code | None = None
    detail: str = ""

    @property
    def good(self) -> bool:
        """Whether a part that must pass has passed."""
        return self.result is Result.PASSED


PASSED: Final = Finding(Result.PASSED)
NOT_FITTED: Final = Finding(Result.NOT_FITTED)
SKIPPED: Final = Finding(Result.SKIPPED)


def failed(code: Code, detail: str = "") -> Finding:
    """Return the finding of a part that failed."""
    return Finding(Result.FAILED, code, detail)


# Where the installer says that nothing is to be seen, heard or felt.
DENIED: Final[Mapping[Part, Code]] = MappingProxyType(
    {
        Part.SCREEN: Code.SCREEN_FAULTY,
        Part.LAMP: Code.LAMP_DARK,
        Part.BUZZER: Code.BUZZER_SILENT,
        Part.VOICE: Code.VOICE_SILENT,
        Part.BUTTON: Code.BUTTON_SILENT,
        Part.READER: Code.CARD_ABSENT,
        Part.TOUCH: Code.TOUCH_MISSED,
    }
)
