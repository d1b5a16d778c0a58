"""A spool file that SQLite cannot open: set aside under a number, never deleted, and read for what is legible in it.

Its first page, which holds SQLite's header and the tables' places, is kept beside it and replaced by a sound one: every
spool of one version has the same. What is read counts only when its checksum over bytes and label is right.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import struct
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.courier.parcel import Parcel, SpoolFailed
from kiosk.courier.schema import connect
from kiosk.durable import flush, keep, sync

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = 4096
_FIELDS = struct.Struct(
    ">III"
)  # pages in all, first free page, free pages: at 28 of the header (SQLite file format §1.3)
_FIELDS_AT = 28
_MOST_ROWS = 20_000  # looked for one by one where not even their number can be read
_PATIENCE = 5.0  # seconds: another program may be mending it right now
_LOOK = 0.05


@dataclass(frozen=True, slots=True)
class Mended:
    """What was set aside: `spool.broken-<number>.sqlite3`, and how many applications of it go on."""

    number: int
    rescued: int


class Door:
    """A lock beside the spool: all who have it open share it, who mends it has it alone."""

    def __init__(self, path: Path) -> None:
        """Come in with the others; raises SpoolFailed when the file cannot be made."""
        try:
            self._handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
            with contextlib.suppress(PermissionError):  # it is the other program's, with the right mode
                os.fchmod(self._handle, 0o660)
        except OSError as error:
            raise SpoolFailed(error.strerror or "OSError", path) from None
        self._take(fcntl.LOCK_SH, path)

    def _take(self, kind: int, path: Path) -> None:
        end = time.monotonic() + _PATIENCE
        while not self._try(kind):
            if time.monotonic() > end:
                raise SpoolFailed("locked", path)
            time.sleep(_LOOK)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextlib.contextmanager
    def alone(self, path: Path) -> Iterator[bool]:
        """Have it alone for a while; False when another program has the spool open."""
        got = self._try(fcntl.LOCK_EX)
        try:
            yield got
        finally:
            self._take(fcntl.LOCK_SH, path)

    def close(self) -> None:
        """Leave."""
        os.close(self._handle)


def set_aside(path: Path) -> None:
    """Give the file and its log a numbered name; the log first, because a new spool must never find an old one's."""
    number = 1
    while any(kept.exists() for kept in (_kept(path, number), _log(_kept(path, number)))):
        number += 1
    kept = _kept(path, number)
    if _log(path).exists():
        _log(path).rename(_log(kept))
    path.rename(kept)
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    sync(path.parent)


def unread(path: Path) -> list[int]:
    """Return the numbers of what was set aside and not read to its end yet."""
    numbers = [
        int(kept.stem.rpartition("-")[2])
        for kept in path.parent.glob(f"{path.stem}.broken-*{path.suffix}")
        if kept.stem.rpartition("-")[2].isdecimal()
    ]
    return sorted(number for number in numbers if not _beside(path, number, "told").exists())


def told(path: Path, number: int) -> None:
    """Note that everything legible in it has been taken over."""
    _beside(path, number, "told").touch()


def legible(path: Path, number: int) -> Iterator[Parcel]:
    """Read the applications that wait in what was set aside, as far as they are whole."""
    kept = _kept(path, number)
    _mend_first_page(kept, _beside(path, number, "page"))
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(kept)) as broken:
        broken.text_factory = lambda raw: raw.decode("utf-8", "replace")
        for row in range(1, _rows(broken) + 1):
            parcel = _parcel(broken, row)
            if parcel is not None:
                yield parcel


def _mend_first_page(kept: Path, page: Path) -> None:
    """Keep the first page as it is in the file `page`, and lay that of a new spool over it."""
    with kept.open("r+b") as file:
        if not page.exists():  # else a mending was cut short, or comes again: the first word counts
            keep(page, file.read(PAGE))
            file.seek(0)
        file.write(_sound_first_page(max(1, kept.stat().st_size // PAGE)))
        flush(file)


def _sound_first_page(pages: int) -> bytes:
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-"))
    try:
        connect(folder / "new").close()
        first = bytearray((folder / "new").read_bytes()[:PAGE])
    finally:
        shutil.rmtree(folder)
    _FIELDS.pack_into(first, _FIELDS_AT, pages, 0, 0)
    return bytes(first)


def _rows(broken: sqlite3.Connection) -> int:
    try:
        (highest,) = broken.execute("SELECT max(rowid) FROM parcel").fetchone()
    except sqlite3.Error:
        return _MOST_ROWS
    return min(highest or 0, _MOST_ROWS)


def _parcel(broken: sqlite3.Connection, row: int) -> Parcel | None:
    """Return one application when it is whole and was not answered yet."""
    with contextlib.suppress(sqlite3.Error, OverflowError, OSError, ValueError):
        found = broken.execute(
            "SELECT transaction_id, holding_number, key_id, created, digest FROM parcel"
            " WHERE rowid = ? AND state NOT IN ('accepted', 'refused')",
            (row,),
        ).fetchone()
        if found is None:
            return None
        *label, created, digest = found
        for way in ("", "NOT INDEXED"):
            sealed = _sealed(broken, label[0], way)
            if sealed is not None:
                parcel = Parcel(
                    str(label[0]), str(label[1]), sealed, str(label[2]), datetime.fromtimestamp(created, UTC)
                )
                if parcel.digest() == digest:
                    return parcel
    return None


def _sealed(broken: sqlite3.Connection, transaction_id: object, way: str) -> bytes | None:
    with contextlib.suppress(sqlite3.Error):
        found = broken.execute(f"SELECT bytes FROM sealed {way} WHERE transaction_id = ?", (transaction_id,)).fetchone()  # noqa: S608 - one of two words of our own
        if found is not None and isinstance(found[0], bytes):
            return found[0]
    return None


def _kept(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}.broken-{number}{path.suffix}")


def _beside(path: Path, number: int, what: str) -> Path:
    return path.with_name(f"{path.stem}.broken-{number}.{what}")


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
