"""The spool's tables and the settings of a connection to them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path  # noqa: TC003 - pathlib is loaded anyway and keeps the signature readable at run time

from kiosk.durable import sync

VERSION = 1
LOG_BYTES = 1 << 20  # the log is moved into the tables when it has grown to this
BUSY_SECONDS = 5.0  # kiosk and courier write at the same time; the other's transaction lasts milliseconds

# The sealed bytes have a table of their own: SQLite rewrites a whole row on every update, and a retry must not
# write 400 kB for a changed time.
TABLES = """
CREATE TABLE parcel (
    transaction_id TEXT PRIMARY KEY,
    holding_number TEXT NOT NULL,
    key_id TEXT NOT NULL,
    created REAL NOT NULL,
    digest BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'refused')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at REAL NOT NULL,
    reason TEXT,
    receipt BLOB,
    code TEXT,
    answered_at REAL
) STRICT;
CREATE INDEX parcel_turn ON parcel (state, next_at);
CREATE TABLE sealed (transaction_id TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE upkeep (failures INTEGER NOT NULL) STRICT;
INSERT INTO upkeep VALUES (0);
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the database, making it when it is not there; raises sqlite3.Error and OSError."""
    _make_file(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.text_factory = _text
    try:
        _settle(connection)
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    return connection


def _text(raw: bytes) -> str:
    """Read text that a flipped bit may have made unreadable: one such row must not hide all others."""
    return raw.decode("utf-8", "replace")


def _make_file(path: Path) -> None:
    """Create the empty file with its mode, and make its name durable."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o660)
    except FileExistsError:
        return
    os.fchmod(handle, 0o660)  # whatever the umask is: kiosk and courier are two users of one group
    os.close(handle)
    sync(path.parent)


def _settle(connection: sqlite3.Connection) -> None:
    """Set the connection up for durability and frugality, and make the tables once."""
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # NORMAL loses acknowledged rows at a power cut
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "cache_size=-512",
        f"wal_autocheckpoint={LOG_BYTES // 4096}",
        f"journal_size_limit={LOG_BYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if _version(connection) == VERSION:
        _look(connection)
        return
    connection.execute("BEGIN IMMEDIATE")  # the other program may be making the tables right now
    found = _version(connection)
    if found == 0:
        for statement in TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={VERSION}")
    connection.execute("COMMIT")
    if found not in {0, VERSION}:
        raise sqlite3.DatabaseError("spool of another version")
    _look(connection)


def _look(connection: sqlite3.Connection) -> None:
    """Look into every table: a file may open well and have lost them."""
    for columns, table in (("state, digest", "parcel"), ("bytes", "sealed"), ("failures", "upkeep")):
        connection.execute(f"SELECT {columns} FROM {table} LIMIT 0").fetchall()  # noqa: S608 - our own words


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
