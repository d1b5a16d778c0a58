"""Which characters a font file can draw: its `cmap` table, looked up in place (OpenType 1.9, chapter cmap).

The file is mapped, never read: a font of 46 MB costs the kiosk a few pages of memory and a lookup some microseconds.
"""

from __future__ import annotations

import mmap
import struct
from typing import TYPE_CHECKING

from kiosk.application.errors import FontUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL_UNICODE = {(3, 10), (0, 4), (0, 6)}
_VARIATIONS = (0, 5)

_TABLE_RECORD = struct.Struct(">4sIII")  # tag, checksum, offset, length
_ENCODING_RECORD = struct.Struct(">HHI")  # platform, encoding, offset
_GROUP = struct.Struct(">III")  # format 12: first and last code point, glyph of the first
_SELECTOR_RECORD = struct.Struct(">HBII")  # format 14: selector (24 bits), default and other table
_RANGE = struct.Struct(">HBB")  # default table: first code point (24 bits), how many more
_MAPPING = struct.Struct(">HBH")  # other table: code point (24 bits), glyph


class Glyphs:
    """The character map of one font file; of a collection, that of its first font."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            cmap = self._table(b"cmap")
            subtables = dict(self._subtables(cmap))
            self._groups = next(subtables[key] for key in _FULL_UNICODE if key in subtables)
            self._variations = subtables.get(_VARIATIONS)
            if self._u16(self._groups) != 12:
                raise FontUnusable(str(path))
        except (OSError, ValueError, struct.error, StopIteration):
            raise FontUnusable(str(path)) from None

    def _u16(self, offset: int) -> int:
        return int.from_bytes(self._data[offset : offset + 2])

    def _u32(self, offset: int) -> int:
        return int.from_bytes(self._data[offset : offset + 4])

    def _table(self, wanted: bytes) -> int:
        """Return where a table begins."""
        start = self._u32(12) if self._data[:4] == b"ttcf" else 0
        for index in range(self._u16(start + 4)):
            tag, _, offset, _ = _TABLE_RECORD.unpack_from(self._data, start + 12 + index * _TABLE_RECORD.size)
            if tag == wanted:
                return int(offset)
        raise ValueError

    def _subtables(self, cmap: int) -> Iterator[tuple[tuple[int, int], int]]:
        for index in range(self._u16(cmap + 2)):
            record = cmap + 4 + index * _ENCODING_RECORD.size
            platform, encoding, offset = _ENCODING_RECORD.unpack_from(self._data, record)
            yield (platform, encoding), cmap + offset

    def has(self, codepoint: int) -> bool:
        """Tell whether the font draws this code point by a glyph of its own."""
        first, count = self._groups + 16, self._u32(self._groups + 12)
        index = self._last_not_above(first, count, _GROUP, codepoint, bits=32)
        if index is None:
            return False
        start, end, glyph = _GROUP.unpack_from(self._data, first + index * _GROUP.size)
        return bool(codepoint <= end and glyph + codepoint - start != 0)

    def has_variation(self, codepoint: int, selector: int) -> bool:
        """Tell whether the font knows this sequence of a character and a variation selector."""
        if self._variations is None:
            return False
        first, count = self._variations + 10, self._u32(self._variations + 6)
        index = self._last_not_above(first, count, _SELECTOR_RECORD, selector, bits=24)
        if index is None:
            return False
        record = first + index * _SELECTOR_RECORD.size
        high, low, default, other = _SELECTOR_RECORD.unpack_from(self._data, record)
        if high << 8 | low != selector:
            return False
        return self._in_ranges(default, codepoint) or self._in_mappings(other, codepoint)

    def _in_ranges(self, offset: int, codepoint: int) -> bool:
        """Look into a table of sequences that look like the character alone."""
        if not offset or self._variations is None:
            return False
        first, count = self._variations + offset + 4, self._u32(self._variations + offset)
        index = self._last_not_above(first, count, _RANGE, codepoint, bits=24)
        if index is None:
            return False
        high, low, more = _RANGE.unpack_from(self._data, first + index * _RANGE.size)
        return bool(codepoint <= (high << 8 | low) + more) and self.has(codepoint)

    def _in_mappings(self, offset: int, codepoint: int) -> bool:
        """Look into a table of sequences with a glyph of their own."""
        if not offset or self._variations is None:
            return False
        first, count = self._variations + offset + 4, self._u32(self._variations + offset)
        index = self._last_not_above(first, count, _MAPPING, codepoint, bits=24)
        if index is None:
            return False
        high, low, glyph = _MAPPING.unpack_from(self._data, first + index * _MAPPING.size)
        return bool(high << 8 | low == codepoint and glyph != 0)

    def _last_not_above(self, first: int, count: int, record: struct.Struct, key: int, *, bits: int) -> int | None:
        """Return the index of the last record whose leading number is not above the key; the records are sorted."""
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            at = first + middle * record.size
            if int.from_bytes(self._data[at : at + bits // 8]) <= key:
                low = middle + 1
            else:
                high = middle
        return low - 1 if low else None
