"""The folder in which catalogues are kept, as its readers see it; only what proves itself is taken from it.

`<serial>/` holds one catalogue, complete or not there at all; `newest` says how far the serials have come. A catalogue
below that mark is never shown again, whatever lies in the folder.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.catalogue.bundle import SIGNATURE_NAME, STATEMENT_NAME
from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.catalogue.statement import read_statement

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.catalogue.keys import CatalogueKeys
    from kiosk.catalogue.statement import Catalogue, PublishedForm

MARK_NAME = "newest"
_SERIAL = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder of catalogues of one city."""

    folder: Path
    keys: CatalogueKeys
    city: str

    def place(self, serial: int) -> Path:
        """Return where the catalogue with this serial lies."""
        return self.folder / f"{serial:012d}"

    def form_folder(self, serial: int, form: PublishedForm) -> Path:
        """Return where a form of that catalogue lies."""
        return self.place(serial) / "forms" / form.id

    def serials(self) -> list[int]:
        """Return the serials that have a folder, the newest first."""
        try:
            names = [path.name for path in self.folder.iterdir()]
        except FileNotFoundError:
            return []
        return sorted((int(name) for name in names if _SERIAL.fullmatch(name)), reverse=True)

    def mark(self) -> int:
        """Return the highest serial that was ever stored here; 0 when none was, or the mark is damaged."""
        try:
            text = (self.folder / MARK_NAME).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return 0
        serial = text.partition(" ")[0]
        known = serial.isdecimal() and len(serial) <= 12 and text == mark_text(int(serial))
        return int(serial) if known else 0

    def state(self) -> tuple[object, ...]:
        """Return something that is another when there may be something new; cheap."""
        serials = self.serials()
        return self.mark(), tuple(serials), _identity(self.place(serials[0])) if serials else None

    def newest(self) -> Catalogue | None:
        """Return the newest catalogue, every byte of it verified; None when there never was one.

        Raises CatalogueFaulty when there is none that may be shown: what is left is damaged, or older than the mark.
        """
        mark, fault = self.mark(), None
        for serial in self.serials():
            if serial < mark:
                break
            try:
                return self.read(serial)
            except CatalogueFaulty as error:
                fault = fault or error.fault
        if fault or mark:
            raise CatalogueFaulty(fault or Fault.OLDER)
        return None

    def read(self, serial: int) -> Catalogue:
        """Return one catalogue, every byte of it verified; raises CatalogueFaulty."""
        place = self.place(serial)
        catalogue = read_statement(_bytes(place / STATEMENT_NAME), _bytes(place / SIGNATURE_NAME), self.keys, self.city)
        if catalogue.serial != serial:
            raise CatalogueFaulty(Fault.STATEMENT)
        catalogue.check_files(lambda name: _bytes(place / name))
        return catalogue


def mark_text(serial: int) -> str:
    """Return what stands in the mark's file: the serial, and a check so that a damaged one is not believed."""
    return f"{serial} {hashlib.sha256(str(serial).encode()).hexdigest()[:16]}\n"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise CatalogueFaulty(Fault.CONTENT) from None
    except OSError:
        raise CatalogueFaulty(Fault.UNREADABLE) from None


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns
