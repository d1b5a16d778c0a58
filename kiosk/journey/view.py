"""What scenes may see of the session: everything they draw, nothing they could misuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.journey.map import Step, stage_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from drivers.card.recognise import CardKind
    from kiosk.application.document import Origin
    from kiosk.application.photograph import Photograph
    from kiosk.application.picture import Picture
    from kiosk.forms.checks import Problem
    from kiosk.forms.model import Answers, Form
    from kiosk.journey.events import Overlay, Stage
    from kiosk.journey.photographing import Photographing
    from kiosk.journey.place import Place
    from kiosk.journey.reviewing import ReviewPlace
    from kiosk.journey.troubles import Trouble, WayOn
    from kiosk.text_input.candidates import Candidate
    from kiosk.text_input.composer import Composer
    from kiosk.text_input.date_entry import DateEntry

PARTS = 4  # a page is enlarged in so many parts
LEVELS, USUAL = 5, 3  # of the voice's pace and volume, from 1; and where a visit begins


class CardState(StrEnum):
    """What the citizen is told about the card on the tray."""

    AWAITED = "awaited"
    READING = "reading"
    READY = "ready"


class ReceiptState(StrEnum):
    """The three honest states, and the city's own fourth."""

    SIGNED = "signed"  # 署名済み, the spool has it, the city is being asked
    HELD = "held"  # 送信待ち
    ACCEPTED = "accepted"  # 受付済み
    ON_HOLD = "on-hold"  # 受付済み, but the city could not check everything yet


class PasswordHint(StrEnum):
    """Why the password on the pad cannot be tried yet."""

    TOO_SHORT = "too-short"
    FOUR_DIGITS = "four-digits"  # the usual mix-up with the PIN; caught before it costs a try


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What the receipt scene shows."""

    state: ReceiptState
    number: str
    signed_at: str
    received_at: str = ""
    code: str = ""  # content of the QR code


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """Candidates for the undecided kana `reading`; those from `first` on are shown.

    `listed` means that they come from the kiosk's own list and not from mozc; `variants` that words which differ in a
    stroke stand side by side instead of the keys.
    """

    reading: str
    candidates: tuple[Candidate, ...]
    first: int = 0
    variants: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class EntryView:
    """The field that is being typed into: a text, or a date; `suggestion` is how a name is probably read."""

    field: str
    composer: Composer | None = None
    date: DateEntry | None = None
    offer: Offer | None = None
    suggestion: str = ""
    sheet: int = 0  # which part of the keys is shown, where they take turns; counts on


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """A snapshot of the session for one frame."""

    step: Step
    place: Place
    language: str = "ja"
    languages: tuple[str, ...] = ("ja", "en")
    text_size: float = 1.0
    lower: bool = False  # every target in the lower half of the screen
    calm: bool = False  # nothing moves
    voice: bool = False  # the screen is read aloud
    speaks: bool = False  # the kiosk has a voice
    pace: int = USUAL  # how fast it reads, 1 to LEVELS
    volume: int = USUAL  # how loud, 1 to LEVELS
    theme: str = "light"
    overlay: Overlay | None = None
    overlay_page: int = 0
    idle_left: int | None = None  # seconds on the idle overlay
    staff_called: bool = False
    by_keys: bool = False  # the physical keys are used: where the focus stands can be seen

    forms: tuple[Form, ...] = ()
    offered: tuple[Form, ...] = ()  # those of them that are shown now
    form_page: int = 0
    form_pages: int = 1
    forms_on_page: int = 6
    form: Form | None = None
    checklist: tuple[str, ...] = ()  # item ids; texts at checklist.item.<id>
    ticked: frozenset[str] = frozenset()

    page: int = 0
    pages: int = 0
    row: int | None = None  # the row of a repeated group that is asked for; None on every other page
    fields: tuple[str, ...] = ()  # visible fields of this page, or the one that is asked
    question: int = 0  # which of all questions is asked, from 1; 0 where a page asks them together
    questions: int = 0  # how many there are
    answers: Answers = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()  # came from the card and may not be changed unless asked
    disabled: frozenset[str] = frozenset()  # shown, but a rule does not let them be answered
    places: Mapping[str, str] = field(default_factory=dict)  # which place a postcode means, by field
    problems: Mapping[str, Problem] = field(default_factory=dict)
    entry: EntryView | None = None
    photographs: Mapping[str, Photograph] = field(default_factory=dict)  # accepted ones, by digest
    photographing: Photographing | None = None
    returns_to_review: bool = False  # the page was opened by なおす

    review_page: int = 0
    review_pages: int = 1
    review: tuple[ReviewPlace, ...] = ()  # what stands on this page, and where
    review_fields: tuple[str, ...] = ()  # what is answered, in order; rows of a repeated group each by itself

    application_date: str = ""  # YYYY.MM.DD
    pictures: tuple[Picture, ...] = ()  # pages of the very document that will be signed
    translated_from: int | None = None  # which of them is the first in the language shown; None where all are Japanese
    picture: int = 0  # which part of them is enlarged: PARTS for each page, from its top to its foot

    card: CardState | None = None  # None: no card step
    card_kind: CardKind | None = None
    card_present: bool = False
    attempts_left: int = 0
    attempts_most: int = 5
    cells: int = 0  # how many pad cells are typed; never which
    pad_digits: bool = False  # which half of the pad shows where letters and digits take turns
    password_hint: PasswordHint | None = None
    pin_length: int = 4
    pin_refused: bool = False
    for_prefill: bool = False
    stage: Stage | None = None

    receipt: ReceiptView | None = None
    trouble: Trouble | None = None
    way_on: WayOn | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def where(self) -> Hashable:
        """What makes a scene another one to the focus, to a second tap and to the voice."""
        part = self.photographing.part if self.photographing is not None else None
        asked = self.form_page, self.page, self.row, self.question, self.review_page, self.picture
        return self.step, self.overlay, self.overlay_page, *asked, self.trouble, part

    @property
    def bar(self) -> int:
        """Which part of the step bar is current, 0 before the first."""
        return stage_of(self.step)

    def __repr__(self) -> str:
        return f"<View {self.step}>"
