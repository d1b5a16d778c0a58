"""Publishing: the forms of a folder become the next catalogue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from city.catalogue.shelf import CatalogueShelf, Edition
from city.catalogue.statement import bundle_of, load_key, read_forms, statement_of
from city.errors import FileUnusable

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 8 << 20  # bytes of a bundle, by the protocol


def publish(forms: Path, out: Path, key: Path, city: str, days: int, now: datetime | None = None) -> int:
    """Sign the forms as the next catalogue, good for `days`, and return its serial.

    Raises FileUnusable for forms or a key that cannot be published, PublishRefused when someone else was faster.
    """
    signer, folders = load_key(key), read_forms(forms)
    shelf = CatalogueShelf(out)
    serial, issued = shelf.newest_serial() + 1, now or datetime.now(UTC)
    statement = statement_of(folders, serial, city, issued, issued + timedelta(days=days))
    packed = bundle_of(statement, signer.sign(statement), folders)
    if len(packed) > LARGEST:
        raise FileUnusable(forms, f"forms of {LARGEST} bytes at most, together")
    shelf.add(Edition(serial, packed))
    return serial
