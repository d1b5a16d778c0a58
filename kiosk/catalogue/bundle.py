"""A catalogue as one file, as the city hands it out: statement, signature and all files of all forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.application.archive import pack, unpack
from kiosk.application.errors import ContainerFaulty
from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.catalogue.statement import Catalogue, read_statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.catalogue.keys import CatalogueKeys

STATEMENT_NAME = "catalogue.json"
SIGNATURE_NAME = "catalogue.sig"
LARGEST = 8 << 20  # bytes of a whole bundle


@dataclass(frozen=True, slots=True, repr=False)
class Bundle:
    """A bundle that was checked down to every byte; `entries` are its files by place, the first two included."""

    catalogue: Catalogue
    entries: Mapping[str, bytes]


def read_bundle(packed: bytes, keys: CatalogueKeys, city: str) -> Bundle:
    """Take a bundle apart and believe it only whole; raises CatalogueFaulty."""
    if len(packed) > LARGEST:
        raise CatalogueFaulty(Fault.BUNDLE)
    try:
        listed = list(unpack(packed))
    except ContainerFaulty:
        raise CatalogueFaulty(Fault.BUNDLE) from None
    entries = dict(listed)
    first = [name for name, _ in listed[:2]]
    if first != [STATEMENT_NAME, SIGNATURE_NAME] or len(entries) != len(listed) or pack(listed) != packed:
        raise CatalogueFaulty(Fault.BUNDLE)
    catalogue = read_statement(entries[STATEMENT_NAME], entries[SIGNATURE_NAME], keys, city)
    if [name for name, _ in listed[2:]] != [place for place, _ in catalogue.files()]:
        raise CatalogueFaulty(Fault.CONTENT)
    catalogue.check_files(lambda place: entries[place])
    return Bundle(catalogue, entries)
