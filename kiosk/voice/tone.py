"""The one tone of the pads: it says that a key was reached or pressed, never which."""

from __future__ import annotations

from array import array
from functools import cache
from typing import Final

from kiosk.voice.waves import wav_of

_RATE: Final = 22050
_HZ, _SECONDS, _HIGH = 880, 0.06, 4000  # soft enough for headphones


@cache
def tone() -> bytes:
    """Return a short square wave as WAV."""
    period = _RATE // _HZ
    wave = (_HIGH if at % period < period // 2 else -_HIGH for at in range(int(_RATE * _SECONDS)))
    return wav_of(array("h", wave), _RATE)
