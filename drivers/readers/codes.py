"""Return codes of PC/SC and what each means for a card session (source: pcsclite.h of pcsc-lite 1.9)."""

from __future__ import annotations

from enum import IntEnum

from drivers.errors import CardAbsent, CardBusy, CardRemoved, CardUnreadable, DeviceError, ReaderLost


class Code(IntEnum):
    """The SCARD_* codes that this program tells apart."""

    SUCCESS = 0x00000000
    CANCELLED = 0x80100002
    INVALID_HANDLE = 0x80100003
    UNKNOWN_READER = 0x80100009
    TIMEOUT = 0x8010000A
    SHARING_VIOLATION = 0x8010000B
    NO_SMARTCARD = 0x8010000C
    PROTO_MISMATCH = 0x8010000F
    COMM_ERROR = 0x80100013
    NOT_TRANSACTED = 0x80100016
    READER_UNAVAILABLE = 0x80100017
    NO_SERVICE = 0x8010001D
    SERVICE_STOPPED = 0x8010001E
    NO_READERS_AVAILABLE = 0x8010002E
    UNSUPPORTED_CARD = 0x80100065
    UNRESPONSIVE_CARD = 0x80100066
    UNPOWERED_CARD = 0x80100067
    RESET_CARD = 0x80100068
    REMOVED_CARD = 0x80100069


SERVICE_GONE = frozenset({Code.INVALID_HANDLE, Code.COMM_ERROR, Code.NO_SERVICE, Code.SERVICE_STOPPED})
READER_GONE = frozenset({Code.UNKNOWN_READER, Code.READER_UNAVAILABLE, Code.NO_READERS_AVAILABLE})
CARD_GONE = frozenset({Code.NO_SMARTCARD, Code.REMOVED_CARD})
CARD_MUTE = frozenset({Code.PROTO_MISMATCH, Code.UNSUPPORTED_CARD, Code.UNRESPONSIVE_CARD, Code.UNPOWERED_CARD})
SHORTEST_ANSWER = 2  # bytes: a status word


def plain(result: int) -> int:
    """Return a code as an unsigned 32-bit number, as the headers write it."""
    return result & 0xFFFFFFFF


def connect_error(result: int) -> DeviceError:
    """Say in device terms why SCardConnect failed with `result`."""
    code = plain(result)
    if code in CARD_GONE:
        return CardAbsent(f"PC/SC {code:08X}")
    if code == Code.SHARING_VIOLATION:
        return CardBusy(f"PC/SC {code:08X}")
    if code in CARD_MUTE:
        return CardUnreadable()
    return ReaderLost(f"PC/SC {code:08X}")


def transmit_error(result: int) -> DeviceError:
    """Say in device terms why SCardTransmit failed with `result`: the card is lost unless the reader is."""
    code = plain(result)
    if code in SERVICE_GONE | READER_GONE:
        return ReaderLost(f"PC/SC {code:08X}")
    return CardRemoved(f"PC/SC {code:08X}")


def split_answer(answer: bytes) -> tuple[bytes, int]:
    """Part an answer into data and status word; pcscd reports a torn card as success with nothing in it."""
    if len(answer) < SHORTEST_ANSWER:
        raise CardRemoved("no status word")
    return answer[:-2], int.from_bytes(answer[-2:], "big")
