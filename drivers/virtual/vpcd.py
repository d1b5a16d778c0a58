"""The card's side of vpcd's protocol: the virtual card as pcscd's driver sees it.

TCP; every message, both ways, is a 16-bit big-endian length and that many bytes. To connect is to be laid on the
reader, to disconnect is to be lifted. A message of one byte is an order of the reader's; only ATR is answered.
"""

from __future__ import annotations

import socket
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from drivers.virtual.card import VirtualCard

_LENGTH_BYTES: Final = 2
_CHUNK: Final = 65536


class Order(IntEnum):
    """The reader's orders; pcscd polls for presence by asking for the ATR every 0.4 seconds."""

    POWER_OFF = 0
    POWER_ON = 1
    RESET = 2
    ATR = 4


class LinkClosed(ConnectionError):
    """The reader's side is gone."""


class VpcdLink:
    """A connection to vpcd; having one means that a card lies on its reader."""

    def __init__(self, port: int) -> None:
        """Connect to the vpcd that listens on loopback; raises OSError while none does."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=1.0)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._waiting = bytearray()
        self._acknowledge_at_once()

    def _acknowledge_at_once(self) -> None:
        """Debian's vpcd sends length and payload apart with Nagle on: a delayed ACK costs 40 ms for every command.

        The option does not last, it is set again before every recv.
        """
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def receive(self) -> list[bytes]:
        """Take what has arrived and return the messages that are complete; raises LinkClosed."""
        self._acknowledge_at_once()
        try:
            data = self.socket.recv(_CHUNK)
        except ConnectionError as error:
            raise LinkClosed from error
        if not data:
            raise LinkClosed
        self._waiting += data
        self._acknowledge_at_once()
        return list(iter(self._next_message, None))

    def _next_message(self) -> bytes | None:
        end = _LENGTH_BYTES + int.from_bytes(self._waiting[:_LENGTH_BYTES], "big")
        if len(self._waiting) < _LENGTH_BYTES or len(self._waiting) < end:
            return None
        message = bytes(self._waiting[_LENGTH_BYTES:end])
        del self._waiting[:end]
        return message

    def send(self, payload: bytes) -> None:
        """Answer; raises LinkClosed. An empty answer cannot be expressed: the driver would wait for ever."""
        if not payload:
            raise ValueError("vpcd knows no empty answer")
        try:
            self.socket.sendall(len(payload).to_bytes(_LENGTH_BYTES, "big") + payload)
        except OSError as error:
            raise LinkClosed from error

    def close(self) -> None:
        """Leave the reader."""
        self.socket.close()


def obey(card: VirtualCard, order: int) -> bytes | None:
    """Carry out an order of the reader's; return what is to be answered, None for nothing."""
    if order == Order.ATR:
        return card.atr
    if order == Order.POWER_ON:
        card.power_on()
    elif order == Order.POWER_OFF:
        card.power_off()
    elif order == Order.RESET:
        card.reset()
    return None
