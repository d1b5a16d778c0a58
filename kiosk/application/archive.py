"""A zip that has one form only: all stored, fixed dates and attributes; its bytes follow from its entries."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from kiosk.application.errors import ContainerFaulty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Zip local file header (APPNOTE 4.3.7): signature, versions and time, CRC, sizes, lengths of name and extra field.
_LOCAL_HEADER = struct.Struct("<4s2xHH8xIIHH")
_LOCAL_SIGNATURE = b"PK\x03\x04"


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the zip of these names and data, in their order; nothing is compressed, nothing depends on a zlib."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries:
            fact = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            fact.create_system = 3
            fact.external_attr = 0o100644 << 16
            archive.writestr(fact, data)
    return packed.getvalue()


def unpack(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """Walk the local headers of a zip made by `pack`; whatever does not fit ends the walk.

    Whoever trusts the result packs it again and compares: anything else than these entries then shows.
    Raises ContainerFaulty.
    """
    offset = 0
    while packed.startswith(_LOCAL_SIGNATURE, offset) and offset + _LOCAL_HEADER.size <= len(packed):
        _, flags, method, size, full_size, name_length, extra_length = _LOCAL_HEADER.unpack_from(packed, offset)
        if (flags, method, extra_length) != (0, zipfile.ZIP_STORED, 0) or size != full_size:
            raise ContainerFaulty("zip header")
        name_at = offset + _LOCAL_HEADER.size
        data_at = name_at + name_length
        offset = data_at + size
        yield packed[name_at:data_at].decode("ascii", "replace"), packed[data_at:offset]
