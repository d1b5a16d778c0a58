"""A contactless Type B card over UDP, the way nfcpy's loopback driver speaks: the card's side of ISO/IEC 14443-4."""

from __future__ import annotations

import socket
import time
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.virtual.tray import Reply, Tray

SENSE, ATTRIB = 0x05, 0x1D
FSC_INDEX, FWT_INDEX = 4, 9  # we take blocks of 48 bytes, and answer within 155 ms or ask for more
FRAME_WAIT = 4096 / 13.56e6 * 2**FWT_INDEX
ATQB = bytes.fromhex("50 11223344 00000000 00") + bytes(((FSC_INDEX << 4) | 1, FWT_INDEX << 4))
FRAME_SIZES = {8: 256, 7: 128}
CHAINING = 0x10
WTX = 0xF2


def _socket_nfcpy_can_name() -> tuple[socket.socket, int]:
    """Bind to a free port; nfcpy's driver fails on one that has a name in /etc/services (60179 is "fido")."""
    while True:
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.bind(("127.0.0.1", 0))
        _, name = socket.getnameinfo(bound.getsockname(), socket.NI_NUMERICHOST)
        if name.isdecimal():
            return bound, int(name)
        bound.close()


class UdpCard:
    """Answers at 127.0.0.1:`port` for whatever card lies on the tray."""

    def __init__(self, tray: Tray) -> None:
        self._tray = tray
        self._socket, self.port = _socket_nfcpy_can_name()
        self.granted = 0
        self._peer = ("127.0.0.1", 0)
        self._command = bytearray()
        self._answer: Iterator[bytes] = iter(())
        self._last = b""
        self._frame = self._laying = 0
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._socket.sendto(b"END", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while (message := self._receive()) != b"END":
            if message == b"RFOFF":
                self._power_off()
            elif self._tray.laid is not None and self._activated(message):
                self._take(bytes.fromhex(message.split()[1].decode()))

    def _activated(self, message: bytes) -> bool:
        """A card that was just laid down knows of no blocks before it is found and activated."""
        if message.startswith((b"106B 05", b"106B 1d")):
            self._laying = self._tray.layings
        return self._laying == self._tray.layings

    def _receive(self) -> bytes:
        message, self._peer = self._socket.recvfrom(2048)
        return message

    def _send(self, block: bytes) -> None:
        self._socket.sendto(b"106B " + block.hex().encode(), self._peer)

    def _power_off(self) -> None:
        self._answer = iter(())
        self._last = b""
        if self._tray.laid is not None:
            self._tray.laid.power_off()

    def _take(self, block: bytes) -> None:
        kind, number = block[0], block[0] & 1
        if kind == SENSE:
            self._send(ATQB)
        elif kind == ATTRIB:
            self._frame = FRAME_SIZES[block[6] & 0x0F]
            self._command.clear()
            self._last = b""
            self._send(b"\0")
        elif kind & 0xE2 == 0x02:
            self._take_command(block, number)
        elif kind & 0xF6 == 0xB2:  # R(NAK): the last block again, or "not got it"
            mine = self._last and self._last[0] & 1 == number
            self._send(self._last if mine else bytes((0xA2 | (number ^ 1),)))
        elif kind & 0xF6 == 0xA2:  # R(ACK): the next piece, or the last one again
            self._send_piece(number)

    def _take_command(self, block: bytes, number: int) -> None:
        self._command += block[1:]
        if block[0] & CHAINING:
            self._last = bytes((0xA2 | number,))
            self._send(self._last)
            return
        command = bytes(self._command)
        self._command.clear()
        reply = self._tray.exchange(command)
        if reply.answer is not None:
            self._delay(reply)
            self._answer = self._pieces(reply.answer)
            self._send_piece(number)

    def _delay(self, reply: Reply) -> None:
        if reply.delay:
            self._ask_for_time(int(reply.delay / FRAME_WAIT) + 2)
            time.sleep(reply.delay)

    def _ask_for_time(self, times: int) -> None:
        block = bytes((WTX, times))
        self._send(block)
        if self._receive() == b"106B " + block.hex().encode():
            self.granted += 1

    def _pieces(self, answer: bytes) -> Iterator[bytes]:
        most = self._frame - 3
        for at in range(0, len(answer), most):
            if at:
                self._ask_for_time(1)  # also between two pieces of an answer
            more = at + most < len(answer)
            yield bytes((0x02 | (CHAINING if more else 0),)) + answer[at : at + most]

    def _send_piece(self, number: int) -> None:
        if self._last and self._last[0] & 1 == number and self._last[0] & 0xE0 == 0 and self._last[0] & CHAINING:
            self._send(self._last)
            return
        piece = next(self._answer, None)
        if piece is not None:
            self._last = bytes((piece[0] | number,)) + piece[1:]
            self._send(self._last)
