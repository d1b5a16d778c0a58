"""What can happen: touches, answers of the workers, the passing of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from drivers.card.holder import Holder
    from drivers.card.recognise import CardKind
    from kiosk.application.prepared import Prepared
    from kiosk.application.receipt import Receipt
    from kiosk.forms.model import Form, JsonValue
    from kiosk.journey.map import Outcome
    from kiosk.journey.troubles import Trouble
    from kiosk.text_input.date_entry import Part


class Overlay(StrEnum):
    """What can lie over a step without leaving it."""

    SETTINGS = "settings"  # language, text size, colours
    VOICE = "voice"  # reading aloud: whether, how fast, how loud
    TERMS = "terms"
    PRIVACY = "privacy"
    COPYRIGHT = "copyright"
    STAFF = "staff"  # staff have been called
    LEAVE = "leave"  # really stop?
    IDLE = "idle"  # still there?


class EntryKey(StrEnum):
    """Keys of the keyboards that are not characters."""

    ERASE = "erase"
    VOICE = "voice"  # ゛゜
    SMALL = "small"
    SPACE = "space"
    HIRAGANA = "hiragana"
    KATAKANA = "katakana"
    LATIN = "latin"
    DIGITS = "digits"
    TURN = "turn"  # the other keys, where not all have room


class Stage(StrEnum):
    """How far the signing has come, in the order in which the citizen sees it."""

    PASSWORD = "password"  # noqa: S105  # the name of a stage, not a password
    CERTIFICATE = "certificate"
    SIGNATURE = "signature"
    CHECK = "check"


class Event:
    """Anything that the journey is told."""

    __slots__ = ()


# ---- the citizen -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pressed(Event):
    """A button whose meaning is one of the step's outcomes."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class FormChosen(Event):
    """A form was chosen from the list."""

    form: str


@dataclass(frozen=True, slots=True)
class LanguageChosen(Event):
    """Another language is wanted, e.g. "en"."""

    language: str


@dataclass(frozen=True, slots=True)
class TextSizeChosen(Event):
    """Another text size is wanted: 1.0, 1.2, 1.4 or 1.6."""

    size: float


@dataclass(frozen=True, slots=True)
class ThemeChosen(Event):
    """Another colour theme is wanted, e.g. "dark"."""

    theme: str


@dataclass(frozen=True, slots=True)
class LowerHalfChosen(Event):
    """Everything that can be touched is to lie in the lower half of the screen, or no longer."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class CalmChosen(Event):
    """Nothing is to move on the screen, or it may again."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ItemTicked(Event):
    """An item of the checklist was ticked, or its tick taken back."""

    item: str


@dataclass(frozen=True, slots=True)
class FieldOpened(Event):
    """A field of the form page is to be typed into."""

    field: str


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """A field was answered without typing: a choice, a tick, a number stepped."""

    field: str
    value: JsonValue


@dataclass(frozen=True, slots=True)
class OptionToggled(Event):
    """One of several options was taken, or taken back."""

    field: str
    option: str


@dataclass(frozen=True, slots=True)
class CorrectionAsked(Event):
    """An answer that the card gave is to be corrected by hand."""

    field: str


@dataclass(frozen=True, slots=True)
class CharacterTyped(Event):
    """A character key of the keyboard."""

    character: str


@dataclass(frozen=True, slots=True)
class KeyTyped(Event):
    """A function key of the keyboard."""

    key: EntryKey


@dataclass(frozen=True, slots=True)
class LineChosen(Event):
    """Another line of the keyboard is wanted (か for かきくけこ), where not all keys have room at once."""

    number: int


@dataclass(frozen=True, slots=True)
class EraChosen(Event):
    """The era of a date: "R", "H", "S", "T", "M", or empty for the common era."""

    era: str


@dataclass(frozen=True, slots=True)
class DatePartChosen(Event):
    """The box of a date that is typed next."""

    part: Part


@dataclass(frozen=True, slots=True)
class RowAdded(Event):
    """One more person or thing of a repeated group is to be told."""

    field: str


@dataclass(frozen=True, slots=True)
class RowOpened(Event):
    """The questions of a row are to be seen again."""

    field: str
    row: int


@dataclass(frozen=True, slots=True)
class RowRemoved(Event):
    """A row is to be taken away with all its answers."""

    field: str
    row: int


@dataclass(frozen=True, slots=True)
class AnswerChangeAsked(Event):
    """なおす beside an answer of the review."""

    field: str


@dataclass(frozen=True, slots=True)
class PictureChosen(Event):
    """A part of the document's pages is to be seen, e.g. the same one in the other language."""

    picture: int


@dataclass(frozen=True, slots=True)
class CellPressed(Event):
    """A key of the password or PIN pad; a cell, never a character."""

    cell: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class CellErased(Event):
    """One cell of the pad taken back."""


@dataclass(frozen=True, slots=True)
class CellsCleared(Event):
    """All cells of the pad taken back."""


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """Something is to be laid over the step; `page` counts from 0 where it has several."""

    overlay: Overlay
    page: int = 0


@dataclass(frozen=True, slots=True)
class Dismissed(Event):
    """What lies over the step is to go; the citizen is still there."""


@dataclass(frozen=True, slots=True)
class MoreTimeAsked(Event):
    """All waiting times are to be doubled for the rest of the visit."""


@dataclass(frozen=True, slots=True)
class LeaveConfirmed(Event):
    """The citizen stops; everything is wiped."""


@dataclass(frozen=True, slots=True)
class StaffAnswered(Event):
    """Staff have come (the panel's button, or the screen's)."""


@dataclass(frozen=True, slots=True)
class KeypadUsed(Event):
    """The focus of the physical keys was moved: the citizen is still there."""


@dataclass(frozen=True, slots=True)
class HelpPressed(Event):
    """The help button of the panel."""


# ---- the workers, and time -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardLaid(Event):
    """Some card now lies on the reader."""


@dataclass(frozen=True, slots=True)
class CardLifted(Event):
    """No card lies on the reader any more."""


@dataclass(frozen=True, slots=True)
class CardKnown(Event):
    """What was read from the card before any password: kind, certificate, tries left."""

    kind: CardKind
    holds_certificate: bool = False
    attempts_left: int = 0
    pin_attempts_left: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class HolderRead(Event):
    """The four attributes came from the card."""

    holder: Holder


@dataclass(frozen=True, slots=True, repr=False)
class PageReady(Event):
    """The page that will be signed is drawn."""

    prepared: Prepared


@dataclass(frozen=True, slots=True)
class SigningAdvanced(Event):
    """The signer has reached a stage."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class PasswordRefused(Event):
    """The card refused the password or PIN."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class SignatureMade(Event):
    """The application is signed and the signature checked."""


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """The sealed application is durable in the spool."""

    holding_number: str
    signed_at: str  # HH:MM, local
    code: str  # content of the QR code


@dataclass(frozen=True, slots=True)
class CityAnswered(Event):
    """The city has the application."""

    receipt: Receipt
    received_at: str  # HH:MM, local
    code: str  # content of the QR code


@dataclass(frozen=True, slots=True)
class CityRefused(Event):
    """The city does not take the application; `code` is from the protocol."""

    code: str


@dataclass(frozen=True, slots=True)
class CitySilent(Event):
    """The city has not answered within the kiosk's patience: the application waits in the spool."""


@dataclass(frozen=True, slots=True)
class TroubleMet(Event):
    """A worker could not do what it was asked."""

    trouble: Trouble
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceChanged(Event):
    """The kiosk can, or cannot, serve; `reason` is a code such as "reader" or "hours", `facts` what is told of it."""

    open: bool
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    reader: bool = field(default=True, compare=False)  # the reader answers, whatever else is the reason


@dataclass(frozen=True, slots=True)
class FormsPublished(Event):
    """The kiosk may offer these forms, of the catalogue with this serial; a visit that is going on keeps its own."""

    forms: tuple[Form, ...]
    serial: int


@dataclass(frozen=True, slots=True)
class TimePassed(Event):
    """The clock's ticks, in seconds, of which only differences matter, and the day."""

    ticks: float
    today: date | None = None
