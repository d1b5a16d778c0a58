"""One bench for all readers: a reader under test, and the same verbs to move cards on it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Protocol

from drivers.readers.reader import Presence, Reader
from drivers.virtual.faults import Fault, FaultKind, When

if TYPE_CHECKING:
    from drivers.virtual.tray import Tray

PATIENTLY = 10.0  # seconds; a time limit for failing, never waited for


class Hand(Protocol):
    """What moves cards: VirtualTray does, and DirectHand."""

    def lay(self, persona: str) -> None: ...
    def lift(self) -> None: ...
    def swap(self, persona: str) -> None: ...
    def renew(self) -> None: ...
    def fault(self, kind: FaultKind, at: int | str = 1, when: When = When.MID, **more: float) -> None: ...
    def state(self) -> dict[str, object]: ...


class DirectHand:
    """Moves cards on a tray of this process."""

    def __init__(self, tray: Tray) -> None:
        self.tray = tray
        self.lay = self.swap = tray.lay
        self.lift = tray.lift
        self.renew = tray.renew
        self.state = tray.state

    def fault(self, kind: FaultKind, at: int | str = 1, when: When = When.MID, **more: float) -> None:
        self.tray.arm(Fault(kind, at, when, **more))


@dataclass
class Stand:
    """A reader and the hand above it."""

    reader: Reader
    hand: Hand

    def lay(self, persona: str) -> None:
        """Lay a card and wait until the reader has seen it."""
        self.hand.lay(persona)
        self.wait(Presence.PRESENT)

    def lift(self) -> None:
        """Lift the card and wait until the reader has seen it."""
        self.hand.lift()
        self.wait(Presence.ABSENT)

    def wait(self, presence: Presence) -> None:
        assert self.reader.wait_for(presence, PATIENTLY, Event())

    def open(self, persona: str):
        """Lay a card and open it."""
        self.lay(persona)
        return self.reader.connect()

    def count(self, what: str) -> int:
        """One of the laid card's own counters."""
        value = self.hand.state()[what]
        assert isinstance(value, int)
        return value
