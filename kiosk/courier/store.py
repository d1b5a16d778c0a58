"""The database under the spool: one durable transaction at a time, honest about what could not be written."""

from __future__ import annotations

import contextlib
import sqlite3
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from kiosk.courier.parcel import SpoolDamaged, SpoolFailed, SpoolFull
from kiosk.courier.reserve import Reserve, free_bytes
from kiosk.courier.schema import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Result = TypeVar("Result")
DAMAGE = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR"}  # the last: a table or a column is not there
FAULTS = (sqlite3.Error, UnicodeDecodeError)  # a damaged schema gets into SQLite's own messages
Row = tuple[object, ...]


class Store:
    """The open file; may be used from several threads, one at a time. Raises SpoolFull and SpoolFailed."""

    def __init__(self, path: Path, reserve_bytes: int) -> None:
        """Open or make the database at `path` and hold `reserve_bytes` back beside it."""
        self._folder = path.parent
        self._lock = Lock()
        self.reserve = Reserve(path.with_suffix(".reserve"), reserve_bytes)
        try:
            with contextlib.ExitStack() as opened:
                self._connection = opened.enter_context(contextlib.closing(connect(path)))
                self.reserve.fill()
                opened.pop_all()  # it stays open
        except FAULTS as error:
            kind = SpoolDamaged if _name(error) in DAMAGE else SpoolFailed
            raise kind(_name(error), path) from None
        except OSError as error:
            raise SpoolFailed(error.strerror or "OSError", path) from None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def read(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Run one query and give all its rows."""
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except FAULTS as error:
                raise _trouble(error) from None

    def number(self, statement: str) -> int:
        """Run a query that gives one number."""
        ((number,),) = self.read(statement)
        return int(str(number))

    def execute(self, statement: str, values: Sequence[object]) -> None:
        """Run one statement as a durable transaction."""
        self.write(lambda connection: connection.execute(statement, values))

    def write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do `work` in one durable transaction; on a full disk once more with the reserve's blocks."""
        with self._lock:
            try:
                return self._transact(work)
            except FAULTS as error:
                if not (self._disk_full(error) and self.reserve.spend()):
                    raise _trouble(error) from None
            try:
                return self._transact(work)
            except FAULTS as error:
                raise _trouble(error) from None

    def _transact(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            result = work(self._connection)
            self._connection.execute("COMMIT")
        except FAULTS:
            self._bury()
            raise
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        return result

    def _bury(self) -> None:
        """Overwrite what a failed commit left in the log: after a crash it would rise again as if it had succeeded."""
        with contextlib.suppress(*FAULTS):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._connection.execute("UPDATE upkeep SET failures = failures + 1")

    def _disk_full(self, error: Exception) -> bool:
        """Whether blocks are what was missing: SQLite says FULL for a write, but IOERR for its shared memory."""
        name = _name(error)
        return name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and free_bytes(self._folder) < 1 << 16)

    def free_bytes(self) -> int:
        """How much can still be written to the disk."""
        return free_bytes(self._folder)

    def free_page_bytes(self) -> int:
        """How much of the file awaits reuse."""
        return self.number("PRAGMA freelist_count") * self.number("PRAGMA page_size")

    def empty_log(self) -> None:
        """Move the log into the tables and cut it off, so that destroyed bytes are not left in it either."""
        with self._lock, contextlib.suppress(*FAULTS):  # someone is reading: the next time will do
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _name(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "SQLITE_CORRUPT"
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


def _trouble(error: Exception) -> SpoolFull | SpoolFailed:
    return SpoolFull() if _name(error) == "SQLITE_FULL" else SpoolFailed(_name(error))
