"""The card's side of QEMU's VSCARD protocol: the virtual card in a USB reader (usb-ccid) of an emulated machine.

TCP; a message is type, reader and length, 32-bit big-endian each, and that many bytes. The card's side connects, says
Init, adds the reader, and lays the card down by its ATR; a command and its answer are both of type APDU. What the
machine's reader does to the card's power is not told: only laying it down anew resets the card.
"""

from __future__ import annotations

import socket
import struct
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from drivers.virtual.vpcd import LinkClosed

if TYPE_CHECKING:
    from drivers.virtual.card import VirtualCard

_HEAD: Final = struct.Struct(">III")
_INIT: Final = b"VSCD" + struct.pack(">II", 2, 0)  # magic, version 0.0.2, no capabilities
_READER: Final = 0
_CHUNK: Final = 65536


class Message(IntEnum):
    """The types that are used here (libcacard's vscard_common.h)."""

    INIT = 1
    READER_ADD = 3
    ATR = 5
    CARD_REMOVE = 6
    APDU = 7


class VscardLink:
    """A connection to QEMU's reader, with a card on it; the reader stays plugged in when it ends."""

    def __init__(self, port: int, card: VirtualCard) -> None:
        """Connect to the chardev that listens on loopback and lay the card down; raises OSError while none does."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=1.0)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._waiting = bytearray()
        card.power_on()
        for kind, body in ((Message.INIT, _INIT), (Message.READER_ADD, b""), (Message.ATR, card.atr)):
            self._say(kind, body)

    def receive(self) -> list[bytes]:
        """Take what has arrived and return the commands that are complete; raises LinkClosed."""
        try:
            data = self.socket.recv(_CHUNK)
        except ConnectionError as error:
            raise LinkClosed from error
        if not data:
            raise LinkClosed
        self._waiting += data
        return [body for kind, body in iter(self._next_message, None) if kind == Message.APDU]

    def _next_message(self) -> tuple[int, bytes] | None:
        if len(self._waiting) < _HEAD.size:
            return None
        kind, _, length = _HEAD.unpack_from(self._waiting)
        end = _HEAD.size + length
        if len(self._waiting) < end:
            return None
        body = bytes(self._waiting[_HEAD.size : end])
        del self._waiting[:end]
        return kind, body

    def send(self, payload: bytes) -> None:
        """Answer a command; raises LinkClosed."""
        self._say(Message.APDU, payload)

    def _say(self, kind: Message, body: bytes) -> None:
        try:
            self.socket.sendall(_HEAD.pack(kind, _READER, len(body)) + body)
        except OSError as error:
            self.socket.close()
            raise LinkClosed from error

    def close(self) -> None:
        """Lift the card and hang up."""
        try:
            self._say(Message.CARD_REMOVE, b"")
        except LinkClosed:
            return  # the machine is gone, and its reader with it
        finally:
            self.socket.close()
