"""The power button: the visit is wiped first, a card at work may finish; a screen that rests while nobody is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playbook import PREFILLED, TO_OFFER, play

from kiosk.journey.commands import Dim, Flush, ForgetTyping, GiveUp, OpenStaffMenu, PowerOff, ReadHolder
from kiosk.journey.events import (
    CardLifted,
    CellPressed,
    Opened,
    Overlay,
    Pressed,
    ServiceChanged,
    TimePassed,
    TroubleMet,
)
from kiosk.journey.journey import Journey
from kiosk.journey.map import Outcome, Step
from kiosk.journey.staff_events import PowerOffAsked, StaffMenuAsked
from kiosk.journey.troubles import Trouble


def kinds(commands: list) -> list[type]:
    return [type(command) for command in commands]


@pytest.mark.parametrize(("asked", "wanted"), [(StaffMenuAsked(), OpenStaffMenu), (PowerOffAsked(), PowerOff)])
def test_a_visit_is_wiped_before_anything_is_done(at_form: Journey, asked, wanted: type) -> None:
    assert at_form.view().answers["name"]
    commands = kinds(at_form.handle(asked))
    assert commands[-1] is wanted
    assert commands.index(ForgetTyping) < commands.index(wanted) > commands.index(Flush)
    view = at_form.view()
    assert (view.step, view.form, view.answers, view.receipt) == (Step.OUT_OF_SERVICE, None, {}, None)
    assert view.facts["reason"] == ("power" if wanted is PowerOff else "staff")


def test_a_password_half_typed_is_wiped_too(journey: Journey) -> None:
    play(journey, *PREFILLED, CellPressed(1), CellPressed(2))
    assert journey.view().cells == 2
    journey.handle(PowerOffAsked())
    assert journey.view().cells == 0


def test_a_card_at_work_finishes_first(journey: Journey) -> None:
    commands = play(journey, *PREFILLED, *[CellPressed(i) for i in range(4)], Pressed(Outcome.GIVEN))
    assert ReadHolder in kinds(commands)
    assert play(journey, PowerOffAsked(), TimePassed(1001.0)) == []
    assert journey.step is Step.PREFILL_READING
    journey.handle(TroubleMet(Trouble.CARD_REMOVED))
    assert kinds(journey.handle(TimePassed(1002.0)))[-1] is PowerOff
    assert journey.step is Step.OUT_OF_SERVICE


def test_a_card_that_never_answers_does_not_keep_the_machine_on(journey: Journey) -> None:
    play(journey, *PREFILLED, *[CellPressed(i) for i in range(4)], Pressed(Outcome.GIVEN), PowerOffAsked())
    assert play(journey, TimePassed(1020.0)) == []
    assert kinds(journey.handle(TimePassed(1031.0))) == [PowerOff, GiveUp]


def test_off_is_more_than_the_menu_and_each_is_done_once(journey: Journey) -> None:
    play(journey, *PREFILLED, *[CellPressed(i) for i in range(4)], Pressed(Outcome.GIVEN))
    play(journey, StaffMenuAsked(), PowerOffAsked(), StaffMenuAsked(), TroubleMet(Trouble.CARD_REMOVED))
    assert kinds(journey.handle(TimePassed(1002.0)))[-1] is PowerOff
    assert play(journey, TimePassed(1003.0), PowerOffAsked(), StaffMenuAsked()) == []


def test_nothing_opens_the_kiosk_again_while_it_goes_off(journey: Journey) -> None:
    play(journey, PowerOffAsked(), ServiceChanged(open=False, reason="reader"), ServiceChanged(open=True))
    assert (journey.step, journey.view().facts["reason"]) == (Step.OUT_OF_SERVICE, "power")


# ---- the resting screen -------------------------------------------------------------------------------------------


@pytest.fixture
def resting(rules) -> Journey:
    journey = Journey(replace(rules, dim_after=60.0, dims=True))
    journey.handle(TimePassed(1000.0))
    return journey


def test_the_screen_rests_and_wakes(resting: Journey) -> None:
    assert resting.handle(TimePassed(1059.0)) == []
    assert resting.handle(TimePassed(1060.0)) == [Dim(dimmed=True)]
    assert resting.handle(TimePassed(1061.0)) == []
    assert resting.handle(Opened(Overlay.SETTINGS)) == [Dim(dimmed=False)]
    assert resting.handle(TimePassed(1120.0)) == []
    assert resting.handle(TimePassed(1121.0)) == [Dim(dimmed=True)]
    assert resting.handle(Pressed(Outcome.START))[0] == Dim(dimmed=False)


def test_it_rests_outside_the_hours_too_and_never_in_a_visit(resting: Journey) -> None:
    play(resting, *TO_OFFER)
    assert Dim(dimmed=True) not in play(resting, TimePassed(1061.0), CardLifted(), TimePassed(1065.0))
    closed = Journey(replace(resting._walk.rules))
    play(closed, TimePassed(1000.0), ServiceChanged(open=False, reason="hours"))
    assert closed.handle(TimePassed(1061.0)) == [Dim(dimmed=True)]


def test_zero_seconds_means_never(journey: Journey) -> None:
    assert play(journey, TimePassed(5000.0), TimePassed(90000.0)) == []


def test_without_a_backlight_the_closed_scene_is_dark(journey: Journey, resting: Journey) -> None:
    for each in (journey, resting):
        each.handle(ServiceChanged(open=False, reason="hours"))
    assert (journey.view().theme, resting.view().theme) == ("dark", "light")
    journey.handle(ServiceChanged(open=False, reason="reader"))
    assert journey.view().theme == "light"
