"""A clock whose hands the test turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass
class TurnedClock:
    """Stands still until it is turned; `right` is whether its time can be right at all."""

    moment: datetime = datetime(2026, 11, 26, tzinfo=UTC)
    seconds: float = 0.0
    right: bool = True

    def now(self) -> datetime:
        """Tell the moment that was set."""
        return self.moment

    def ticks(self) -> float:
        """Count the seconds that were set."""
        return self.seconds

    def plausible(self) -> bool:
        """Whether the time can be right at all."""
        return self.right

    def trusted(self) -> bool:
        """Whether the time was compared with a time server."""
        return self.right
