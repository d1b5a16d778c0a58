"""The table is complete: every step can get home, every waiting step ends, every trouble has a way on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.journey.commands import Play, Sound
from kiosk.journey.deadlines import DEADLINES, DEVICE_LIMITS, AtEnd
from kiosk.journey.diagram import document
from kiosk.journey.events import Dismissed, MoreTimeAsked, Overlay, TimePassed
from kiosk.journey.map import MAP, STAGES, Outcome, Step, stage_of
from kiosk.journey.troubles import WAYS_ON, Trouble, WayOn

ROOT = Path(__file__).parents[3]
ENDS_WITHOUT_CITIZEN = {Step.ATTRACT, Step.OUT_OF_SERVICE, Step.TAKE_CARD}


def _reachable(start: Step) -> set[Step]:
    found, open_steps = {start}, [start]
    while open_steps:
        for target in MAP[open_steps.pop()].values():
            if target not in found:
                found.add(target)
                open_steps.append(target)
    return found


def test_every_step_stands_in_every_table() -> None:
    assert set(MAP) == set(DEADLINES) == set(Step)


@pytest.mark.parametrize("step", Step)
def test_every_step_can_be_reached_and_can_get_home(step: Step) -> None:
    assert step in _reachable(Step.ATTRACT)
    assert Step.ATTRACT in _reachable(step)


@pytest.mark.parametrize("step", sorted(set(Step) - ENDS_WITHOUT_CITIZEN - set(DEVICE_LIMITS) - {Step.FAREWELL}))
def test_every_waiting_step_has_an_idle_exit(step: Step) -> None:
    assert DEADLINES[step].at_end is AtEnd.HOME
    assert {Outcome.LEAVE, Outcome.LEAVE_CARD} <= set(MAP[step])
    assert DEADLINES[step].count > 0


@pytest.mark.parametrize("step", [step for step in Step if DEADLINES[step].at_end is AtEnd.HOME])
def test_every_time_limit_is_announced_by_sound_and_screen_and_can_be_put_off(at_form, step) -> None:
    if step is Step.FAREWELL:
        return  # nothing is left to lose
    at_form._walk.session.step = step
    now = 1000.0
    for answer in (*[Dismissed()] * 20, *[MoreTimeAsked()] * 20):
        now += DEADLINES[step].warn * at_form._walk.session.time_factor
        asked = at_form.handle(TimePassed(now))
        assert Play(Sound.STILL_THERE) in asked
        assert (at_form.step, at_form.view().overlay) == (step, Overlay.IDLE)
        assert at_form.view().idle_left >= 20, "WCAG 2.2.1: twenty seconds to answer"
        at_form.handle(answer)
        assert (at_form.step, at_form.view().overlay) == (step, None)


@pytest.mark.parametrize("step", DEVICE_LIMITS)
def test_a_working_device_has_a_limit_instead(step: Step) -> None:
    assert DEADLINES[step].at_end is AtEnd.STAY
    assert 0 < DEVICE_LIMITS[step] <= 60


def test_leaving_always_leads_past_a_card_that_lies_there() -> None:
    for exits in MAP.values():
        assert exits.get(Outcome.LEAVE, Step.FAREWELL) is Step.FAREWELL
        assert exits.get(Outcome.LEAVE_CARD, Step.TAKE_CARD) is Step.TAKE_CARD


def test_every_trouble_has_a_way_on() -> None:
    assert set(WAYS_ON) == set(Trouble)
    assert MAP[Step.TROUBLE][Outcome.RETRY] is Step.REVIEW
    assert WAYS_ON[Trouble.CARD_REMOVED] is WayOn.AGAIN
    assert WAYS_ON[Trouble.LOCKED] is WayOn.END


def test_the_step_bar_never_goes_back_while_the_walk_goes_on() -> None:
    way = (Step.GUIDANCE, Step.PREFILL_OFFER, Step.FORM_PAGE, Step.REVIEW, Step.CONSENT, Step.SIGNING, Step.RECEIPT)
    assert [stage_of(step) for step in way] == [0, 1, 1, 2, 3, 3, 4]
    assert set(STAGES.values()) == {1, 2, 3, 4}


def test_the_drawing_is_the_table() -> None:
    assert (ROOT / "docs/journey.md").read_text(encoding="utf-8") == document()
