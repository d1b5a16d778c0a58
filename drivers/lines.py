"""Lines of a GPIO chip through the kernel's character device (libgpiod 2): one object a line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

import gpiod
from gpiod.line import Bias, Direction, Edge, Value

OURS: Final = "madoguchi"  # what gpioinfo shows as the consumer
BOARD: Final = "pinctrl-"  # how the chips of a Raspberry Pi's header are labelled: pinctrl-bcm2711, pinctrl-bcm2835
PULLS: Final = {"up": Bias.PULL_UP, "down": Bias.PULL_DOWN, "floating": Bias.DISABLED}
EDGES: Final = {"both": Edge.BOTH, "rising": Edge.RISING, "falling": Edge.FALLING, "none": Edge.NONE}


class Line(Protocol):
    """One line of a chip. OSError when the kernel refuses: taken by another program, or unplugged."""

    def output(self, *, high: bool) -> None:
        """Drive it."""
        ...

    def input(self, pull: str, *, edges: str = "none", bounce: float = 0.0) -> None:
        """Read it; `bounce` are seconds in which a contact settles."""
        ...

    def read(self) -> bool:
        """Return whether it is high."""
        ...

    def write(self, *, high: bool) -> None:
        """Change what is driven."""
        ...

    def changes(self, seconds: float) -> list[tuple[float, bool]]:
        """Wait for changes: the monotonic time of each, and whether it went high."""
        ...

    def close(self) -> None:
        """Let it go; it is an input then."""
        ...


class ChipLine:
    """A line of a real chip; raises OSError."""

    def __init__(self, chip: Path, offset: int) -> None:
        self._offset = offset
        settings = gpiod.LineSettings(direction=Direction.INPUT)
        self._request = gpiod.request_lines(str(chip), {offset: settings}, consumer=OURS)

    def _configure(self, settings: gpiod.LineSettings) -> None:
        self._request.reconfigure_lines({self._offset: settings})

    def output(self, *, high: bool) -> None:
        """Drive it."""
        self._configure(gpiod.LineSettings(direction=Direction.OUTPUT, output_value=_value(high=high)))

    def input(self, pull: str, *, edges: str = "none", bounce: float = 0.0) -> None:
        """Read it."""
        wanted = gpiod.LineSettings(direction=Direction.INPUT, bias=PULLS[pull], edge_detection=EDGES[edges])
        wanted.debounce_period = timedelta(seconds=bounce if edges != "none" else 0)
        self._configure(wanted)

    def read(self) -> bool:
        """Return whether it is high."""
        return self._request.get_value(self._offset) is Value.ACTIVE

    def write(self, *, high: bool) -> None:
        """Change what is driven."""
        self._request.set_value(self._offset, _value(high=high))

    def changes(self, seconds: float) -> list[tuple[float, bool]]:
        """Wait for changes."""
        if not self._request.wait_edge_events(seconds):
            return []
        events = self._request.read_edge_events()
        return [(event.timestamp_ns / 1e9, event.event_type is event.Type.RISING_EDGE) for event in events]

    def close(self) -> None:
        """Let it go."""
        if self._request:
            self._configure(gpiod.LineSettings(direction=Direction.INPUT))
            self._request.release()


def _value(*, high: bool) -> Value:
    return Value.ACTIVE if high else Value.INACTIVE


def find_chip(label: str, devices: Path = Path("/dev")) -> Path:
    """Return the chip of that label, the board's own when it is empty; raises OSError naming those that are there."""
    there: dict[str, Path] = {}
    for path in sorted(devices.glob("gpiochip*")):
        if gpiod.is_gpiochip_device(str(path)):
            with gpiod.Chip(str(path)) as chip:
                there.setdefault(chip.get_info().label, path)
    for known, path in there.items():
        if known == label or (not label and known.startswith(BOARD)):
            return path
    raise OSError(f"no GPIO chip {label or BOARD + '*'!r}; there are: {', '.join(there) or 'none'}")
