"""A zip file taken apart without trust: nothing between the entries, nothing twice, nothing that unpacks too large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_ENTRIES = 24
_UTF8_NAME = 0x0800  # the only general purpose flag a plain entry may carry
# APPNOTE 4.3.7: signature, version, flags, method, time, date, CRC, packed size, size, name length, extra length
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_END_SIZE = 22  # APPNOTE 4.3.16, without a comment
_END_SIGNATURE = b"PK\x05\x06"


def _fault(rule: str) -> Refused:
    return Refused(Code.CONTAINER_INVALID, rule)


def _directory(packed: bytes) -> tuple[list[zipfile.ZipInfo], int]:
    """Return the entries of the central directory and where it starts."""
    if packed[-_END_SIZE:][:4] != _END_SIGNATURE or packed[-2:] != b"\0\0":
        raise _fault("zip end")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, struct.error, UnicodeDecodeError, NotImplementedError):
        raise _fault("zip directory") from None


def _check_entry(packed: bytes, fact: zipfile.ZipInfo, offset: int) -> int:
    """Check one local header against the directory; return where the entry's data start."""
    if fact.header_offset != offset or len(packed) < offset + _LOCAL.size:
        raise _fault("zip layout")
    signature, _, flags, method, _, _, crc, size, full_size, name_length, extra = _LOCAL.unpack_from(packed, offset)
    name_at = offset + _LOCAL.size
    name = packed[name_at : name_at + name_length]
    if (signature, flags, method, crc, size, full_size, extra) != (
        b"PK\x03\x04", fact.flag_bits, fact.compress_type, fact.CRC, fact.compress_size, fact.file_size, 0,
    ):  # fmt: skip
        raise _fault("zip header")
    if len(name) != name_length or name != fact.filename.encode() or flags & ~_UTF8_NAME or fact.extra or fact.comment:
        raise _fault("zip header")
    return name_at + len(name)


def _unpack(raw: bytes, fact: zipfile.ZipInfo) -> bytes:
    """Return an entry's data, never more of it than the directory says."""
    if fact.compress_type == zipfile.ZIP_STORED:
        data, rest = raw, len(raw) != fact.file_size
    elif fact.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(raw, fact.file_size + 1)
        except zlib.error:
            raise _fault("zip data") from None
        rest = not inflater.eof or bool(inflater.unused_data) or len(data) != fact.file_size
    else:
        raise _fault("zip method")
    if rest or zlib.crc32(data) != fact.CRC:
        raise _fault("zip data")
    return data


def _check_sizes(facts: list[zipfile.ZipInfo], largest: Callable[[str], int], unpacked: int) -> None:
    if not 0 < len(facts) <= MAX_ENTRIES:
        raise _fault("zip entries")
    if len({fact.filename for fact in facts}) != len(facts):
        raise _fault("zip entry twice")
    if any(fact.file_size > largest(fact.filename) for fact in facts):
        raise _fault("entry too large")
    if sum(fact.file_size for fact in facts) > unpacked:
        raise _fault("container too large")


def take_apart(packed: bytes, largest: Callable[[str], int], unpacked: int) -> list[tuple[str, bytes]]:
    """Return names and data in the file's order; raises Refused.

    `largest` gives the most bytes an entry of that name may have, `unpacked` is the most for all together; both are
    checked against the directory before the first byte is inflated.
    """
    facts, directory_at = _directory(packed)
    _check_sizes(facts, largest, unpacked)
    entries, offset = [], 0
    for fact in facts:
        data_at = _check_entry(packed, fact, offset)
        offset = data_at + fact.compress_size
        entries.append((fact.filename, _unpack(packed[data_at:offset], fact)))
    if offset != directory_at:
        raise _fault("zip layout")
    return entries
