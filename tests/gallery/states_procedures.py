"""The pages of the other procedures, empty, with problems and filled in, as scripts for a journey begun by a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.forms.model import FieldKind
from kiosk.journey.events import Answered, FieldOpened, FormChosen, OptionToggled, Pressed, RowAdded
from kiosk.journey.map import Outcome
from tests.gallery.playing import DONE, State, forms, keys, typed
from tests.gallery.states_form import CHOSEN, KANA, NEXT, prefilled

if TYPE_CHECKING:
    from kiosk.forms.model import Field, Form
    from kiosk.journey.events import Event

    Events = tuple[Event, ...]

DRAWN_BY_ITSELF: Final = "juminhyo"  # its pages are states of their own, with every oddity
# Answers that bring up the most questions; what is not named here is answered by its kind.
CHOICES: Final = {
    ("kisaijiko", "kind"): "part",
    ("kazei", "lived"): "other",
    ("fuhyo", "scope"): "part",
    ("tenshutsu", "who"): "part",
    ("tenshutsu", "new_head"): "other",
}
WORDS: Final = {
    FieldKind.NAME: "つるがしま　いちろう",
    FieldKind.KANA: "つるがしま　はなこ",
    FieldKind.ADDRESS: "とうきょうと　ちよだく　かすみがせき",
    FieldKind.TEXT: "ねんきんのてつづき",
    FieldKind.LONG_TEXT: "ひっこしのあとは　でんわで　れんらくしてください",
    FieldKind.POSTCODE: "1000013",
    FieldKind.PHONE: "0490001234",
    FieldKind.DIGITS: "12345",
    FieldKind.MAIL: "hanako@example.jp",
}
# Words, and papers, whose photographs are states of their own.
_SILENT: Final = frozenset({FieldKind.INFO, FieldKind.HEADING, FieldKind.CAMERA})
_OTHER: Final = "other"


def procedure_states() -> dict[str, State]:
    """Return name → state; a name is `form-page.<form>.<page>` with how it looks, or `review.<form>`."""
    found: dict[str, State] = {}
    for form in forms():
        if form.id != DRAWN_BY_ITSELF:
            found |= _pages(form)
    return found


def _pages(form: Form) -> dict[str, State]:
    """Walk through the form once; a page's looks begin with everything that was answered before it."""
    found: dict[str, State] = {}
    # A card fills in the first two pages of every form; only the reading is typed.
    before: Events = (*_begun(form), *KANA, NEXT, NEXT)
    for page in form.pages[2:]:
        name = f"form-page.{form.id}.{page.id}"
        asked = [form.fields[each] for each in page.fields if form.fields[each].kind not in _SILENT]
        answers = tuple(event for each in asked for event in answer(form, each))
        found[name] = State(before)
        if any(each.required for each in asked):
            found[f"{name}.problems"] = State((*before, NEXT))
        found[f"{name}.filled"] = State((*before, *answers))
        for question in range(2, len(asked) + 1):
            turned = (NEXT,) * (question - 1)
            found[f"{name}.large-{question}"] = State((*before, *answers), in_large=turned)
        if asked[0].kind is FieldKind.ROWS:
            answers = (*answers, NEXT)
            found[f"{name}.rows"] = State((*before, *answers))
            found[f"{name}.family"] = State((*before, *answers, *_family(asked[0].id)))
        before = (*before, *answers, NEXT)
    found[f"review.{form.id}"] = State(before)
    return found


def _begun(form: Form) -> Events:
    """Return everything up to the first page of a form, answered by a card."""
    chosen = (Pressed(Outcome.START), FormChosen(form.id))
    return (*chosen, *prefilled()[len(CHOSEN) :])


def _family(field: str) -> Events:
    """Return three more rows, with usual names."""
    return tuple(
        event
        for row in (1, 2, 3)
        for event in (
            RowAdded(field),
            *typed(f"{field}.{row}.name", "つるがしま　しょうたろう"),
            Answered(f"{field}.{row}.relation", "grandchild"),
            NEXT,
        )
    )


def answer(form: Form, field: Field) -> Events:
    """Return what answers a field."""
    options = field.options
    match field.kind:
        case FieldKind.ROWS:
            name, relation = (f"{field.id}.0.{part}" for part in ("name", "relation"))
            found = (*typed(name, WORDS[FieldKind.NAME]), Answered(relation, "spouse"))
        case FieldKind.DATE:
            found = (FieldOpened(field.id), *keys("081130"), DONE)
        case FieldKind.NUMBER:
            found = (Answered(field.id, 1),)
        case FieldKind.CHECK | FieldKind.DECLARATION:
            found = (Answered(field.id, value=True),)
        case FieldKind.MANY_OF:
            found = tuple(OptionToggled(field.id, option) for option in options[:2])
        case FieldKind.ONE_OF:
            usual = _OTHER if _OTHER in options else options[0]
            found = (Answered(field.id, CHOICES.get((form.id, field.id), usual)),)
        case kind:
            found = typed(field.id, WORDS[kind])
    return found
