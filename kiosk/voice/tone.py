"""The one tone of the pads, which never says which key it was, and the beeps of a kiosk that has no buzzer."""

from __future__ import annotations

from array import array
from functools import cache
from typing import Final

from kiosk.voice.waves import wav_of

RATE: Final = 22050
_HZ, _SECONDS, _HIGH = 880, 0.06, 4000  # soft enough for headphones


@cache
def tone() -> bytes:
    """Return a short square wave as WAV."""
    return wav_of(_wave(_SECONDS), RATE)


@cache
def beeps(on: float, off: float, times: int) -> bytes:
    """Return what the buzzer would play, as WAV: seconds on, seconds off, how often."""
    pause = array("h", bytes(2 * int(RATE * off)))
    return wav_of((_wave(on) + pause) * times, RATE)


def _wave(seconds: float) -> array[int]:
    period = RATE // _HZ
    return array("h", (_HIGH if at % period < period // 2 else -_HIGH for at in range(int(RATE * seconds))))
