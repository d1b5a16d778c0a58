"""The headphone jack of a sound card: its contact is a switch of the kernel's input layer, SW_HEADPHONE_INSERT.

Sound cards whose jack has no contact, the Raspberry Pi's own among them, do not offer this switch.
"""

from __future__ import annotations

import fcntl
import os
import selectors
import struct
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from drivers.errors import PanelFault

if TYPE_CHECKING:
    from collections.abc import Callable

# Numbers of the Linux headers input-event-codes and input.
EV_SW: Final = 0x05
SW_HEADPHONE_INSERT: Final = 0x02
_EVENT: Final = struct.Struct("@llHHi")  # struct input_event: time, type, code, value
_SWITCHES: Final = 8  # bytes of the answer to EVIOCGSW
EVIOCGSW: Final = 2 << 30 | _SWITCHES << 16 | ord("E") << 8 | 0x1B


def find_jack(name: str, inputs: Path = Path("/sys/class/input"), devices: Path = Path("/dev/input")) -> Path:
    """Return the event device whose name contains `name` and that has a headphone switch.

    Raises PanelFault, with a list of what is there, unless there is exactly one.
    """
    jacks = {path.name: _text(path / "device/name") for path in sorted(inputs.glob("event*")) if _has_switch(path)}
    fitting = [event for event, called in jacks.items() if name in called]
    if len(fitting) != 1:
        found = ", ".join(f"{called} ({event})" for event, called in jacks.items()) or "none"
        raise PanelFault(f"one headphone jack {name!r} was expected; there is: {found}")
    return devices / fitting[0]


def _has_switch(event: Path) -> bool:
    """Look into the bits of the device's switches: hexadecimal words, the lowest last."""
    words = _text(event / "device/capabilities/sw").split()
    return bool(words) and bool(int(words[-1], 16) >> SW_HEADPHONE_INSERT & 1)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


class HeadphoneJack:
    """Watches one jack in a thread of its own. A jack that goes away counts as empty: nothing private is said."""

    def __init__(self, device: Path) -> None:
        """Open the device; raises PanelFault."""
        try:
            self._file = os.open(device, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise PanelFault(f"{device}: {error.strerror}") from error
        self._plugged = _state(self._file)
        self._changed: Callable[[], None] = lambda: None
        self._ending, self._end = os.pipe()
        self._thread = Thread(target=self._watch, name="headphones", daemon=True)
        self._thread.start()

    def plugged(self) -> bool:
        """Tell whether headphones are in."""
        return self._plugged

    def when_changed(self, callback: Callable[[], None]) -> None:
        """Call back, in the jack's thread, each time they come or go."""
        self._changed = callback

    def close(self) -> None:
        """Stop watching."""
        os.write(self._end, b"x")
        self._thread.join()
        for each in (self._file, self._ending, self._end):
            os.close(each)

    def _watch(self) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._file, selectors.EVENT_READ)
            waiting.register(self._ending, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _ in waiting.select()}
                if self._ending in ready:
                    return
                if not self._take():
                    self._set(plugged=False)
                    return

    def _take(self) -> bool:
        """Take what the jack tells; False once it is gone."""
        try:
            told = os.read(self._file, _EVENT.size * 64)
        except BlockingIOError:
            return True
        except OSError:
            return False
        for _, _, kind, code, value in _EVENT.iter_unpack(told[: len(told) // _EVENT.size * _EVENT.size]):
            if (kind, code) == (EV_SW, SW_HEADPHONE_INSERT):
                self._set(plugged=bool(value))
        return bool(told)

    def _set(self, *, plugged: bool) -> None:
        if plugged != self._plugged:
            self._plugged = plugged
            self._changed()


def _state(file: int) -> bool:
    """Ask how the switch stands now; a device that does not say is taken for empty."""
    bits = bytearray(_SWITCHES)
    try:
        fcntl.ioctl(file, EVIOCGSW, bits)
    except OSError:
        return False
    return bool(bits[0] >> SW_HEADPHONE_INSERT & 1)
