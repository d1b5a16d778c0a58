"""The panel around the screen: lamp, buzzer, help button, and the power button inside the case, on gpiozero.

Patterns run in gpiozero's own background threads; nothing here waits.
"""

from __future__ import annotations

import time
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gpiozero.exc import GPIOZeroError
from gpiozero.input_devices import Button
from gpiozero.output_devices import RGBLED, Buzzer
from gpiozero.pins.mock import MockFactory, MockPWMPin

from drivers.errors import PanelAbsent, PanelFault
from drivers.lines import ChipLine, find_chip
from drivers.pins import LineFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Colour = tuple[float, float, float]  # red, green, blue: share of full current, 0 to 1

NO_PIN: Final = -1
HALF_BREATH: Final = 0.8  # seconds up, and down again: the period of the ring in the picture
BLINK: Final = 0.4  # seconds on, and off
DIM: Final = 0.08  # of the colour: a breathing lamp never goes dark
MENU_HOLD: Final = 3.0  # seconds that the power button is held for the staff's menu
OFF_HOLD: Final = 8.0  # seconds that it is held to switch off
BOUNCE: Final = 0.05  # seconds in which a pressed button's contact settles


class Lamp(StrEnum):
    """What the lamp says."""

    OFF = "off"
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    TAKE = "take"
    TROUBLE = "trouble"


class Sound(StrEnum):
    """What the buzzer says."""

    CARD_SEEN = "card-seen"
    DONE = "done"
    TROUBLE = "trouble"
    TAKE_CARD = "take-card"
    STILL_THERE = "still-there"


AMBER: Final[Colour] = (1.0, 0.45, 0.02)
COLOURS: Final[dict[Lamp, Colour]] = {
    Lamp.OFF: (0, 0, 0),
    Lamp.WAITING: AMBER,
    Lamp.WORKING: (0.05, 0.12, 1.0),
    Lamp.DONE: (0, 1.0, 0.2),
    Lamp.TAKE: AMBER,
    Lamp.TROUBLE: (1.0, 0, 0),
}
SOUNDS: Final[dict[Sound, tuple[float, float, int]]] = {  # seconds on, seconds off, times
    Sound.CARD_SEEN: (0.06, 0.06, 1),
    Sound.DONE: (0.08, 0.08, 2),
    Sound.TROUBLE: (0.4, 0.2, 2),
    Sound.TAKE_CARD: (0.15, 0.15, 4),
    Sound.STILL_THERE: (0.1, 0.3, 2),
}


class Panel:
    """What is wired to the given pins (BCM numbers; -1 is not there).

    `factory` is "gpiod" for the board's pins (or those of the chip with the label `chip`), "mock" for pins that exist
    in `pins` only and can be driven there, "none" for no panel at all. Raises PanelFault when something cannot be set
    up, and of these PanelAbsent when the machine does not have the pins.
    """

    def __init__(
        self,
        factory: str,
        *,
        lamp: tuple[int, int, int] = (NO_PIN, NO_PIN, NO_PIN),
        buzzer: int = NO_PIN,
        help_button: int = NO_PIN,
        keys: Mapping[str, int] | None = None,
        headphones: int = NO_PIN,
        power_button: int = NO_PIN,
        holds: tuple[float, float] = (MENU_HOLD, OFF_HOLD),
        chip: str = "",
    ) -> None:
        self.lamp = Lamp.OFF
        self.pins: Any = _pin_factory(factory, chip)
        self._devices: list[Any] = []
        self._keys: dict[str, Any] = {}
        self._jack: Any = None
        self._holds = holds
        self._power_since = 0.0
        try:
            self._led = self._device(RGBLED, *lamp)
            self._buzzer = self._device(Buzzer, buzzer)
            self._button = self._device(Button, help_button, bounce_time=BOUNCE)
            self._jack = self._device(Button, headphones)
            self._power = self._device(Button, power_button, bounce_time=BOUNCE, hold_time=holds[1])
            self._keys = {name: self._device(Button, pin, bounce_time=BOUNCE) for name, pin in (keys or {}).items()}
        except (GPIOZeroError, OSError) as error:
            self.close()
            kind = PanelAbsent if isinstance(error, OSError) else PanelFault
            raise kind(f"{type(error).__name__}: {error}") from error

    def set_lamp(self, lamp: Lamp) -> None:
        """Show the lamp; a pattern that is already running goes on undisturbed."""
        if lamp is self.lamp:
            return
        self.lamp = lamp
        if self._led is None:
            return
        colour = COLOURS[lamp]
        if lamp is Lamp.WAITING:
            dim = tuple(DIM * part for part in colour)
            self._led.pulse(HALF_BREATH, HALF_BREATH, on_color=colour, off_color=dim)
        elif lamp is Lamp.TAKE:
            self._led.blink(BLINK, BLINK, on_color=colour)
        else:
            self._led.color = colour

    @property
    def has_buzzer(self) -> bool:
        """Tell whether sounds can be heard."""
        return self._buzzer is not None

    def play(self, sound: Sound) -> None:
        """Play a sound, instead of one that is still playing."""
        if self._buzzer is not None:
            on, off, times = SOUNDS[sound]
            self._buzzer.beep(on, off, n=times)

    def plugged(self) -> bool:
        """Tell whether headphones are in: the jack's contact is closed."""
        return bool(self._jack is not None and self._jack.is_pressed)

    def when_changed(self, callback: Callable[[], None]) -> None:
        """Call back, in gpiozero's thread, each time headphones come or go."""
        if self._jack is not None:
            self._jack.when_pressed = self._jack.when_released = callback

    def plug(self, *, inside: bool) -> None:
        """Close or open the jack's contact; on mock pins only, for whoever plays the world."""
        if self._jack is not None and isinstance(self.pins, MockFactory):
            drive = self._jack.pin.drive_low if inside else self._jack.pin.drive_high
            drive()

    def when_help_pressed(self, callback: Callable[[], None]) -> None:
        """Call back, in gpiozero's thread, each time the help button is pressed."""
        if self._button is not None:
            self._button.when_pressed = callback

    def when_power_held(self, menu: Callable[[], None], off: Callable[[], None]) -> None:
        """Call `menu`, in gpiozero's thread, when the button was held for a while, `off` while it is held longer."""
        if self._power is None:
            return

        def begun() -> None:
            self._power_since = time.monotonic()

        def released() -> None:
            if self._holds[0] <= time.monotonic() - self._power_since < self._holds[1]:
                menu()

        self._power.when_pressed = begun
        self._power.when_released = released
        self._power.when_held = off

    @property
    def parts(self) -> dict[str, bool]:
        """What is fitted, by name."""
        return {
            "lamp": self._led is not None,
            "buzzer": self._buzzer is not None,
            "button": self._button is not None,
            "power": self._power is not None,
            "keys": any(button is not None for button in self._keys.values()),
            "headphones": self._jack is not None,
        }

    def light(self, colour: Colour) -> None:
        """Show one plain colour, for whoever looks whether the lamp can."""
        self.lamp = Lamp.OFF
        if self._led is not None:
            self._led.color = colour

    def when_key_pressed(self, callback: Callable[[str], None]) -> None:
        """Call back, in gpiozero's thread, with the name of each key that is pressed."""
        for name, button in self._keys.items():
            if button is not None:
                button.when_pressed = partial(callback, name)

    def close(self) -> None:
        """Switch everything off and let the pins go."""
        while self._devices:
            self._devices.pop().close()
        if self.pins is not None:
            self.pins.close()
        self._led = self._buzzer = self._button = self._power = None
        self._keys = {}
        self._jack = None

    def _device(self, kind: Callable[..., Any], *pins: int, **wiring: float) -> Any:
        if self.pins is None or NO_PIN in pins:
            return None
        device = kind(*pins, pin_factory=self.pins, **wiring)
        self._devices.append(device)
        return device


def _pin_factory(kind: str, chip: str) -> Any:
    """Make a pin factory of our own: the global one guesses what it runs on."""
    if kind == "none":
        return None
    if kind == "mock":
        mock: Callable[..., Any] = MockFactory  # typed, so that it may be called
        return mock(pin_class=MockPWMPin)
    if kind != "gpiod":
        raise PanelFault(f"there is no pin factory {kind!r}")
    try:
        return LineFactory(partial(ChipLine, find_chip(chip)))
    except OSError as error:
        raise PanelAbsent(str(error)) from error
