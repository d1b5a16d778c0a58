"""The folder of published catalogues: `<serial>.zip` each, never changed and never removed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from city.catalogue.statement import STATEMENT_NAME
from city.durable import lay, sync
from city.errors import FileUnusable, PublishRefused

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"([0-9]{12})\.zip")


@dataclass(frozen=True, slots=True, repr=False)
class Edition:
    """One published catalogue as it is handed out."""

    serial: int
    packed: bytes

    @property
    def etag(self) -> str:
        """Its entity tag (RFC 9110 §8.8.3)."""
        return f'"{self.serial}-{hashlib.sha256(self.packed).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class CatalogueShelf:
    """Reads and adds to the folder; what was read once is not read again."""

    folder: Path
    _forms: dict[int, frozenset[tuple[str, str]]] = field(default_factory=dict, compare=False)
    _latest: list[Edition] = field(default_factory=list, compare=False)

    def newest_serial(self) -> int:
        """Return the highest serial; 0 when nothing is published."""
        names = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        return max((int(found[1]) for found in map(_NAME.fullmatch, names) if found), default=0)

    def newest(self) -> Edition | None:
        """Return the newest catalogue; None when nothing is published."""
        serial = self.newest_serial()
        if self._latest and self._latest[0].serial == serial:
            return self._latest[0]
        if not serial:
            return None
        self._latest[:] = [Edition(serial, self._place(serial).read_bytes())]
        return self._latest[0]

    def holds(self, serial: int, form_id: str, sha256: str) -> bool:
        """Tell whether the catalogue with this serial was published and has this version of this form."""
        if serial not in self._forms and self._place(serial).is_file():
            stated = self.statement(serial)["forms"]
            self._forms[serial] = frozenset((form["id"], form["sha256"]) for form in stated)
        return (form_id, sha256) in self._forms.get(serial, frozenset())

    def statement(self, serial: int) -> dict[str, Any]:
        """Return what a published catalogue states; raises FileUnusable."""
        path = self._place(serial)
        try:
            with zipfile.ZipFile(path) as archive:
                return msgspec.json.decode(archive.read(STATEMENT_NAME), type=dict[str, Any])
        except (OSError, KeyError, zipfile.BadZipFile, msgspec.DecodeError):
            raise FileUnusable(path, "a catalogue as it was published") from None

    def schema(self, serial: int, form_id: str) -> dict[str, Any]:
        """Return the schema of a form in a published catalogue; raises FileUnusable."""
        path = self._place(serial)
        try:
            with zipfile.ZipFile(path) as archive:
                return msgspec.json.decode(archive.read(f"forms/{form_id}/schema.json"), type=dict[str, Any])
        except (OSError, KeyError, zipfile.BadZipFile, msgspec.DecodeError):
            raise FileUnusable(path, "a catalogue as it was published") from None

    def add(self, edition: Edition) -> Path:
        """Put a new one there, whole or not at all, durable; raises PublishRefused when its serial is taken."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path, part = self._place(edition.serial), self.folder / f".{edition.serial}.{os.getpid()}.part"
        try:
            lay(part, edition.packed, 0o644)
            path.hardlink_to(part)  # unlike a rename it never replaces what someone else published meanwhile
        except FileExistsError:
            raise PublishRefused(f"{path}: this serial is published already") from None
        finally:
            with contextlib.suppress(FileNotFoundError):
                part.unlink()
        sync(self.folder)
        return path

    def _place(self, serial: int) -> Path:
        return self.folder / f"{serial:012d}.zip"
