"""Building command APDUs (ISO/IEC 7816-4 §5) and describing them without their contents."""

from __future__ import annotations

from typing import Final

from drivers.card.iso7816 import (
    CLA_ISO,
    CLA_READER,
    CLA_SIGN,
    CURRENT_FILE,
    OFFSET_LIMIT,
    SELECT_BY_NAME,
    SELECT_EF,
    SELECT_NO_ANSWER,
    SIGN_GIVEN_BYTES,
    Ins,
)

SHORT_MOST: Final = 256  # bytes that a short Le can ask for
EXTENDED_MOST: Final = 65536
HEADER_LENGTH: Final = 4
VERIFY_HEADER_LENGTH: Final = 5


def select_applet(aid: bytes) -> bytes:
    """SELECT by name without an Le byte: some cards refuse the command with one."""
    return bytes((CLA_ISO, Ins.SELECT, SELECT_BY_NAME, SELECT_NO_ANSWER, len(aid))) + aid


def select_file(ef: int) -> bytes:
    """SELECT an elementary file of the current applet by its two-byte id."""
    return bytes((CLA_ISO, Ins.SELECT, SELECT_EF, SELECT_NO_ANSWER, 2)) + ef.to_bytes(2, "big")


def read_binary(offset: int, expected: int, *, extended: bool = False) -> bytes:
    """READ BINARY of the current file; 256 (short) and 65536 (extended) are written as zeros."""
    if not 0 <= offset < OFFSET_LIMIT:
        raise ValueError("READ BINARY reaches 15 bits")
    if not 0 < expected <= (EXTENDED_MOST if extended else SHORT_MOST):
        raise ValueError("Le does not fit the command's form")
    head = bytes((CLA_ISO, Ins.READ_BINARY)) + offset.to_bytes(2, "big")
    return head + (
        b"\0" + (expected % EXTENDED_MOST).to_bytes(2, "big") if extended else bytes((expected % SHORT_MOST,))
    )


def query_tries() -> bytes:
    """VERIFY without a body: asks the current password file for its counter and costs no try."""
    return bytes((CLA_ISO, Ins.VERIFY, 0, CURRENT_FILE))


def verify(password: memoryview) -> bytearray:
    """VERIFY against the current password file, in one buffer of its final size; the caller wipes it."""
    command = bytearray(VERIFY_HEADER_LENGTH + len(password))
    command[1] = Ins.VERIFY
    command[3] = CURRENT_FILE
    command[4] = len(password)
    memoryview(command)[VERIFY_HEADER_LENGTH:] = password  # a plain slice would make a hidden copy of it first
    return command


def sign(given: bytes) -> bytes:
    """COMPUTE DIGITAL SIGNATURE with the current key over at most 245 bytes (PKCS#1 v1.5, the caller's DigestInfo)."""
    return bytes((CLA_SIGN, Ins.PERFORM_SECURITY_OPERATION, SIGN_GIVEN_BYTES, CURRENT_FILE, len(given))) + given + b"\0"


def get_response(expected: int) -> bytes:
    """GET RESPONSE: fetch what a status word 61xx announced."""
    return bytes((CLA_ISO, Ins.GET_RESPONSE, 0, 0, expected % SHORT_MOST))


def ask_reader_for_uid() -> bytes:
    """PC/SC part 3 GET DATA: answered by the reader, not by the card."""
    return bytes((CLA_READER, Ins.GET_DATA, 0, 0, 0))


def describe(command: bytes | bytearray | memoryview, answer_length: int, status: int) -> str:
    """Say what passed in one line: header, lengths, status word. Never any data: it can be a password or a person.

    For every instruction the body is left out, not for VERIFY alone, so that nothing depends on a list being complete.
    """
    header = bytes(command[:HEADER_LENGTH]).hex(" ").upper()
    return f"{header} +{max(0, len(command) - HEADER_LENGTH)} -> {answer_length} {status:04X}"
