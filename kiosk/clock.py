"""Time as the programs see it: passed in, so that tests can turn the hands, and honest about its own worth."""

from __future__ import annotations

import ctypes
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

BUILT = datetime(2026, 11, 24, tzinfo=UTC)  # no clock that is right can be before this; raised with each release
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")  # systemd-timesyncd touches it after each answer
STA_UNSYNC = 0x0040  # linux/timex.h
TIME_ERROR = 5


class Clock(Protocol):
    """The hands of the clock."""

    def now(self) -> datetime:
        """Tell the time of day, aware and in UTC."""
        ...

    def ticks(self) -> float:
        """Count seconds from some moment on; never jumps and never goes back."""
        ...

    def plausible(self) -> bool:
        """Whether the time can be right at all; nothing may be signed while it cannot."""
        ...

    def trusted(self) -> bool:
        """Whether the time is plausible and was compared with a time server."""
        ...


class SystemClock:
    """The machine's clock."""

    def __init__(self, built: datetime = BUILT, synchronised: Path = SYNCHRONISED) -> None:
        """Hold every time before `built` for wrong; `synchronised` exists once a time server has answered."""
        self._built = built
        self._synchronised = synchronised

    def now(self) -> datetime:
        """Tell the time of day, aware and in UTC."""
        return datetime.now(UTC)

    def ticks(self) -> float:
        """Count seconds from some moment on; never jumps and never goes back."""
        return time.monotonic()

    def plausible(self) -> bool:
        """Whether the time can be right at all: not before the programs were built."""
        return self.now() >= self._built

    def trusted(self) -> bool:
        """Whether the time is plausible and the kernel or systemd-timesyncd says it was compared with a server."""
        return self.plausible() and (kernel_synchronised() or self._synchronised.exists())


class _Timex(ctypes.Structure):
    """The beginning of struct timex (adjtimex(2)); the rest is room for what the kernel writes."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def kernel_synchronised() -> bool:
    """Ask the kernel whether someone keeps its clock right; False when it will not say (a sandbox may forbid it)."""
    timex = _Timex()  # modes 0: only read
    adjtimex = ctypes.CDLL(None).adjtimex
    adjtimex.argtypes = (ctypes.POINTER(_Timex),)
    adjtimex.restype = ctypes.c_int
    state = adjtimex(ctypes.byref(timex))
    return state not in {-1, TIME_ERROR} and not timex.status & STA_UNSYNC
