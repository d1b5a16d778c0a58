"""The zip around an application, which has one form only: plain entries, stored, with fixed dates and attributes.

Nothing is ever inflated, so nothing can grow; and every byte that the signature does not bind follows from those it
does, so a changed byte anywhere is noticed.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_ENTRIES = 24

# APPNOTE 4.3.7: signature, version needed, flags, method, time, date, CRC, packed size, size, name and extra length
_LOCAL = struct.Struct("<4s5H3I2H")
# APPNOTE 4.3.12: as above with the version made by in front; comment, disk, internal and external attributes, offset
_CENTRAL = struct.Struct("<4s6H3I5H2I")
# APPNOTE 4.3.16: signature, disks, entries here and in all, size and offset of the directory, comment length
_END = struct.Struct("<4s4H2IH")

_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION  # Unix
_DATE = 1 << 5 | 1  # 1980-01-01, the first day of zip's calendar; time 0
_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True, repr=False)
class _Entry:
    name: bytes
    data: bytes
    offset: int

    def _facts(self) -> tuple[int, ...]:
        size = len(self.data)
        return (_VERSION, 0, 0, 0, _DATE, zlib.crc32(self.data), size, size, len(self.name), 0)

    def local(self) -> bytes:
        return _LOCAL.pack(b"PK\x03\x04", *self._facts()) + self.name

    def central(self) -> bytes:
        return _CENTRAL.pack(b"PK\x01\x02", _MADE_BY, *self._facts(), 0, 0, 0, _MODE, self.offset) + self.name


def _fault(rule: str) -> Refused:
    return Refused(Code.CONTAINER_INVALID, rule)


def _entry_at(packed: bytes, offset: int) -> _Entry:
    """Return the entry whose local header stands there; raises Refused unless the header is the one it must have."""
    if len(packed) < offset + _LOCAL.size:
        raise _fault("zip header")
    *_, size, _, name_length, _ = _LOCAL.unpack_from(packed, offset)
    name_at = offset + _LOCAL.size
    data_at = name_at + name_length
    entry = _Entry(packed[name_at:data_at], packed[data_at : data_at + size], offset)
    if not packed.startswith(entry.local(), offset):
        raise _fault("zip header")
    return entry


def _directory(entries: Sequence[_Entry], at: int) -> bytes:
    """Return the central directory and the end record that these entries must have."""
    records = b"".join(entry.central() for entry in entries)
    count = len(entries)
    return records + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(records), at, 0)


def take_apart(packed: bytes, largest: Callable[[str], int]) -> list[tuple[str, bytes]]:
    """Return names and data in the file's order; raises Refused for any other zip, however valid.

    `largest` gives the most bytes an entry of that name may have.
    """
    entries: list[_Entry] = []
    offset = 0
    while packed.startswith(b"PK\x03\x04", offset):
        if len(entries) == MAX_ENTRIES:
            raise _fault("zip entries")
        entry = _entry_at(packed, offset)
        offset += len(entry.local()) + len(entry.data)
        entries.append(entry)
    if packed[offset:] != _directory(entries, offset) or not entries:
        raise _fault("zip directory")
    named = [(entry.name.decode("ascii", "replace"), entry.data) for entry in entries]
    if len(dict(named)) != len(named):
        raise _fault("zip entry twice")
    if any(len(data) > largest(name) for name, data in named):
        raise _fault("entry too large")
    return named
