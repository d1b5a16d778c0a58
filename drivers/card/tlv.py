"""BER-TLV as the card's files use it (ISO/IEC 8825-1; ISO/IEC 7816-4 §5.2.2): bounded reading of untrusted bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drivers.errors import CardUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MORE_TAG_BYTES: Final = 0x1F
_LONG_LENGTH: Final = 0x80
_LENGTH_BYTES_MOST: Final = 2  # a file of the card has at most 32767 bytes


class TlvMalformed(CardUnreadable):
    """Bytes that are no BER-TLV of the kind the card's files hold."""


@dataclass(frozen=True, slots=True, repr=False)
class Tlv:
    """One object: its tag as a number (0xDF22), and its value."""

    tag: int
    value: bytes


class _Incomplete(Exception):
    """The bytes end inside a tag or length."""


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise _Incomplete
    return data[at]


def _header(data: bytes, start: int) -> tuple[int, int, int]:
    """Return tag, start of the value and length of the value."""
    tag = _byte(data, start)
    at = start + 1
    if tag & _MORE_TAG_BYTES == _MORE_TAG_BYTES:
        second = _byte(data, at)
        if second & _LONG_LENGTH:
            raise TlvMalformed  # tags of three bytes occur nowhere on the card
        tag = tag << 8 | second
        at += 1
    length = _byte(data, at)
    at += 1
    if length & _LONG_LENGTH:
        count = length & ~_LONG_LENGTH
        if not 0 < count <= _LENGTH_BYTES_MOST:
            raise TlvMalformed
        length = 0
        for _ in range(count):
            length = length << 8 | _byte(data, at)
            at += 1
    return tag, at, length


def total_length(start_of_file: bytes) -> int | None:
    """Return how long the object beginning here is, header included; None when more bytes are needed to tell."""
    try:
        _, value_at, length = _header(start_of_file, 0)
    except _Incomplete:
        return None
    return value_at + length


def objects(data: bytes) -> Iterator[Tlv]:
    """Walk over the objects that lie one after the other in `data`; raises TlvMalformed."""
    at = 0
    while at < len(data):
        try:
            tag, value_at, length = _header(data, at)
        except _Incomplete:
            raise TlvMalformed from None
        at = value_at + length
        if at > len(data):
            raise TlvMalformed
        yield Tlv(tag, data[value_at:at])


def only_object(data: bytes, tag: int) -> bytes:
    """Return the value of the one object `data` consists of; raises TlvMalformed when it is another or more."""
    found = list(objects(data))
    if len(found) != 1 or found[0].tag != tag:
        raise TlvMalformed
    return found[0].value
