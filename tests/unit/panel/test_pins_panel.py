"""gpiozero's devices on our own pins, over lines in memory that behave as the kernel's."""

from __future__ import annotations

import time
from contextlib import ExitStack
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from gpiozero import RGBLED, Button, Buzzer
from gpiozero.exc import PinInvalidPull, PinPWMFixedValue, PinSetInput
from lines_in_memory import MemoryChip

from drivers.lines import find_chip
from drivers.pins import LineFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

RED, GREEN, BLUE, BUZZER, HELP = 17, 27, 22, 18, 23


@pytest.fixture
def chip() -> MemoryChip:
    return MemoryChip()


@pytest.fixture
def pins(chip: MemoryChip) -> Iterator[LineFactory]:
    factory = LineFactory(chip)
    yield factory
    factory.close()


@pytest.fixture
def fitted(pins: LineFactory) -> Iterator[Callable[..., Any]]:
    """Fits a device to pins, and takes it off before the pins go."""
    with ExitStack() as devices:
        yield lambda kind, *numbers, **more: devices.enter_context(kind(*numbers, pin_factory=pins, **more))


def until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not seen():
        assert time.monotonic() < end
        Event().wait(0.005)


def test_a_buzzer_drives_its_line(chip: MemoryChip, fitted: Callable[..., Any]) -> None:
    buzzer = fitted(Buzzer, BUZZER)
    assert chip.lines[BUZZER].driven == [False]  # low from the first moment
    buzzer.on()
    assert chip.lines[BUZZER].high
    buzzer.off()
    assert not chip.lines[BUZZER].high
    buzzer.beep(0.01, 0.01, n=2)
    until(lambda: chip.lines[BUZZER].driven[-4:] == [True, False, True, False])


def test_a_lamp_is_dimmed_by_switching_and_still_while_it_is_full_or_off(
    chip: MemoryChip, fitted: Callable[..., Any]
) -> None:
    lamp = fitted(RGBLED, RED, GREEN, BLUE)
    lamp.color = (1, 0.5, 0)
    assert lamp.color == (1, 0.5, 0)
    until(lambda: chip.lines[RED].high)
    until(lambda: chip.lines[GREEN].driven[-6:] in ([True, False] * 3, [False, True] * 3))
    lamp.color = (0, 0, 0)
    until(lambda: not any(chip.lines[pin].high for pin in (RED, GREEN, BLUE)))
    still = [len(chip.lines[pin].driven) for pin in (RED, GREEN, BLUE)]
    Event().wait(0.05)  # five periods
    assert [len(chip.lines[pin].driven) for pin in (RED, GREEN, BLUE)] == still


def test_a_lamp_breathes(chip: MemoryChip, fitted: Callable[..., Any]) -> None:
    lamp = fitted(RGBLED, RED, GREEN, BLUE)
    seen: set[float] = set()
    lamp.pulse(0.2, 0.2, on_color=(1, 0, 0), off_color=(0, 0, 0))
    until(lambda: seen.add(round(lamp.red, 2)) or len(seen) > 5)
    lamp.close()
    assert all(line.closed and not line.high for line in chip.lines.values())


def test_a_button_calls_when_it_is_pressed_and_let_go(chip: MemoryChip, fitted: Callable[..., Any]) -> None:
    button = fitted(Button, HELP, bounce_time=0.05)
    heard: list[str] = []
    button.when_pressed = lambda: heard.append("pressed")
    button.when_released = lambda: heard.append("released")
    line = chip.lines[HELP]
    assert (line.direction, line.pull, line.edges, line.bounce) == ("input", "up", "both", 0.05)
    assert not button.is_pressed
    line.drive(high=False)
    until(lambda: heard == ["pressed"])
    assert button.is_pressed
    line.drive(high=True)
    until(lambda: heard == ["pressed", "released"])


def test_a_closed_button_calls_nobody(chip: MemoryChip, fitted: Callable[..., Any]) -> None:
    button = fitted(Button, HELP)
    heard: list[str] = []
    button.when_pressed = lambda: heard.append("pressed")
    button.close()
    assert chip.lines[HELP].closed
    assert chip.lines[HELP].edges == "none"
    assert heard == []


def test_an_input_cannot_be_driven_or_dimmed(pins: LineFactory) -> None:
    pin = pins.pin(HELP)
    pin.input_with_pull("down")
    assert (pin.function, pin.pull) == ("input", "down")
    with pytest.raises(PinSetInput):
        pin.state = 1
    with pytest.raises(PinPWMFixedValue):
        pin.frequency = 100
    with pytest.raises(PinInvalidPull):
        pin.pull = "sideways"


def test_a_line_that_another_program_holds_is_an_error_of_the_system() -> None:
    factory = LineFactory(MemoryChip(taken=(BUZZER,)))
    with pytest.raises(OSError, match="busy"):
        Buzzer(BUZZER, pin_factory=factory)


def test_a_missing_chip_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "gpiochip0").write_bytes(b"")  # a file of that name is no chip
    with pytest.raises(OSError, match=r"no GPIO chip 'pinctrl-\*'; there are: none"):
        find_chip("", tmp_path)
    with pytest.raises(OSError, match=r"no GPIO chip '9030000\.pl061'"):
        find_chip("9030000.pl061", tmp_path)
