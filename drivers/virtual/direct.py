"""The virtual card in the same process, without pcscd: for unit tests, and for machines that have no pcscd."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from drivers.errors import CardAbsent, CardBusy, CardRemoved
from drivers.readers.reader import Presence
from drivers.virtual.tray import Tray

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from drivers.card.connection import CardConnection

_STOP_POLL: Final = 0.05  # seconds; an Event and a Condition cannot be waited for together


class DirectReader:
    """A Reader whose card lies on a Tray of this process."""

    name: str

    def __init__(self, tray: Tray, name: str = "Direct virtual reader") -> None:
        """Read cards from `tray`, which also lays and lifts them."""
        self.name = name
        self.tray = tray
        self._open: DirectLine | None = None

    @classmethod
    def over(cls, directory: Path) -> DirectReader:
        """Make a reader over the card images in `directory`/cards."""
        return cls(Tray(directory))

    def lay(self, persona: str) -> None:
        """Lay a persona's card down."""
        self.tray.lay(persona)

    def lift(self) -> None:
        """Take the card away."""
        self.tray.lift()

    def presence(self) -> Presence:
        """Say whether a card lies here."""
        return Presence.PRESENT if self.tray.laid else Presence.ABSENT

    def wait_for(self, presence: Presence, timeout: float, stop: Event) -> bool:
        """Wait up to `timeout` seconds for `presence`; False on time-out or when `stop` is set."""
        ends = time.monotonic() + timeout
        with self.tray.changed:
            while self.presence() is not presence:
                left = ends - time.monotonic()
                if left <= 0 or stop.is_set():
                    return False
                self.tray.changed.wait(min(left, _STOP_POLL))
        return not stop.is_set()

    def connect(self) -> CardConnection:
        """Open the card exclusively; raises CardAbsent or CardBusy."""
        with self.tray.changed:
            card = self.tray.laid
            if card is None:
                raise CardAbsent
            if self._open is not None and self._open.usable:
                raise CardBusy
            card.power_on()
            self._open = DirectLine(self.tray)
            return self._open


class DirectLine:
    """A CardConnection to the card that lay on the tray when it was opened, and to no card laid later."""

    def __init__(self, tray: Tray) -> None:
        """Open the line; made by DirectReader."""
        self._tray = tray
        self._laying = tray.layings
        self._dead = False

    @property
    def usable(self) -> bool:
        """Whether this line still holds the card that lies there."""
        return not self._dead and self._tray.laid is not None and self._tray.layings == self._laying

    def transmit(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Send a command; raises CardRemoved, and from then on always."""
        if not self.usable:
            self._dead = True
            raise CardRemoved
        reply = self._tray.exchange(bytes(command))
        if reply.delay:
            time.sleep(reply.delay)
        answer = reply.answer
        if answer is None and not reply.lifts:
            self._wait_until_lifted()
        if answer is None or len(answer) < 2:
            self._dead = True
            raise CardRemoved
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def _wait_until_lifted(self) -> None:
        """A hanging card blocks its caller, as it does behind pcscd."""
        with self._tray.changed:
            self._tray.changed.wait_for(lambda: not self.usable)

    def close(self) -> None:
        """Power the card down and let it go."""
        with self._tray.changed:
            card = self._tray.laid
            if self.usable and card is not None:
                card.power_off()
            self._dead = True
