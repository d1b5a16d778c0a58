"""One command and its whole answer: the replies 61xx and 6Cxx of cards and readers that speak T=0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drivers.card import apdu
from drivers.card.iso7816 import StatusWord, more_waiting, right_length
from drivers.errors import CardUnreadable

if TYPE_CHECKING:
    from drivers.card.connection import CardConnection

_ANSWER_MOST: Final = apdu.EXTENDED_MOST


def exchange(line: CardConnection, command: bytes) -> tuple[bytes, int]:
    """Send a command that ends with its short Le; fetch the rest on 61xx, ask again with the right Le on 6Cxx (once).

    A card that answers 6Cxx has done nothing yet. Never used for VERIFY: that one is sent once and only once.
    """
    data, status = line.transmit(command)
    exact = right_length(status)
    if exact is not None:
        data, status = line.transmit(command[:-1] + bytes((exact % apdu.SHORT_MOST,)))
    return _fetch_rest(line, data, status)


def _fetch_rest(line: CardConnection, data: bytes, status: int) -> tuple[bytes, int]:
    waiting = more_waiting(status)
    while waiting is not None:
        part, status = line.transmit(apdu.get_response(waiting))
        if not part or len(data) + len(part) > _ANSWER_MOST:
            raise CardUnreadable(status)  # a card that promises bytes for ever is not followed for ever
        data += part
        waiting = more_waiting(status)
    return data, status


def expect_ok(status: int) -> None:
    """Raise CardUnreadable unless the status word is 9000."""
    if status != StatusWord.OK:
        raise CardUnreadable(status)
