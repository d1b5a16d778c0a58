"""A new catalogue is offered between citizens only; whoever has begun finishes with the form they began with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from playbook import TO_OFFER, play

from kiosk.journey.events import FormChosen, FormsPublished, LeaveConfirmed, Pressed, ServiceChanged, TimePassed
from kiosk.journey.map import Outcome, Step

if TYPE_CHECKING:
    from kiosk.journey.journey import Journey


def renewed(journey: Journey, serial: int) -> FormsPublished:
    """The same forms, published anew with other digests."""
    forms = journey.view().forms
    return FormsPublished(tuple(replace(form, sha256=f"{serial:064d}") for form in forms), serial)


def digests(journey: Journey) -> set[str]:
    return {form.sha256 for form in journey.view().forms}


def test_nobody_there_takes_it_up_at_once(journey):
    event = renewed(journey, 7)
    play(journey, event)
    assert digests(journey) == {f"{7:064d}"}
    play(journey, *TO_OFFER)
    assert journey.view().form.sha256 == f"{7:064d}"


def test_a_visit_keeps_its_form_and_its_catalogue(journey):
    play(journey, renewed(journey, 7), *TO_OFFER, Pressed(Outcome.BY_HAND))
    assert journey.step is Step.FORM_PAGE
    play(journey, renewed(journey, 8))
    assert digests(journey) == {f"{7:064d}"}
    draft = journey._walk.draft()
    assert (draft.form.sha256, draft.catalogue_serial) == (f"{7:064d}", 7)
    play(journey, LeaveConfirmed())
    play(journey, TimePassed(2000.0), TimePassed(2100.0))
    assert journey.step is Step.ATTRACT
    assert digests(journey) == {f"{8:064d}"}


def test_the_latest_of_several_is_offered_next(journey):
    play(journey, Pressed(Outcome.START), renewed(journey, 7), renewed(journey, 8), Pressed(Outcome.BACK))
    assert (journey.step, digests(journey)) == (Step.ATTRACT, {f"{8:064d}"})


def test_a_form_that_is_no_longer_offered_cannot_be_chosen(journey):
    form = journey.view().forms[0]
    others = tuple(replace(form, id="other") for _ in range(1))
    play(journey, FormsPublished(others, 7), Pressed(Outcome.START), FormChosen(form.id))
    assert journey.step is Step.CHOOSE_FORM
    play(journey, FormChosen("other"))
    assert journey.step is Step.GUIDANCE


def test_it_is_taken_up_while_the_kiosk_is_closed_for_want_of_it(journey):
    play(journey, ServiceChanged(open=False, reason="catalogue"))
    assert (journey.step, journey.view().facts["reason"]) == (Step.OUT_OF_SERVICE, "catalogue")
    play(journey, renewed(journey, 7), ServiceChanged(open=True))
    assert (journey.step, digests(journey)) == (Step.ATTRACT, {f"{7:064d}"})
