"""Putting a catalogue on the shelf: a new folder, then a rename; a power cut leaves the old one or the new one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.catalogue.shelf import MARK_NAME, mark_text
from kiosk.durable import keep, lay, sync

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.catalogue.bundle import Bundle
    from kiosk.catalogue.shelf import Shelf
    from kiosk.catalogue.statement import Catalogue

KEPT_BEFORE = 1  # the kiosk may still be reading it
_PART, _DAMAGED = "part", "damaged"
_FOLDER_MODE, _FILE_MODE = 0o750, 0o640  # the kiosk, in the group, reads


class Storeroom:
    """The writing side of a shelf; one program at a time has it."""

    def __init__(self, shelf: Shelf) -> None:
        """Make the folder if there is none; raises OSError."""
        self._shelf = shelf
        self._folder = shelf.folder
        self._folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)

    def mend(self) -> Catalogue | None:
        """Put damaged catalogues aside, finish what was interrupted, and return what may be shown. Raises OSError."""
        for left in (*self._folder.glob(f"{_PART}-*"), self._folder / f"{MARK_NAME}.{_PART}"):
            _remove(left)
        for serial in self._shelf.serials():
            try:
                catalogue = self._shelf.read(serial)
            except CatalogueFaulty as error:
                if error.fault is not Fault.UNREADABLE:
                    self._put_aside(self._shelf.place(serial))
                continue
            if serial < self._shelf.mark():
                return None
            self._raise_mark(serial)
            return catalogue
        return None

    def put(self, bundle: Bundle) -> None:
        """Store a newer catalogue, durable when this returns; raises CatalogueFaulty (OLDER) and OSError."""
        serial = bundle.catalogue.serial
        if serial < self._shelf.mark() or serial in self._shelf.serials():
            raise CatalogueFaulty(Fault.OLDER)
        part = self._folder / f"{_PART}-{serial}"
        _remove(part)
        for place, data in bundle.entries.items():
            path = part / place
            _make_folders(part, path.parent)
            lay(path, data, _FILE_MODE)
        for folder in sorted({part, *(path for path in part.rglob("*") if path.is_dir())}, reverse=True):
            sync(folder)
        part.rename(self._shelf.place(serial))
        sync(self._folder)
        self._raise_mark(serial)
        self._forget_old(serial)

    def _raise_mark(self, serial: int) -> None:
        if self._shelf.mark() >= serial:
            return
        keep(self._folder / MARK_NAME, mark_text(serial).encode(), _FILE_MODE)

    def _forget_old(self, serial: int) -> None:
        older = [each for each in self._shelf.serials() if each < serial]
        for each in older[KEPT_BEFORE:]:
            _remove(self._shelf.place(each))

    def _put_aside(self, place: Path) -> None:
        """Keep the latest damaged one for whoever wants to know; nothing reads it."""
        aside = self._folder / f"{_DAMAGED}-{place.name}"
        for before in self._folder.glob(f"{_DAMAGED}-*"):
            _remove(before)
        place.rename(aside)
        sync(self._folder)


def _make_folders(top: Path, folder: Path) -> None:
    for each in (top, *reversed([path for path in folder.parents if top in path.parents]), folder):
        if not each.exists():
            each.mkdir(mode=_FOLDER_MODE)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
