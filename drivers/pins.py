"""gpiozero's pins on lines of the kernel's character device.

gpiozero brings a factory for lgpio, which Debian does not have, and which reads /proc/cpuinfo, which the kiosk's
sandbox does not show. This one needs libgpiod only. Lamps are dimmed by switching the line a hundred times a second.
"""

from __future__ import annotations

import time
from threading import Event, Thread, current_thread
from typing import TYPE_CHECKING, Any, Final

from gpiozero.exc import PinInvalidPull, PinPWMFixedValue, PinSetInput
from gpiozero.pins.pi import PiFactory, PiPin

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.lines import Line

# Which pins are on the header: the same on every board with forty. Raspberry Pi's revision code of a 4 B.
HEADER_OF: Final = 0xA03111
LOOK: Final = 0.5  # seconds between two looks whether a pin is to stop


class LinePin(PiPin):
    """A pin; `factory.line` opens its line."""

    def __init__(self, factory: LineFactory, info: Any) -> None:
        super().__init__(factory, info)  # type: ignore[no-untyped-call]  # gpiozero has no types
        self._line: Line = factory.line(self._number)
        self._function, self._pull, self._bounce, self._edges = "input", "floating", 0.0, "both"
        self._dimmer: Dimmer | None = None
        self._watching: Watcher | None = None

    def close(self) -> None:
        """Stop what runs and let the line go."""
        self._set_frequency(None)
        self._disable_event_detect()
        self._line.close()

    def _get_function(self) -> str:
        return self._function

    def _set_function(self, value: str) -> None:
        if value == "output":
            self.output_with_state(False)  # noqa: FBT003 - gpiozero's own signature
        else:
            self.input_with_pull("floating")

    def output_with_state(self, state: float) -> None:
        """Drive the pin, from the first moment as wanted."""
        self._disable_event_detect()
        self._line.output(high=bool(state))
        self._function = "output"

    def input_with_pull(self, pull: str) -> None:
        """Read the pin."""
        if pull not in {"up", "down", "floating"}:
            raise PinInvalidPull(f"invalid pull {pull!r} for {self!r}")
        self._set_frequency(None)
        self._function, self._pull = "input", pull
        self._listen()

    def _get_state(self) -> float:
        return self._dimmer.share if self._dimmer else float(self._line.read())

    def _set_state(self, value: float) -> None:
        if self._function != "output":
            raise PinSetInput(f"{self!r} is an input")
        if self._dimmer:
            self._dimmer.dim(value)
        else:
            self._line.write(high=bool(value))

    def _get_pull(self) -> str:
        return self._pull

    def _set_pull(self, value: str) -> None:
        self.input_with_pull(value)

    def _get_frequency(self) -> float | None:
        return self._dimmer.frequency if self._dimmer else None

    def _set_frequency(self, value: float | None) -> None:
        if self._dimmer:
            self._dimmer.stop()
            self._dimmer = None
        if value:
            if self._function != "output":
                raise PinPWMFixedValue(f"{self!r} is an input")
            self._dimmer = Dimmer(self._line, value)

    def _get_bounce(self) -> float | None:
        return self._bounce or None

    def _set_bounce(self, value: float | None) -> None:
        self._bounce = value or 0.0
        self._listen()

    def _get_edges(self) -> str:
        return self._edges

    def _set_edges(self, value: str) -> None:
        self._edges = value
        self._listen()

    def _listen(self) -> None:
        """Tell the line what to listen for: edges only while somebody is to be called."""
        if self._function == "input":
            edges = self._edges if self._watching else "none"
            self._line.input(self._pull, edges=edges, bounce=self._bounce)

    def _enable_event_detect(self) -> None:
        self._watching = Watcher(self._line, self._call_when_changed)
        self._listen()
        self._watching.start()

    def _disable_event_detect(self) -> None:
        watching, self._watching = self._watching, None
        if watching:
            watching.stop()
            self._listen()


class LineFactory(PiFactory):
    """Pins by their BCM numbers; `line` opens the line of a number and raises OSError."""

    def __init__(self, line: Callable[[int], Line]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # gpiozero has no types
        self.line = line
        self.pin_class = LinePin

    def _get_revision(self) -> int:
        return HEADER_OF

    @staticmethod
    def ticks() -> float:
        """Seconds, as the kernel stamps changes."""
        return time.monotonic()

    @staticmethod
    def ticks_diff(later: float, earlier: float) -> float:
        """Seconds between two of them."""
        return max(0.0, later - earlier)


class Dimmer:
    """Switches a line so often that a lamp looks dim; asleep while it is simply on or off."""

    def __init__(self, line: Line, frequency: float) -> None:
        self.frequency, self.share = frequency, 0.0
        self._line, self._changed, self._ended = line, Event(), Event()
        self._thread = Thread(target=self._run, name="dimmer", daemon=True)
        self._thread.start()

    def dim(self, share: float) -> None:
        """Be on for this share of the time, 0 to 1."""
        self.share = share
        self._changed.set()

    def stop(self) -> None:
        """End, with the line low."""
        self._ended.set()
        self._changed.set()
        self._thread.join()
        self._line.write(high=False)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._changed.clear()
            share, period = self.share, 1 / self.frequency
            if share in {0.0, 1.0}:
                self._line.write(high=bool(share))
                self._changed.wait()
                continue
            self._line.write(high=True)
            self._changed.wait(share * period)
            self._line.write(high=False)
            self._changed.wait((1 - share) * period)


class Watcher:
    """Calls back, in a thread of its own, when a line changes."""

    def __init__(self, line: Line, call: Callable[[float, bool], None]) -> None:
        self._line, self._call, self._ended = line, call, Event()
        self._thread = Thread(target=self._run, name="pin", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; a call that is under way is waited for, unless it is the one that stops."""
        self._ended.set()
        if self._thread.ident is not None and current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            for ticks, high in self._line.changes(LOOK):
                self._call(ticks, high)
