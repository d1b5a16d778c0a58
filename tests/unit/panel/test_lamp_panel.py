"""The panel on mock pins, which the tests read and drive."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

import pytest

from drivers.errors import PanelAbsent, PanelFault
from drivers.panel import AMBER, COLOURS, DIM, SOUNDS, Lamp, Panel, Sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RED, GREEN, BLUE, BUZZER, HELP = 17, 27, 22, 18, 23


@pytest.fixture
def panel() -> Iterator[Panel]:
    panel = Panel("mock", lamp=(RED, GREEN, BLUE), buzzer=BUZZER, help_button=HELP)
    yield panel
    panel.close()


def colour(panel: Panel) -> tuple[float, ...]:
    return tuple(panel.pins.pin(pin).state for pin in (RED, GREEN, BLUE))


def until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not seen():
        assert time.monotonic() < end
        Event().wait(0.005)


def test_each_key_says_its_name() -> None:
    panel = Panel("mock", keys={"next": 5, "back": 6, "select": -1})
    heard: list[str] = []
    panel.when_key_pressed(heard.append)
    for pin in (6, 5):
        panel.pins.pin(pin).drive_low()
        until(lambda: len(heard) > 0)
        panel.pins.pin(pin).drive_high()
    until(lambda: heard == ["back", "next"])
    panel.close()


@pytest.mark.parametrize("lamp", [Lamp.WORKING, Lamp.DONE, Lamp.TROUBLE, Lamp.OFF])
def test_steady_lamp_has_its_colour(panel: Panel, lamp: Lamp) -> None:
    panel.set_lamp(Lamp.TAKE)
    panel.set_lamp(lamp)
    assert colour(panel) == COLOURS[lamp]
    assert panel.lamp is lamp


def test_every_colour_but_the_shared_amber_is_its_own() -> None:
    assert COLOURS[Lamp.WAITING] == COLOURS[Lamp.TAKE] == AMBER
    assert len(set(COLOURS.values())) == len(Lamp) - 1


def test_waiting_lamp_breathes_and_never_goes_dark(panel: Panel) -> None:
    panel.set_lamp(Lamp.WAITING)
    states = panel.pins.pin(RED).states
    until(lambda: len(states) > 6)
    seen = [state.state for state in states][1:]
    assert len(set(seen)) > 3
    assert min(seen) >= DIM * AMBER[0] - 0.001


def test_take_lamp_blinks(panel: Panel) -> None:
    panel.set_lamp(Lamp.TAKE)
    states = panel.pins.pin(RED).states
    until(lambda: len(states) >= 3)
    assert [state.state for state in states][1:3] == [AMBER[0], 0]


def test_a_running_pattern_is_not_started_again(panel: Panel) -> None:
    panel.set_lamp(Lamp.TAKE)
    until(lambda: len(panel.pins.pin(RED).states) == 2)
    panel.set_lamp(Lamp.TAKE)
    assert len(panel.pins.pin(RED).states) == 2


@pytest.mark.parametrize("sound", [Sound.CARD_SEEN, Sound.DONE])
def test_sound_sounds_its_number_of_times_and_stops(panel: Panel, sound: Sound) -> None:
    times = SOUNDS[sound][2]
    panel.play(sound)
    states = panel.pins.pin(BUZZER).states
    until(lambda: len(states) >= 1 + 2 * times)
    assert [bool(state.state) for state in states] == [False, *([True, False] * times)]


def test_every_sound_is_its_own_and_short() -> None:
    assert len(set(SOUNDS.values())) == len(SOUNDS) == len(Sound)
    assert all((on + off) * times <= 1.5 for on, off, times in SOUNDS.values())


def test_help_button_calls_back_at_each_press(panel: Panel) -> None:
    presses: list[float] = []
    panel.when_help_pressed(lambda: presses.append(time.monotonic()))
    for _ in range(2):
        panel.pins.pin(HELP).drive_low()
        panel.pins.pin(HELP).drive_high()
    assert len(presses) == 2


def test_absent_parts_are_silent() -> None:
    for panel in (Panel("none", lamp=(RED, GREEN, BLUE), buzzer=BUZZER, help_button=HELP), Panel("mock")):
        panel.set_lamp(Lamp.TROUBLE)
        panel.play(Sound.DONE)
        panel.when_help_pressed(lambda: None)
        assert panel.lamp is Lamp.TROUBLE
        panel.close()


def test_closing_switches_off_and_frees_the_pins() -> None:
    panel = Panel("mock", lamp=(RED, GREEN, BLUE), buzzer=BUZZER)
    red = panel.pins.pin(RED)
    panel.set_lamp(Lamp.TROUBLE)
    panel.close()
    panel.close()
    assert red.function == "input"


def test_two_panels_have_pins_of_their_own(panel: Panel) -> None:
    other = Panel("mock", lamp=(RED, GREEN, BLUE))
    other.set_lamp(Lamp.DONE)
    assert colour(panel) == COLOURS[Lamp.OFF]
    other.close()


def test_pins_that_the_machine_does_not_have_are_told_apart_from_wrong_wiring() -> None:
    with pytest.raises(PanelAbsent, match="nowhere"):
        Panel("gpiod", chip="nowhere", buzzer=18)
    with pytest.raises(PanelFault) as wrong:
        Panel("mock", buzzer=99)
    assert type(wrong.value) is PanelFault


@pytest.mark.parametrize(
    ("factory", "pins", "words"),
    [
        ("mock", {"lamp": (RED, RED, BLUE)}, "17"),
        ("mock", {"buzzer": 99}, "99"),
        ("pigpio", {}, "pigpio"),
    ],
)
def test_wrong_wiring_is_told(factory: str, pins: dict[str, object], words: str) -> None:
    with pytest.raises(PanelFault, match=words):
        Panel(factory, **pins)
