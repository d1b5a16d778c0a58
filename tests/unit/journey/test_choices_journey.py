"""What a citizen asks of the screen for one visit, and the questions one by one in large type."""

from __future__ import annotations

import pytest
from playbook import play
from test_walk_journey import fill_in

from kiosk.journey.events import (
    AnswerChangeAsked,
    CalmChosen,
    CardLifted,
    KeypadUsed,
    LeaveConfirmed,
    LowerHalfChosen,
    Overlay,
    Pressed,
    TextSizeChosen,
    TimePassed,
)
from kiosk.journey.map import Outcome, Step

NEXT, BACK = Pressed(Outcome.NEXT), Pressed(Outcome.BACK)


@pytest.fixture
def filled(at_form):
    fill_in(at_form)
    assert at_form.step is Step.REVIEW
    return at_form


def asked(journey) -> list[tuple[str, ...]]:
    """Go on until nothing more is asked or something is missing; return what was on each screen."""
    seen = [journey.view().fields]
    while journey.step is Step.FORM_PAGE:
        play(journey, NEXT)
        if journey.view().problems or journey.step is not Step.FORM_PAGE:
            break
        seen.append(journey.view().fields)
    return seen


@pytest.mark.parametrize("choice", [TextSizeChosen(1.4), TextSizeChosen(1.6), LowerHalfChosen(wanted=True)])
def test_one_question_at_a_time_and_back_again(at_form, choice):
    together = at_form.view().fields
    assert len(together) > 1
    play(at_form, choice)
    screens = asked(at_form)
    assert screens[: len(together)] == [(name,) for name in together]
    for names in reversed(screens[:-1]):
        play(at_form, BACK)
        assert at_form.view().fields == names
    play(at_form, TextSizeChosen(1.0), LowerHalfChosen(wanted=False))
    assert at_form.view().fields == together
    assert at_form.view().question == 0


def test_only_the_question_on_the_screen_is_found_wanting(at_form):
    play(at_form, TextSizeChosen(1.6))
    asked(at_form)
    view = at_form.view()
    assert view.problems
    assert set(view.problems) <= set(view.fields)
    assert view.question > 1


def test_each_question_is_a_scene_of_its_own_to_focus_and_voice(at_form):
    play(at_form, TextSizeChosen(1.6))
    before = at_form.view()
    play(at_form, NEXT)
    after = at_form.view()
    assert after.page == before.page
    assert after.fields != before.fields
    assert after.where != before.where


def test_a_change_from_the_review_asks_that_question_alone(filled):
    play(filled, TextSizeChosen(1.6))
    name = filled.view().review_fields[-1]
    play(filled, AnswerChangeAsked(name))
    assert filled.view().fields == (name,)
    play(filled, NEXT)
    assert filled.step is Step.REVIEW


@pytest.mark.parametrize(("choice", "rows"), [(TextSizeChosen(1.6), 4), (LowerHalfChosen(wanted=True), 3)])
def test_the_review_turns_more_often_in_large_type(filled, choice, rows):
    play(filled, choice)
    turns = -(-len(filled.view().review_fields) // rows)
    assert filled.view().review_pages == turns
    for turn in range(turns):
        assert filled.view().review_page == turn
        play(filled, NEXT)
    assert filled.step is not Step.REVIEW


def test_a_larger_size_on_the_last_page_of_the_review_keeps_a_page_that_is_there(filled):
    play(filled, LowerHalfChosen(wanted=True))
    while filled.step is Step.REVIEW:
        before = filled.view().review_page
        play(filled, NEXT)
    play(filled, BACK)
    play(filled, LowerHalfChosen(wanted=False))
    view = filled.view()
    assert view.review_page <= before
    assert view.review_page == view.review_pages - 1
    assert view.review


def test_every_choice_ends_with_the_visit(at_form):
    play(at_form, LowerHalfChosen(wanted=True), CalmChosen(wanted=True), TextSizeChosen(1.6), KeypadUsed())
    assert at_form.view().lower
    assert at_form.view().calm
    play(at_form, LeaveConfirmed(), TimePassed(1001.0), TimePassed(1100.0), TimePassed(1200.0))
    view = at_form.view()
    if view.step is Step.TAKE_CARD:
        play(at_form, CardLifted(), TimePassed(1210.0), TimePassed(1230.0))
        view = at_form.view()
    assert view.step is Step.ATTRACT
    assert (view.lower, view.calm, view.text_size, view.by_keys) == (False, False, 1.0, False)


def test_choices_on_the_first_scene_are_forgotten_when_nobody_goes_on(journey):
    play(journey, LowerHalfChosen(wanted=True), CalmChosen(wanted=True), TimePassed(1030.0))
    assert journey.view().lower
    play(journey, TimePassed(1061.0))
    assert not journey.view().lower
    assert not journey.view().calm


def test_moving_the_focus_keeps_the_visit_and_the_warning(at_form):
    play(at_form, TimePassed(1091.0))
    assert at_form.view().overlay is Overlay.IDLE
    play(at_form, TimePassed(1111.0), KeypadUsed())
    assert at_form.view().overlay is Overlay.IDLE, "the warning waits for an answer"
    assert at_form.view().idle_left == 30
    play(at_form, TimePassed(1140.0))
    assert at_form.step is Step.FORM_PAGE
