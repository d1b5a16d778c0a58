"""Every look of every step is whole: large targets, words with room, one language, nothing that moves about."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest

from drivers.card.recognise import CardKind
from kiosk.journey.events import Overlay
from kiosk.journey.map import Step
from kiosk.journey.troubles import Trouble
from kiosk.journey.view import ReceiptState
from kiosk.screens.describe import describe
from kiosk.screens.rect import Rect
from kiosk.screens.rich import plain
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Button, Kind, UtilityButton
from kiosk.screens.widgets.choice import Choice
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Pips
from kiosk.screens.widgets.step_bar import StepBar
from tests.gallery.checks import distance, faults, ink_outside
from tests.gallery.easel import BIG, SMALL
from tests.gallery.matrix import PLACES, SIZES, TELLING, covering, shared
from tests.gallery.papers import catalogue, spoken
from tests.gallery.playing import DONE, forms, played
from tests.gallery.variants import LIGHT, OTHER_THEMES, THEMES, Variant
from tests.gallery.views import Manner, shown_at, states, step_of, view_of

# Where words have least room: the longest ones, the largest ones, the smallest place. Each state is seen in these, and
# in two more of what `make gallery` draws of it, which differ from state to state.
TIGHT = [
    ("ja", BIG, 1.0, Manner.STANDARD),
    ("pt", BIG, 1.6, Manner.STANDARD),
    ("ja-simple", BIG, 1.4, Manner.LOWER),
    ("vi", SMALL, 1.6, Manner.STANDARD),
    ("en", SMALL, 1.0, Manner.STANDARD),
]
MORE = 14  # one in so many of the covering combinations


def tried(at, name):
    tight = [Variant(name, language, size, LIGHT, text, manner) for language, size, text, manner in TIGHT]
    return [variant for variant in dict.fromkeys([*tight, *shared(at, name, MORE)]) if variant.exists]


@pytest.mark.parametrize(("at", "name"), list(enumerate(states())), ids=str)
def test_every_look_is_whole(at, name, panels):
    found = []
    for variant in tried(at, name):
        easel = panels[variant.size]
        for picture, view, widgets in variant.scenes(easel):
            easel.listen(widgets, view)
            found += [f"{picture}: {fault}" for fault in faults(view, widgets, easel)]
    assert found == []


@pytest.mark.parametrize("theme", OTHER_THEMES)
def test_other_colours_leave_every_word_its_room(theme, panels):
    found = []
    for name in TELLING:
        for picture, view, widgets in Variant(name, "ja", BIG, theme).scenes(panels[BIG]):
            panels[BIG].listen(widgets, view)
            found += [f"{picture}: {fault}" for fault in faults(view, widgets, panels[BIG])]
    assert found == []


def test_listening_hears_what_drawing_sets(panels):
    for name in ("checklist.one", "password.eight", "receipt.held"):
        view = view_of(name, "en")
        widgets = panels[BIG].stage.arrange(view)
        panels[BIG].draw(widgets, view)
        drawn = set(panels[BIG].ear.lines_drawn)
        panels[BIG].listen(widgets, view)
        assert panels[BIG].ear.lines_drawn == drawn


@pytest.mark.parametrize("size", [BIG, SMALL])
def test_nothing_is_drawn_beyond_its_place(size, panels):
    seen = {}
    for name in TELLING:
        for language in ("ja", "en"):
            for _, view, widgets in Variant(name, language, size).scenes(panels[size]):
                seen |= {repr(widget): (widget, panels[size].theme(view)) for widget in widgets}
    assert [fault for widget, theme in seen.values() for fault in ink_outside([widget], theme)] == []


def test_words_beyond_their_place_are_found(panels):
    theme = panels[BIG].theme(view_of("attract", "ja"))
    assert ink_outside([Label(Rect(0, 0, 200, 42), "入力")], theme) == []
    assert ink_outside([Label(Rect(0, 0, 200, 20), "入力してください。もう一度入力してください。")], theme)


def test_nothing_is_left_out():
    names = set(states())
    assert {step_of(name) for name in names} == set(Step)
    views = [view_of(name, "ja") for name in names if shown_at(name, 1.0)]
    assert {view.trouble for view in views if view.trouble} == set(Trouble)
    assert {view.overlay for view in views if view.overlay} == set(Overlay)
    assert {view.receipt.state for view in views if view.receipt} == set(ReceiptState)
    wrong = {view.card_kind for view in views if view.step is Step.WRONG_CARD}
    assert wrong == set(CardKind) - {CardKind.MY_NUMBER}
    pages = {(view.form.id, view.form.pages[view.page].id) for view in views if view.step is Step.FORM_PAGE}
    begun_by_card = {(form.id, page.id) for form in forms()[1:] for page in form.pages[:2]}  # as the first form's are
    assert pages == {(form.id, page.id) for form in forms() for page in form.pages} - begun_by_card


@pytest.mark.parametrize("at", [0, 1, 5, 287])
def test_every_two_choices_meet(at):
    found = covering(at, "attract")
    rows = [(one.language, one.text_size, one.theme, (one.size, one.manner)) for one in found]
    choices = (spoken(), SIZES, THEMES, PLACES)
    for one, other in combinations(range(4), 2):
        assert {(row[one], row[other]) for row in rows} == set(product(choices[one], choices[other]))


def test_a_sentence_of_another_language_is_found(panels):
    view = view_of("checklist.one", "pt")
    widgets = panels[BIG].stage.arrange(view)
    english = catalogue()["en"]("checklist.title")
    assert "other language" not in _faults(panels, view, widgets)
    assert "other language" in _faults(panels, view, [*widgets, Label(Rect(600, 112, 500, 42), english)])


def test_colours_change_nothing_else():
    for name in ("checklist.one", "form-page.contact.short", "entry.date.era", "password.four", "receipt.held"):
        assert view_of(name, "en", 1.6, "dark") == played(states()[name], "en", 1.6, "dark")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (Rect(0, 0, 88, 88), Rect(96, 0, 88, 88), 8),
        (Rect(0, 0, 88, 88), Rect(40, 95, 88, 88), 7),
        (Rect(0, 0, 88, 88), Rect(100, 90, 88, 88), 12),
        (Rect(0, 0, 88, 88), Rect(80, 80, 88, 88), -8),
    ],
)
def test_distance_is_taken_where_it_is_largest(one, other, apart):
    assert distance(one, other) == distance(other, one) == apart


# ---- the checks themselves ----------------------------------------------------------------------------------------


@pytest.fixture
def scene(panels):
    view = view_of("checklist.one", "en")
    return view, panels[BIG].stage.arrange(view)


def _faults(panels, view, widgets):
    panels[BIG].draw(widgets, view)
    return "\n".join(faults(view, widgets, panels[BIG]))


def _changed(widgets, kind, **parts):
    """Return the scene with its last widget of a kind changed."""
    at = max(index for index, widget in enumerate(widgets) if isinstance(widget, kind))
    return [*widgets[:at], replace(widgets[at], **parts), *widgets[at + 1 :]]


BREAKS = {
    "small target": lambda w: _changed(w, Button, rect=Rect(784, 688, 448, 87)),
    "overlap": lambda w: _changed(w, Button, rect=Rect(60, 688, 448, 96)),
    "gap 2": lambda w: _changed(w, UtilityButton, rect=Rect(1050, 8, 168, 88)),
    "staff call": lambda w: _changed(w, UtilityButton, rect=Rect(1065, 8, 168, 88)),
    "outside": lambda w: [*w, Label(Rect(1200, 300, 100, 42), "x")],
    "over an edge": lambda w: [*w, Label(Rect(700, 640, 100, 42), "x")],
    "piled": lambda w: [*w, Label(Rect(60, 135, 100, 42), "x")],
    "cut off": lambda w: [*w, Label(Rect(600, 112, 60, 42), "too long for this")],
    "other language": lambda w: [*w, Label(Rect(600, 112, 400, 42), "あと2つ")],
    "focus order": lambda w: [*w, *(Button(Rect(x, y, 99, 88), "Go", press=DONE) for x, y in ((600, 510), (300, 112)))],
    "text key": lambda w: [*w, Label(Rect(600, 112, 400, 42), "checklist.title")],
    "text key: '{left": lambda w: [*w, Label(Rect(600, 112, 400, 42), "{left} more")],
    "no glyph": lambda w: [*w, Label(Rect(600, 112, 400, 42), "\U00012000")],
    "two main buttons": lambda w: [*w, Button(Rect(600, 112, 300, 88), "Go", Kind.PRIMARY)],
    "icon's name": lambda w: [*w, Button(Rect(600, 112, 300, 88), "", icon="plus", press=DONE)],
    "says nothing": lambda w: [*w, Label(Rect(600, 112, 400, 42), "")],
    "no title": lambda w: [one for one in w if "TITLE" not in repr(one)],
    "step bar": lambda w: _changed(w, StepBar, now=2),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_each_check_finds_what_it_looks_for(kind, panels, scene):
    view, widgets = scene
    assert _faults(panels, view, widgets) == ""
    assert kind in _faults(panels, view, BREAKS[kind](widgets))


def test_names_and_answers_may_stay_japanese(panels):
    view = view_of("form-page.applicant.card-filled", "en")
    widgets = panels[BIG].stage.arrange(view)
    assert any("鶴ヶ島" in repr(widget) for widget in widgets)
    assert "other language" not in _faults(panels, view, widgets)
    assert "other language" in _faults(panels, replace(view, answers={}), widgets)


@pytest.mark.parametrize("size", [BIG, SMALL])
@pytest.mark.parametrize("language", spoken())
def test_every_form_is_shown_with_its_time_and_fee(language, size, panels):
    for text_size in SIZES:
        for name in ("choose-form", "choose-form.more"):
            view = view_of(name, language, text_size, small=size == SMALL)
            cards = [widget for widget in panels[size].stage.arrange(view) if isinstance(widget, Choice)]
            assert cards
            assert [card.title for card in cards if not card.detail] == [], text_size


@pytest.mark.parametrize("name", ["wrong-password", "last-try"])
def test_the_dots_of_the_tries_stand_beside_the_words(name, panels):
    for language, size, text_size in product(spoken(), (BIG, SMALL), SIZES):
        view = view_of(name, language, text_size, small=size == SMALL)
        theme, widgets = panels[size].theme(view), panels[size].stage.arrange(view)
        dots = [widget.rect for widget in widgets if isinstance(widget, Pips)]
        words = [widget.lines_rect(theme) for widget in widgets if isinstance(widget, Label)]
        assert not any(word.meets(dot) for word in words for dot in dots), (language, size, text_size)


def test_largest_type_is_larger_where_there_is_room(panels):
    """On the 7 inch panel, too: a step smaller where the whole growth has no room, not back to the standard size."""
    highs = []
    for text_size in (1.0, 1.6):
        view = view_of("trouble.locked", "ja", text_size, small=True)
        theme, widgets = panels[SMALL].theme(view), panels[SMALL].stage.arrange(view)
        labels = [widget for widget in widgets if isinstance(widget, Label) and widget.role is Role.PARAGRAPH]
        highs.append(min(theme.face(label.face).px for label in labels))
    assert highs[1] > highs[0]


@pytest.mark.parametrize("manner", [Manner.STANDARD, Manner.LOWER])
@pytest.mark.parametrize(("name", "key"), [("form-page.idle", "idle.what"), ("consent.leave-card", "leave.what")])
def test_a_dialog_says_in_any_size_what_will_be_lost(name, key, manner, panels):
    for language, size, text_size in product(spoken(), (BIG, SMALL), SIZES):
        view = view_of(name, language, text_size, manner=manner, small=size == SMALL)
        facts = {"seconds": view.idle_left or 0} if key == "idle.what" else {}
        said = plain(catalogue()[language](key, **facts))
        assert said in describe(panels[size].stage.arrange(view)).paragraphs, (language, size, text_size)
