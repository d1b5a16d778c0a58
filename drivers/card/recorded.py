"""A line that counts what passes, and can describe it without its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.card import apdu

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.card.connection import CardConnection


class CountingConnection:
    """A CardConnection around another: `apdus`, `bytes_out` and `bytes_in` (status words included)."""

    def __init__(self, line: CardConnection, trace: Callable[[str], None] | None = None) -> None:
        """Count on `line`; `trace` gets one masked line for each command that was answered."""
        self._line = line
        self._trace = trace
        self.apdus = 0
        self.bytes_out = 0
        self.bytes_in = 0

    def transmit(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Pass the very same buffer on; see CardConnection."""
        self.apdus += 1
        self.bytes_out += len(command)
        data, status = self._line.transmit(command)
        self.bytes_in += len(data) + 2
        if self._trace is not None:
            self._trace(apdu.describe(command, len(data), status))
        return data, status

    def close(self) -> None:
        """Close the line."""
        self._line.close()
