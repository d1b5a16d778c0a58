"""WAV files: brought to one loudness, so that no voice and no language is softer than another."""

from __future__ import annotations

import io
import struct
import wave
from array import array
from math import sqrt
from operator import mul
from typing import Final

USUAL: Final = 0.1  # of full scale, root of the mean square: -20 dB
HIGHEST: Final = 0.9  # of full scale: nothing is ever clipped
_FULL: Final = 32767
_SILENT: Final = 32  # a wave that never goes beyond this is silence, and stays it
_DATA: Final = b"data"


def samples_of(wav: bytes) -> tuple[array[int], int]:
    """Return the samples of a WAV of one channel and 16 bit, and its rate in Hz; raises ValueError for another.

    A program that writes into a pipe cannot know the length: what the header says of it is not believed.
    """
    try:
        with wave.open(io.BytesIO(wav)) as opened:
            form = opened.getnchannels(), opened.getsampwidth()
            rate = opened.getframerate()
    except (wave.Error, EOFError, struct.error) as error:
        raise ValueError("no WAV") from error
    at = wav.find(_DATA, 12)
    if form != (1, 2) or at < 0:
        raise ValueError("one channel of 16 bit was expected")
    held = wav[at + 8 :]
    return array("h", held[: len(held) // 2 * 2]), rate


def wav_of(samples: array[int], rate: int) -> bytes:
    """Return samples of one channel and 16 bit as a WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(rate)
        opened.writeframes(samples.tobytes())
    return out.getvalue()


def loudness(samples: array[int]) -> tuple[float, float]:
    """Return root of the mean square and peak, both as a share of full scale."""
    if not samples:
        return 0.0, 0.0
    power = sum(map(mul, samples, samples)) / len(samples)
    return sqrt(power) / _FULL, max(abs(min(samples)), abs(max(samples))) / _FULL


def levelled(wav: bytes) -> bytes:
    """Return a WAV at the usual loudness, or as near as its peaks allow; raises ValueError for no such WAV."""
    samples, rate = samples_of(wav)
    usual, peak = loudness(samples)
    if peak * _FULL <= _SILENT:
        return wav_of(samples, rate)
    gain = min(USUAL / usual, HIGHEST / peak)
    return wav_of(array("h", (round(sample * gain) for sample in samples)), rate)
