"""What the levels of pace and volume mean; where a visit begins is set in the configuration."""

from __future__ import annotations

from typing import Final

# Times as fast as the voice was made. People who always listen go far beyond what others can follow.
PACES: Final = (0.7, 0.85, 1.0, 1.3, 1.7)
STEP_DB: Final = 5.0  # each level of the volume; the highest is the limit of where it is heard


def speed_of(pace: int) -> float:
    """Return how many times as fast a level of the pace is; levels count from 1."""
    return PACES[max(0, min(len(PACES) - 1, pace - 1))]


def gain_of(volume: int, limit: float) -> float:
    """Return the share of full scale for a level of the volume, never above `limit`."""
    below = max(0, len(PACES) - volume)
    return limit * 10 ** (-STEP_DB * below / 20)
