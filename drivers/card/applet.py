"""A selected applet: holding one proves that the card has it and that it answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drivers.card import apdu
from drivers.card.files import ChunkLadder, read_object, read_part
from drivers.card.iso7816 import StatusWord, more_waiting
from drivers.errors import AppletMissing, CardUnreadable, FileMissing, NotUnlocked

if TYPE_CHECKING:
    from drivers.card.connection import CardConnection

_FOREIGN: Final = frozenset(
    {
        StatusWord.NOT_FOUND,
        StatusWord.FUNCTION_UNSUPPORTED,
        StatusWord.WRONG_P1P2,
        StatusWord.WRONG_LENGTH,
        StatusWord.INS_UNKNOWN,
        StatusWord.CLA_UNKNOWN,
    }
)


def select_status(line: CardConnection, aid: bytes) -> int:
    """SELECT an applet by name and return the status word.

    A measured My Number Card answers 6F00 to its first command after power-up, whatever it is: the first SELECT is
    then its own throw-away command and is sent once more. Selecting twice changes nothing.
    """
    _, status = line.transmit(apdu.select_applet(aid))
    if status == StatusWord.NO_DIAGNOSIS:
        _, status = line.transmit(apdu.select_applet(aid))
    return StatusWord.OK if more_waiting(status) is not None else status


class Applet:
    """One applet of the card on `line`, selected, with its current file."""

    def __init__(self, line: CardConnection, aid: bytes, ladder: ChunkLadder | None = None) -> None:
        """Select the applet; raises AppletMissing on another kind of card, CardUnreadable on a faulty one."""
        status = select_status(line, aid)
        if status in _FOREIGN:
            raise AppletMissing
        if status != StatusWord.OK:
            raise CardUnreadable(status)
        self.line = line
        self._ladder = ladder if ladder is not None else ChunkLadder()
        self._current: int | None = None

    def select_file(self, ef: int) -> None:
        """Make an elementary file the current one; raises FileMissing."""
        if ef == self._current:
            return
        self._current = None
        _, status = self.line.transmit(apdu.select_file(ef))
        if status == StatusWord.NOT_FOUND:
            raise FileMissing
        if status == StatusWord.NOT_UNLOCKED:
            raise NotUnlocked
        if status != StatusWord.OK:
            raise CardUnreadable(status)
        self._current = ef

    def read_start(self, ef: int, count: int) -> bytes:
        """Return exactly the first `count` bytes of a file; raises FileMissing, NotUnlocked, CardUnreadable."""
        self.select_file(ef)
        data = read_part(self.line, self._ladder, 0, count)
        if len(data) < count:
            raise CardUnreadable
        return data

    def read_object(self, ef: int) -> bytes:
        """Return the one TLV object a file holds; raises FileMissing, NotUnlocked, CardUnreadable."""
        self.select_file(ef)
        return read_object(self.line, self._ladder)
