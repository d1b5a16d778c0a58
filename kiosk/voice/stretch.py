"""Speech faster or slower at the same pitch, by libsonic: the library that screen readers use for it."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Final

LIBRARY: Final = "libsonic.so.0"
_BYTES: Final = 2  # of one sample: 16 bit, one channel


class CannotStretch(Exception):
    """The library is not on this machine: Debian's package libsonic0."""

    def __init__(self) -> None:
        super().__init__(f"voice.on: {LIBRARY} was expected (Debian's package libsonic0)")


@cache
def _sonic() -> ctypes.CDLL:
    """Load the library; raises CannotStretch. Signatures: sonic.h of version 0.2."""
    try:
        sonic = ctypes.CDLL(LIBRARY)
    except OSError:
        raise CannotStretch from None
    stream, number = ctypes.c_void_p, ctypes.c_int
    sonic.sonicCreateStream.restype, sonic.sonicCreateStream.argtypes = stream, [number, number]
    sonic.sonicDestroyStream.restype, sonic.sonicDestroyStream.argtypes = None, [stream]
    sonic.sonicSetSpeed.restype, sonic.sonicSetSpeed.argtypes = None, [stream, ctypes.c_float]
    sonic.sonicWriteShortToStream.argtypes = [stream, ctypes.c_char_p, number]
    sonic.sonicReadShortFromStream.argtypes = [stream, ctypes.c_char_p, number]
    sonic.sonicFlushStream.argtypes = sonic.sonicSamplesAvailable.argtypes = [stream]
    return sonic


def ready() -> None:
    """Load the library now; raises CannotStretch."""
    _sonic()


def stretched(samples: bytes, speed: float, rate: int) -> bytes:
    """Return 16-bit samples of one channel said `speed` times as fast; `rate` in Hz. Raises CannotStretch."""
    if speed == 1.0 or not samples:
        return samples
    sonic = _sonic()
    stream = sonic.sonicCreateStream(rate, 1)
    if not stream:
        raise MemoryError
    try:
        sonic.sonicSetSpeed(stream, speed)
        done = sonic.sonicWriteShortToStream(stream, samples, len(samples) // _BYTES)
        if not done or not sonic.sonicFlushStream(stream):
            raise MemoryError
        count = sonic.sonicSamplesAvailable(stream)
        out = ctypes.create_string_buffer(count * _BYTES)
        read = sonic.sonicReadShortFromStream(stream, out, count)
        return out.raw[: read * _BYTES]
    finally:
        sonic.sonicDestroyStream(stream)
