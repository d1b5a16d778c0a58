"""The one verb of a card: command bytes in, data and status word out."""

from __future__ import annotations

from typing import Protocol


class CardConnection(Protocol):
    """An open, exclusive line to one card; closing it powers the card down."""

    def transmit(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Send one command APDU; return the answer's data and its status word (e.g. 0x9000).

        Raises CardRemoved when the card went away and ReaderLost when the reader did. After either
        the line is dead: nothing may be sent on it again.
        """
        ...

    def close(self) -> None:
        """Power the card down and let it go; never raises."""
        ...
