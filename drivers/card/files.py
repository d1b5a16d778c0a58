"""Reading whole files: in one extended answer where card and reader can, in smaller and smaller pieces where not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drivers.card import apdu, tlv
from drivers.card.exchange import exchange
from drivers.card.iso7816 import OFFSET_LIMIT, StatusWord, right_length
from drivers.errors import CardRemoved, CardUnreadable, NotUnlocked

if TYPE_CHECKING:
    from drivers.card.connection import CardConnection

_STEPS: Final = (apdu.EXTENDED_MOST, 256, 255, 231, 128)
_TOO_LONG: Final = frozenset({StatusWord.WRONG_LENGTH, StatusWord.CONDITIONS_NOT_SATISFIED})
_END: Final = frozenset({StatusWord.OFFSET_OUTSIDE, StatusWord.CUT_SHORT})


class ChunkLadder:
    """The longest answer to ask for; it only ever goes down.

    Cards announce different abilities, some readers refuse extended commands or stumble over answers of exactly 256
    bytes: each refusal takes one step down. Keep one ladder for a reader's life: a reader that fails *in transport*
    ends the session, and only the ladder remembers to ask for less in the next one.
    """

    def __init__(self, *, extended: bool = True) -> None:
        """Begin at the top, or below the extended form where that is known to fail."""
        self._step = 0 if extended else 1

    @property
    def extended(self) -> bool:
        """Whether the extended form has not been refused so far."""
        return self._step == 0

    @property
    def most(self) -> int:
        """Bytes to ask for at most."""
        return _STEPS[self._step]

    def step_down(self) -> bool:
        """Ask for less from now on; False when there is no smaller step."""
        if self._step + 1 == len(_STEPS):
            return False
        self._step += 1
        return True


def read_part(line: CardConnection, ladder: ChunkLadder, offset: int, wanted: int) -> bytes:
    """Read up to `wanted` bytes of the current file; fewer, or none, at its end. Raises NotUnlocked, CardUnreadable."""
    while True:
        length = min(wanted, ladder.most)
        command = apdu.read_binary(offset, length, extended=ladder.extended)
        try:
            data, status = _read(line, command, extended=ladder.extended)
        except CardRemoved:
            ladder.step_down()  # it may have been the reader that could not carry this form
            raise
        if status in _TOO_LONG or right_length(status) is not None:
            if not ladder.step_down():
                raise CardUnreadable(status)
            continue
        return _checked(data, status, length)


def _read(line: CardConnection, command: bytes, *, extended: bool) -> tuple[bytes, int]:
    """Send one READ BINARY; 6Cxx asks for another Le, which only a short command is repeated for."""
    return line.transmit(command) if extended else exchange(line, command)


def _checked(data: bytes, status: int, length: int) -> bytes:
    if status == StatusWord.NOT_UNLOCKED:
        raise NotUnlocked
    if status not in _END and status != StatusWord.OK:
        raise CardUnreadable(status)
    if len(data) > length:
        raise CardUnreadable(status)
    return data


def read_object(line: CardConnection, ladder: ChunkLadder) -> bytes:
    """Read the one TLV object of the current file, without the filler (FF) that may follow it.

    Raises NotUnlocked, and CardUnreadable when the file ends before the object does.
    """
    data = bytearray()
    total: int | None = None
    while total is None or len(data) < total:
        wanted = (OFFSET_LIMIT if total is None else total) - len(data)
        if wanted <= 0:
            raise CardUnreadable
        part = read_part(line, ladder, len(data), _whole_if_extended(wanted, ladder, total))
        if not part:
            raise CardUnreadable
        data += part
        total = tlv.total_length(bytes(data[:8]))
        if total is not None and total > OFFSET_LIMIT:
            raise CardUnreadable
    return bytes(data[:total])


def _whole_if_extended(wanted: int, ladder: ChunkLadder, total: int | None) -> int:
    """Ask for "all there is" (Le 0000) while the length is unknown: cards know that form best."""
    return apdu.EXTENDED_MOST if total is None and ladder.extended else wanted
