"""What every reader can do."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from threading import Event

    from drivers.card.connection import CardConnection


class Presence(Enum):
    """Whether a card lies on the reader."""

    ABSENT = 0
    PRESENT = 1


class Reader(Protocol):
    """A reader on which at most one card lies."""

    name: str

    def presence(self) -> Presence:
        """Say whether a card lies on the reader now; raises ReaderLost."""
        ...

    def wait_for(self, presence: Presence, timeout: float, stop: Event) -> bool:
        """Wait up to `timeout` seconds for `presence`; False on time-out or when `stop` is set. Raises ReaderLost."""
        ...

    def connect(self) -> CardConnection:
        """Open the card exclusively; raises CardAbsent, CardBusy or ReaderLost."""
        ...
