"""One citizen's visit: everything personal lives here, and `close` forgets it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.forms.model import FieldKind
from kiosk.forms.questions import by_question
from kiosk.forms.rows import answer_of, expanded, question_ids, rows_of, split
from kiosk.forms.rules import disabled_fields, visible_fields
from kiosk.forms.show import label, short_label, shown
from kiosk.journey.map import Step
from kiosk.journey.reviewing import Grid, dealt, ems
from kiosk.journey.view import USUAL

if TYPE_CHECKING:
    from drivers.card.holder import Holder
    from drivers.card.recognise import CardKind
    from drivers.secrets import Secret
    from kiosk.application.document import Origin
    from kiosk.application.photograph import Photograph
    from kiosk.application.prepared import Prepared
    from kiosk.forms.checks import Problem
    from kiosk.forms.model import Field, Form, JsonValue
    from kiosk.journey.events import Overlay, Stage
    from kiosk.journey.photographing import Photographing
    from kiosk.journey.reviewing import ReviewPlace
    from kiosk.journey.troubles import Trouble
    from kiosk.journey.view import CardState, EntryView, ReceiptView

REVIEW_ROWS, REVIEW_ROWS_LARGE, REVIEW_ROWS_LOWER = 5, 4, 3  # short answers on one page of the review
REVIEW_LINES_SMALL, REVIEW_LINES_SMALL_LARGE = 3, 2  # on the 7 inch panel, each of two short ones
READ = frozenset({"ja-simple"})  # languages with readings above the words: those above a label take a line's room
FORMS_ON_PAGE, FORMS_IN_LIST, FORMS_IN_LIST_SMALL_LARGE = 6, 3, 2  # to choose from at once
ONE_QUESTION_FROM = 1.4  # from this text size on a page asks one question


@dataclass(slots=True, repr=False)
class Session:
    """What is known about the visit that is going on."""

    language: str
    theme: str
    small: bool = False  # on the 7 inch panel, which shows less at once
    step: Step = Step.ATTRACT
    text_size: float = 1.0
    lower: bool = False  # every target in the lower half of the screen
    calm: bool = False  # nothing moves
    voice: bool = False  # the screen is read aloud
    pace: int = USUAL  # how fast, 1 to LEVELS
    volume: int = USUAL  # how loud, 1 to LEVELS
    overlay: Overlay | None = None
    overlay_page: int = 0
    time_factor: float = 1.0
    by_keys: bool = False  # the physical keys are used

    form_first: int = 0  # of the forms to choose from, the first that is shown or stands on the page shown
    form: Form | None = None
    ticked: set[str] = field(default_factory=set)
    page: int = 0
    question: int = 0  # of the page, where one is asked at a time
    row: int | None = None  # of the page's repeated group; None shows all its rows
    answers: dict[str, JsonValue] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    unlocked: set[str] = field(default_factory=set)
    problems: dict[str, Problem] = field(default_factory=dict)
    entry: EntryView | None = None
    photographs: dict[str, Photograph] = field(default_factory=dict)  # accepted ones, by digest
    photographing: Photographing | None = None
    returns_to_review: bool = False
    review_page: int = 0

    holder: Holder | None = None
    prepared: Prepared | None = None
    picture: int = 0

    for_prefill: bool = False
    card: CardState | None = None
    card_kind: CardKind | None = None
    attempts_left: int = 0
    pin_refused: bool = False
    last_try_agreed: bool = False
    secret: Secret | None = None
    pad_digits: bool = False
    stage: Stage | None = None

    receipt: ReceiptView | None = None
    trouble: Trouble | None = None
    facts: dict[str, str | int] = field(default_factory=dict)

    def fields(self) -> tuple[str, ...]:
        """Return every field that is asked now, in order."""
        return visible_fields(self.form, self.answers) if self.form else ()

    def page_fields(self) -> tuple[str, ...]:
        """Return the fields of the current page that are asked now; of a row that is open, its questions."""
        if self.form is None:
            return ()
        asked = set(self.fields())
        names = tuple(name for name in self.form.pages[self.page].fields if name in asked)
        repeated = self.repeated()
        if repeated is None or self.row is None or not names:
            return names
        return question_ids(repeated, self.row)

    def repeated(self) -> Field | None:
        """Return the repeated group that the current page asks for, None for other pages."""
        if self.form is None:
            return None
        fields = [self.form.fields[name] for name in self.form.pages[self.page].fields]
        return next((field for field in fields if field.kind is FieldKind.ROWS), None)

    def turn_to(self, page: int, row: int | None = None) -> None:
        """Open a page of the form; a repeated group without any answer at its first row."""
        self.page, self.row, self.question = page, row, 0
        repeated = self.repeated()
        if repeated is not None and row is None and not any(rows_of(repeated, self.answers)):
            self.row = 0

    def disabled(self) -> frozenset[str]:
        """Return the fields that cannot be answered now."""
        return disabled_fields(self.form, self.answers) if self.form else frozenset()

    def review_fields(self) -> tuple[str, ...]:
        """Return what the review lists: each row of a repeated group by itself, no headings, nothing disabled."""
        if self.form is None:
            return ()
        disabled, fields = self.disabled(), self.form.fields
        names = tuple(n for n in self.fields() if n not in disabled and fields[n].kind is not FieldKind.HEADING)
        return expanded(fields, names, self.answers)

    @property
    def one_at_a_time(self) -> bool:
        """Tell whether each question has a screen of its own: in large type, and in the lower half."""
        return self.lower or self.text_size >= ONE_QUESTION_FROM

    def questions(self) -> list[tuple[str, ...]]:
        """Return the current page's fields by question; words that are not asked stand with the next question."""
        return by_question(self.form, self.page_fields()) if self.form else []

    def shown_fields(self) -> tuple[str, ...]:
        """Return the fields of the current page that are on the screen: all, or those of one question."""
        if not self.one_at_a_time:
            return self.page_fields()
        questions = self.questions()
        return questions[max(0, min(self.question, len(questions) - 1))] if questions else ()

    def turn_question(self, by: int) -> bool:
        """Go on to another question of the page; False where there is none, or a page asks them together."""
        wanted = max(0, min(self.question, len(self.questions()) - 1)) + by
        if not self.one_at_a_time or not 0 <= wanted < len(self.questions()):
            return False
        self.question = wanted
        return True

    def ask(self, field: str) -> None:
        """Turn to the page, the row and the question of a field."""
        if self.form is not None:
            self.turn_to(self.form.page_of(field), split(field)[1])
            self.question = next((at for at, names in enumerate(self.questions()) if field in names), 0)

    @property
    def forms_on_page(self) -> int:
        """Return how many forms there are to choose from at once."""
        if self.small and self.text_size >= ONE_QUESTION_FROM:
            return FORMS_IN_LIST_SMALL_LARGE
        return FORMS_IN_LIST if self.small or self.lower or self.text_size > 1 else FORMS_ON_PAGE

    def review(self) -> tuple[tuple[ReviewPlace, ...], ...]:
        """Return the pages of the review; the one shown is `review_page`, or the last where there are fewer."""
        form, language = self.form, self.language
        if form is None:
            return ((),)
        answers = (
            (name, short_label(form, name, language), ems(shown(form, name, answer_of(self.answers, name), language)))
            if not self._worded(name)
            else (name, "", ems(label(form, name, language)))
            for name in self.review_fields()
        )
        return tuple(dealt(answers, self._grid()))

    def _worded(self, name: str) -> bool:
        """Tell whether a field of the review is a sentence and no answer."""
        return self.form is not None and name in self.form.fields and self.form.fields[name].kind is FieldKind.INFO

    def _grid(self) -> Grid:
        """Return how the review is laid: fewer and higher lines in large type."""
        large = self.text_size >= ONE_QUESTION_FROM
        if self.small:
            lines = REVIEW_LINES_SMALL_LARGE if large else REVIEW_LINES_SMALL
            first = 70.0 if large else 26.0 if self.language in READ else 52.0
            return Grid(lines, columns=2, cell=12.0, first=first, further=52.0)
        rows = REVIEW_ROWS_LOWER if self.lower else REVIEW_ROWS_LARGE if large else REVIEW_ROWS
        return Grid(rows, columns=1, cell=0.0, first=110.0, further=110.0)

    def turned(self, by: int) -> int:
        """Return the review's page so many further on; it may lie before the first or after the last."""
        return min(self.review_page, len(self.review()) - 1) + by

    def wipe_secret(self) -> None:
        """Forget what was typed on the pad."""
        if self.secret is not None:
            self.secret.wipe()
        self.secret = None

    def forget_application(self) -> None:
        """Forget everything that the citizen entered or the card gave; the receipt stays."""
        self.wipe_secret()
        self.answers.clear()
        self.origins.clear()
        self.unlocked.clear()
        self.problems.clear()
        self.ticked.clear()
        self.entry = None
        self.photographs.clear()
        self.photographing = None
        self.holder = None
        self.prepared = None
        self.picture = self.page = self.question = self.review_page = 0
        self.row = None

    def close(self) -> None:
        """Forget the visit."""
        self.forget_application()
        self.form = None
        self.receipt = None
        self.trouble = None
        self.facts.clear()
        self.overlay = None
        self.card = self.card_kind = self.stage = None
        self.attempts_left = 0
        self.for_prefill = self.pin_refused = self.last_try_agreed = self.returns_to_review = False

    def __repr__(self) -> str:
        return f"<Session {self.step}>"
