"""The words of ISO/IEC 7816-4 in numbers: instructions, parameters and status words.

The values are those the My Number Card is known to use (ISO/IEC 7816-4 §5 and 7816-8 §11, JICSAP 1.1 profile).
There is no public normative specification of this card: everything here is what several independent programs agree on.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

CLA_ISO: Final = 0x00
CLA_SIGN: Final = 0x80  # the card's COMPUTE DIGITAL SIGNATURE has a proprietary class
CLA_READER: Final = 0xFF  # answered by a PC/SC reader itself (PC/SC part 3)


class Ins(IntEnum):
    """Instruction bytes."""

    VERIFY = 0x20
    CHANGE_REFERENCE_DATA = 0x24  # known so that a trace masks it; no command of this kind is ever built
    PERFORM_SECURITY_OPERATION = 0x2A
    GET_CHALLENGE = 0x84
    SELECT = 0xA4
    READ_BINARY = 0xB0
    READ_RECORD = 0xB2
    GET_RESPONSE = 0xC0
    GET_DATA = 0xCA


SELECT_BY_NAME: Final = 0x04  # P1: by AID
SELECT_EF: Final = 0x02  # P1: elementary file under the current applet
SELECT_NO_ANSWER: Final = 0x0C  # P2: no file control information; the card wants no Le byte then
CURRENT_FILE: Final = 0x80  # P2 of VERIFY and of the signature: the selected file is meant
SIGN_GIVEN_BYTES: Final = 0x00  # P1 of the signature: PKCS#1 v1.5 padding around the bytes as given
OFFSET_LIMIT: Final = 0x8000  # READ BINARY addresses 15 bits


class StatusWord(IntEnum):
    """Status words, SW1 in the high byte."""

    OK = 0x9000
    CUT_SHORT = 0x6282  # end of the file before Le bytes
    DEACTIVATED = 0x6283
    WRONG = 0x6300  # comparison failed, no counter told
    NO_TRIES = 0x63C0
    EXECUTION_ERROR = 0x6400
    MEMORY_FAILURE = 0x6581
    WRONG_LENGTH = 0x6700
    CHANNEL_UNSUPPORTED = 0x6881
    WRONG_FILE_STRUCTURE = 0x6981
    NOT_UNLOCKED = 0x6982
    METHOD_BLOCKED = 0x6983
    REFERENCE_BLOCKED = 0x6984
    CONDITIONS_NOT_SATISFIED = 0x6985
    NO_CURRENT_FILE = 0x6986
    WRONG_DATA = 0x6A80
    FUNCTION_UNSUPPORTED = 0x6A81
    NOT_FOUND = 0x6A82
    RECORD_NOT_FOUND = 0x6A83
    WRONG_P1P2 = 0x6A86
    OBJECT_NOT_FOUND = 0x6A88
    OFFSET_OUTSIDE = 0x6B00
    INS_UNKNOWN = 0x6D00
    CLA_UNKNOWN = 0x6E00
    NO_DIAGNOSIS = 0x6F00


LOCKED: Final = frozenset({StatusWord.NO_TRIES, StatusWord.METHOD_BLOCKED, StatusWord.REFERENCE_BLOCKED})
"""All three mean the same to the citizen; which one a card gives depends on its maker and on the moment."""


def tries_in(status: int) -> int | None:
    """Return the x of 63Cx, or None for every other status word."""
    return status & 0x0F if status & 0xFFF0 == StatusWord.NO_TRIES else None


def more_waiting(status: int) -> int | None:
    """Return how many bytes 61xx announces (256 for 00), or None for every other status word."""
    return (status & 0xFF or 256) if status >> 8 == 0x61 else None


def right_length(status: int) -> int | None:
    """Return the Le that 6Cxx asks for (256 for 00), or None for every other status word."""
    return (status & 0xFF or 256) if status >> 8 == 0x6C else None
