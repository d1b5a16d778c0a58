"""Writing the two shapes of bytes that the card's files are made of: BER-TLV objects and filler."""

from __future__ import annotations

import hashlib


def tlv(tag: int, value: bytes) -> bytes:
    """One BER-TLV object with the shortest length form that fits (short, 81, 82)."""
    head = tag.to_bytes(2 if tag > 0xFF else 1, "big")
    count = len(value)
    if count < 0x80:
        return head + bytes((count,)) + value
    if count < 0x100:
        return head + bytes((0x81, count)) + value
    return head + b"\x82" + count.to_bytes(2, "big") + value


def filled(data: bytes, size: int) -> bytes:
    """Follow the data with FF up to the file's size, as physical cards do."""
    return data + b"\xff" * max(0, size - len(data))


def opaque(seed: str, count: int) -> bytes:
    """Bytes that stand for contents nobody reads (card keys, serials): the same for the same seed."""
    return hashlib.shake_256(seed.encode()).digest(count)
