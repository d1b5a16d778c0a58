"""The journey's words reach the pins: the same lamps and sounds on both sides."""

from __future__ import annotations

import time

import pytest

from drivers import panel
from kiosk.journey import commands
from kiosk.panel import PanelOfJourney

RED, GREEN, BLUE, BUZZER = 17, 27, 22, 18


@pytest.fixture
def wired():
    made = panel.Panel("mock", lamp=(RED, GREEN, BLUE), buzzer=BUZZER)
    yield made
    made.close()


def test_both_sides_know_the_same_lamps_and_sounds() -> None:
    assert {lamp.value for lamp in commands.Lamp} == {lamp.value for lamp in panel.Lamp}
    assert {sound.value for sound in commands.Sound} == {sound.value for sound in panel.Sound}


def test_a_lamp_of_the_journey_lights_its_colour(wired: panel.Panel) -> None:
    PanelOfJourney(wired).show(commands.Lamp.TROUBLE)
    assert [wired.pins.pin(pin).state for pin in (RED, GREEN, BLUE)] == [1.0, 0, 0]
    PanelOfJourney(wired).show(commands.Lamp.OFF)
    assert wired.pins.pin(RED).state == 0


def test_a_sound_of_the_journey_reaches_the_buzzer(wired: panel.Panel) -> None:
    before = len(wired.pins.pin(BUZZER).states)
    PanelOfJourney(wired).sound(commands.Sound.CARD_SEEN)
    deadline = 100
    while len(wired.pins.pin(BUZZER).states) == before and deadline:
        deadline -= 1
        time.sleep(0.01)
    assert len(wired.pins.pin(BUZZER).states) > before
