"""The little of Protocol Buffers that mozc needs: varints, bytes, nested messages and the old groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value: TypeAlias = "int | bytes | Message"
_VARINT, _EIGHT, _BYTES, _GROUP, _GROUP_END, _FOUR = range(6)
_MOST_BYTES = 10  # a varint holds 64 bits


class WireError(Exception):
    """Bytes that are no message."""


class Message:
    """A decoded message or group: the values of each field number in the order in which they came."""

    def __init__(self, fields: Mapping[int, list[Value]]) -> None:
        self._fields = fields

    def number(self, field: int, default: int = 0) -> int:
        """Return the last number of the field."""
        found = self._fields.get(field, [default])[-1]
        if not isinstance(found, int):
            raise WireError(f"field {field} holds no number")
        return found

    def text(self, field: int) -> str:
        """Return the last text of the field, empty where there is none."""
        found = self._fields.get(field, [b""])[-1]
        if not isinstance(found, bytes):
            raise WireError(f"field {field} holds no text")
        try:
            return found.decode()
        except UnicodeDecodeError as error:
            raise WireError(f"field {field} is not UTF-8") from error

    def each(self, field: int) -> list[Message]:
        """Return the messages or groups of the field."""
        return [found if isinstance(found, Message) else decode(_bytes(found)) for found in self._fields.get(field, [])]

    def one(self, field: int) -> Message:
        """Return the last message of the field, an empty one where there is none."""
        found = self.each(field)
        return found[-1] if found else Message({})


def encode(fields: Iterable[tuple[int, int | str | bytes]]) -> bytes:
    """Return the message with these fields, in their order; nested messages are bytes."""
    out = bytearray()
    for number, value in fields:
        if isinstance(value, int):
            out += _varint(number << 3 | _VARINT) + _varint(value)
        else:
            raw = value.encode() if isinstance(value, str) else value
            out += _varint(number << 3 | _BYTES) + _varint(len(raw)) + raw
    return bytes(out)


def decode(raw: bytes) -> Message:
    """Read a message; raises WireError."""
    message, at = _read(raw, 0, None)
    if at != len(raw):
        raise WireError("bytes behind the end")
    return message


def _bytes(found: Value) -> bytes:
    if not isinstance(found, bytes):
        raise WireError("a number where a message was expected")
    return found


def _varint(value: int) -> bytes:
    out = bytearray()
    value &= (1 << 64) - 1  # negative numbers are their 64-bit complement
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read(raw: bytes, at: int, group: int | None) -> tuple[Message, int]:
    """Read fields until the end, or until the end of `group`."""
    fields: dict[int, list[Value]] = {}
    while at < len(raw):
        tag, at = _read_varint(raw, at)
        number, kind = tag >> 3, tag & 7
        if kind == _GROUP_END:
            if number != group:
                raise WireError("the end of a group that was not begun")
            return Message(fields), at
        value, at = _read_value(raw, at, kind, number)
        fields.setdefault(number, []).append(value)
    if group is not None:
        raise WireError("a group without its end")
    return Message(fields), at


def _read_value(raw: bytes, at: int, kind: int, number: int) -> tuple[Value, int]:
    if kind == _VARINT:
        return _read_varint(raw, at)
    if kind == _GROUP:
        return _read(raw, at, number)
    if kind == _BYTES:
        length, at = _read_varint(raw, at)
    elif kind in {_EIGHT, _FOUR}:
        length = 8 if kind == _EIGHT else 4
    else:
        raise WireError(f"wire type {kind}")
    if at + length > len(raw):
        raise WireError("a value is cut off")
    return raw[at : at + length], at + length


def _read_varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(_MOST_BYTES):
        if at >= len(raw):
            raise WireError("a number is cut off")
        byte = raw[at]
        at += 1
        value |= (byte & 0x7F) << (7 * shift)
        if byte <= 0x7F:
            return value, at
    raise WireError("a number is too long")
