"""ISO/IEC 14443-4 half-duplex blocks, the reader's side: chaining both ways, waiting time, recovery.

A library's own loop would do but for one thing: a card that asks for more time inside a chain of answers.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from drivers.errors import CardRemoved, CardUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable

I_BLOCK, CHAINING = 0x02, 0x10
R_ACK, R_NAK = 0xA2, 0xB2
S_WTX = 0xF2
NUMBER = 0x01  # the block number's bit in every I- and R-block
WTX_LENGTH = 2
WTX_BITS = 0x3F
FRAME_OVERHEAD = 3  # bytes: PCB and checksum
RETRIES: Final = 3
LONGEST: Final = 20.0  # seconds for one command, however often the card asks for more time


class BlockLost(Exception):
    """No block came back in time, or a garbled one."""


class IsoDep:
    """The block protocol to one activated card.

    `exchange` sends one block and returns the answer's block within the given seconds, or raises BlockLost.
    `frame` is the longest frame that card and reader both take, `wait` the card's frame waiting time in seconds.
    """

    def __init__(self, exchange: Callable[[bytes, float], bytes], frame: int, wait: float) -> None:
        self._exchange = exchange
        self._most = frame - FRAME_OVERHEAD
        self._wait = wait
        self._number = 0

    def transceive(self, command: bytes) -> bytes:
        """Send one command APDU, return the answer; raises CardRemoved and CardUnreadable."""
        end = time.monotonic() + LONGEST
        pieces = [command[at : at + self._most] for at in range(0, len(command), self._most)]
        for piece in pieces[:-1]:
            block = bytes((I_BLOCK | CHAINING | self._number,)) + piece
            self._expect(self._swap(block, R_NAK, end), R_ACK)
        answer = self._swap(bytes((I_BLOCK | self._number,)) + pieces[-1], R_NAK, end)
        return self._collect(answer, end)

    def present(self) -> bool:
        """Ask, without disturbing anything, whether the card still answers (ISO/IEC 14443-4 annex B.5.2)."""
        try:
            return bool(self._exchange(bytes((R_NAK | self._number,)), self._wait))
        except (BlockLost, CardRemoved):
            return False

    def _collect(self, block: bytes, end: float) -> bytes:
        """Gather the answer that begins with this block."""
        data = bytearray()
        while True:
            self._expect(block, I_BLOCK)
            data += block[1:]
            if not block[0] & CHAINING:
                return bytes(data)
            block = self._swap(bytes((R_ACK | self._number,)), R_ACK, end)

    def _expect(self, block: bytes, kind: int) -> None:
        """Check an answer's kind and number; the next block has the other number."""
        kinds = (kind, kind | CHAINING) if kind == I_BLOCK else (kind,)
        if block[0] not in [each | self._number for each in kinds]:
            raise CardUnreadable
        self._number ^= NUMBER

    def _swap(self, block: bytes, recovery: int, end: float) -> bytes:
        """Send a block and return the card's next I- or R-block, granting it time and asking again when one is lost."""
        sending, wait, failures = block, self._wait, 0
        while failures <= RETRIES and time.monotonic() < end:
            try:
                answer = self._exchange(sending, wait)
            except BlockLost:
                failures += 1
                sending, wait = bytes((recovery | self._number,)), self._wait
                continue
            if answer[0] == S_WTX and len(answer) == WTX_LENGTH:
                sending, wait = answer, self._wait * max(1, answer[1] & WTX_BITS)
            elif answer[0] == R_ACK | (self._number ^ NUMBER):
                failures += 1  # the card has not got our block: send it again (rule 6)
                sending, wait = block, self._wait
            else:
                return answer
        raise CardRemoved("no answer")
