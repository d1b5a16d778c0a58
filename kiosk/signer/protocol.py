"""The frames between the kiosk and its signer: 4-byte length, 1-byte kind, payload (integers big-endian).

    kiosk → signer   REQUEST, CELLS, then for a signature DIGEST or STOP
    signer → kiosk   STAGE*, for a signature CERTIFICATE, then SIGNED, HOLDER or TROUBLE

Cells are written from and read into the buffers they live in; no frame object ever holds them.
"""

from __future__ import annotations

import os
import struct
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

from drivers import errors
from drivers.card.holder import Holder, Sex
from kiosk.signer.errors import LastTryNotAgreed, SignerFailed, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = struct.Struct(">IB")
REQUEST = struct.Struct(">BBBH")  # errand, last try agreed, extended, seconds; the reader's name follows
COUNTS = struct.Struct(">HII")  # commands, bytes out, bytes in; the signature follows
LONGEST_FRAME = 1 << 16  # bytes


class Frame(IntEnum):
    """The kinds of frames."""

    REQUEST = 1
    CELLS = 2
    DIGEST = 3
    STOP = 4
    STAGE = 16
    CERTIFICATE = 17
    SIGNED = 18
    HOLDER = 19
    TROUBLE = 20


class Errand(IntEnum):
    """What the signer is sent for."""

    SIGN = 1
    HOLDER_BY_PIN = 2
    HOLDER_BY_NUMBER_B = 3


class HolderKey(StrEnum):
    """What opens the four attributes: the 4-digit PIN, or 照合番号B from the card's front (14 digits)."""

    PIN = "pin"
    NUMBER_B = "number_b"


class Stage(IntEnum):
    """How far a signature has come."""

    CONNECT = 1
    PASSWORD = 2
    CERTIFICATE = 3
    SIGNATURE = 4
    DONE = 5


class Request(NamedTuple):
    """One errand, without its secret.

    `extended` lets files be read in extended answers; after `seconds` the signer ends itself.
    """

    errand: Errand
    last_try_agreed: bool
    extended: bool
    seconds: int
    reader_name: str


def always_ready(_: int) -> None:
    """Wait for nothing: reading itself blocks."""


def write_frame(pipe: int, kind: Frame, payload: bytes | memoryview = b"") -> None:
    """Write one frame; the payload goes from its own memory to the pipe."""
    os.write(pipe, HEADER.pack(len(payload), kind))
    sent = 0
    while sent < len(payload):
        sent += os.write(pipe, payload[sent:])


def read_head(pipe: int, ready: Callable[[int], None] = always_ready) -> tuple[Frame, int]:
    """Read a frame's kind and the length of the payload that follows; Stopped when the other side has gone."""
    length, kind = HEADER.unpack(_read(pipe, HEADER.size, ready))
    if length > LONGEST_FRAME:
        raise SignerFailed("frame too long")
    return Frame(kind), length


def read_frame(pipe: int, ready: Callable[[int], None] = always_ready) -> tuple[Frame, bytes]:
    """Read one frame, calling `ready(pipe)` before each read; Stopped when the other side has gone."""
    kind, length = read_head(pipe, ready)
    return kind, _read(pipe, length, ready)


def _read(pipe: int, length: int, ready: Callable[[int], None]) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        ready(pipe)
        part = os.read(pipe, length - len(parts))
        if not part:
            raise Stopped
        parts += part
    return bytes(parts)


def pack_request(request: Request) -> bytes:
    """Encode a request."""
    head = REQUEST.pack(request.errand, request.last_try_agreed, request.extended, request.seconds)
    return head + request.reader_name.encode()


def unpack_request(payload: bytes) -> Request:
    """Decode a request."""
    errand, agreed, extended, seconds = REQUEST.unpack_from(payload)
    return Request(Errand(errand), bool(agreed), bool(extended), seconds, payload[REQUEST.size :].decode())


def pack_holder(holder: Holder) -> bytes:
    """Encode the four attributes, each after its 2-byte length."""
    values = (text.encode() for text in (holder.name, holder.address, holder.birth, holder.sex.value))
    return b"".join(len(value).to_bytes(2, "big") + value for value in values)


def unpack_holder(payload: bytes) -> Holder:
    """Decode the four attributes."""
    texts: list[str] = []
    while payload:
        end = 2 + int.from_bytes(payload[:2], "big")
        texts.append(payload[2:end].decode())
        payload = payload[end:]
    name, address, birth, sex = texts
    return Holder(name, address, birth, Sex(sex))


# Position is the number on the wire; each with the fact it carries.
_PLAIN: tuple[type[errors.DeviceError], ...] = (
    errors.ReaderLost, errors.CardAbsent, errors.CardRemoved, errors.CardBusy, errors.AppletMissing,
    errors.FileMissing, errors.NotUnlocked, errors.PasswordLocked, errors.SignatureFaulty, LastTryNotAgreed,
)  # fmt: skip
_WRONG_PASSWORD, _UNREADABLE, _UNFORESEEN = 100, 101, 102


def pack_trouble(error: errors.DeviceError) -> bytes:
    """Encode an error: its number, its fact (2 bytes), then words for the journal."""
    if isinstance(error, errors.WrongPassword):
        return struct.pack(">BH", _WRONG_PASSWORD, error.attempts_left)
    if isinstance(error, errors.CardUnreadable):
        return struct.pack(">BH", _UNREADABLE, error.status)
    for number, kind in enumerate(_PLAIN):
        if isinstance(error, kind):
            return struct.pack(">BH", number, 0) + str(error).encode()
    return struct.pack(">BH", _UNFORESEEN, 0) + type(error).__name__.encode()


def unpack_trouble(payload: bytes) -> errors.DeviceError:
    """Decode an error; anything unknown becomes SignerFailed."""
    number, fact = struct.unpack_from(">BH", payload)
    words = payload[3:].decode(errors="replace")
    if number == _WRONG_PASSWORD:
        return errors.WrongPassword(fact)
    if number == _UNREADABLE:
        return errors.CardUnreadable(fact)
    if number < len(_PLAIN):
        kind: type[errors.DeviceError] = _PLAIN[number]
        return kind(words)
    return SignerFailed(words)


def pack_unforeseen(place: str) -> bytes:
    """Encode the end of a signer that met what nobody foresaw: type and place only."""
    return struct.pack(">BH", _UNFORESEEN, 0) + place.encode()
