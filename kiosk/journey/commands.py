"""What the journey asks of the workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.card.holder import Holder
    from drivers.secrets import Secret
    from kiosk.application.document import Origin
    from kiosk.application.photograph import Photograph
    from kiosk.application.prepared import Prepared
    from kiosk.forms.model import FieldKind, Form, JsonValue
    from kiosk.journey.map import Step


class Lamp(StrEnum):
    """What the lamp at the tray says; the ring in the picture has the same colour."""

    OFF = "off"
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    TAKE = "take"
    TROUBLE = "trouble"


class Sound(StrEnum):
    """What the buzzer says."""

    CARD_SEEN = "card-seen"
    DONE = "done"
    TROUBLE = "trouble"
    TAKE_CARD = "take-card"
    STILL_THERE = "still-there"


class Command:
    """Anything that the journey asks for."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ProbeCard(Command):
    """Say what lies on the tray: kind, certificate, tries left. Answered by CardKnown or TroubleMet."""


@dataclass(frozen=True, slots=True)
class ReadHolder(Command):
    """Open the text applet and read the four attributes. Answered by HolderRead, PasswordRefused or TroubleMet."""

    secret: Secret


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What the citizen has answered, before it becomes a document."""

    form: Form
    answers: Mapping[str, JsonValue]
    origins: Mapping[str, Origin]
    checklist: tuple[str, ...]
    language: str
    catalogue_serial: int = 0  # of the catalogue that the form was taken from
    photographs: Mapping[str, tuple[Photograph, ...]] = field(default_factory=dict)  # by field, in the answer's order


@dataclass(frozen=True, slots=True, repr=False)
class PreparePage(Command):
    """Make the document and draw its page. Answered by PageReady or TroubleMet."""

    draft: Draft


@dataclass(frozen=True, slots=True, repr=False)
class Sign(Command):
    """Sign, seal and hand over to the spool, then wait for the city for as long as the citizen is asked to.

    Answered by SigningAdvanced, then SignatureMade, HandedOver and one of CityAnswered, CityRefused, CitySilent;
    or by PasswordRefused; or by TroubleMet.
    """

    prepared: Prepared
    secret: Secret
    holder: Holder | None  # who the prefill came from: the same person must sign
    last_try_agreed: bool


@dataclass(frozen=True, slots=True, repr=False)
class Convert(Command):
    """Find what the kana can be written as. Answered by CandidatesReady, soon or never."""

    reading: str
    kind: FieldKind


@dataclass(frozen=True, slots=True, repr=False)
class AskReading(Command):
    """Find how a name is probably read. Answered by ReadingReady, soon or never."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class ForgetTyping(Command):
    """The visit is over: nothing that was typed may be left where it was converted."""


@dataclass(frozen=True, slots=True)
class OpenCamera(Command):
    """Switch the camera on and show what it sees. Answered by FrameSeen or CameraLost with the same `round`."""

    round: int


@dataclass(frozen=True, slots=True)
class AskFrame(Command):
    """Show what the camera sees next. Answered like OpenCamera."""

    round: int


@dataclass(frozen=True, slots=True)
class TakePhotograph(Command):
    """Take a picture of so many pixels at most. Answered by PhotographTaken or CameraLost."""

    round: int
    pixels: int


@dataclass(frozen=True, slots=True)
class CloseCamera(Command):
    """Switch the camera off; what it saw is forgotten."""


@dataclass(frozen=True, slots=True)
class SetLamp(Command):
    """Show the lamp."""

    lamp: Lamp


@dataclass(frozen=True, slots=True)
class Play(Command):
    """Play a sound."""

    sound: Sound


@dataclass(frozen=True, slots=True)
class CallStaff(Command):
    """Staff are wanted at the kiosk, or (False) have come."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class Record(Command):
    """Write a fact into the journal; never anything about the citizen."""

    event: str
    step: Step
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Flush(Command):
    """Push what was touched on the pad out of the screen library's event memory."""


@dataclass(frozen=True, slots=True)
class OpenStaffMenu(Command):
    """End serving and give the screen to the staff."""


@dataclass(frozen=True, slots=True)
class PowerOff(Command):
    """Have the machine switched off; nothing of a visit is left."""


@dataclass(frozen=True, slots=True)
class Dim(Command):
    """Nobody is there, or (False) somebody is again: set the screen's backlight."""

    dimmed: bool


@dataclass(frozen=True, slots=True)
class GiveUp(Command):
    """A device has not answered in its limit: end the program so that it is started anew."""

    step: Step
