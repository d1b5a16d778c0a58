"""The spool: sealed applications on their way to the city, safe on the disk before the citizen is told anything."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from kiosk.courier.mending import Door, Mended, legible, set_aside, told, unread
from kiosk.courier.nudge import ring
from kiosk.courier.parcel import (
    CityAnswer,
    Due,
    Parcel,
    ParcelConflict,
    ParcelDamaged,
    SpoolDamaged,
    SpoolFailed,
    SpoolFull,
    State,
)
from kiosk.courier.schema import LOG_BYTES
from kiosk.courier.store import Store

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path
    from threading import Event

    from kiosk.journal import Journal

PARCEL_BYTES = 3 << 20  # the largest sealed application, with three photographs; room is always counted for it
CLOCK_LEAP = 2 * 3600.0  # seconds: a turn further away than any wait was set by a clock that was wrong
LAST_TURN = 2.0**33  # seconds since 1970; what a flipped bit may say is cut off here
NEVER = datetime.min.replace(tzinfo=UTC)
DAMAGED = "damaged-in-spool"  # the code of an application that was lost to the disk
KEEP = timedelta(days=7)  # how long answered applications stay known
LOOK_SECONDS = 0.1


class Spool:
    """The spool file, opened by kiosk and courier at the same time; one instance may be used from several threads.

    A method that writes has made its change durable when it returns. All raise SpoolFull and SpoolFailed.
    """

    def __init__(self, path: Path, capacity: int, parcel_bytes: int = PARCEL_BYTES) -> None:
        """Open or make the spool at `path` for at most `capacity` waiting applications of `parcel_bytes` each."""
        self.path = path
        self._capacity = capacity
        self._parcel_bytes = parcel_bytes
        self._need = 3 * parcel_bytes  # an application goes into the log, into the table, and once more when destroyed
        self.mended: Mended | None = None  # what had to be set aside; staff want to know
        self._door = Door(path)
        with contextlib.ExitStack() as undo:
            undo.callback(self._door.close)
            self._store = self._open()
            undo.callback(self._store.close)
            self._take_over()
            undo.pop_all()

    def _open(self) -> Store:
        """Open the file; one that is damaged is set aside, unless another program still has it open."""
        reserve = self._need + LOG_BYTES
        try:
            return Store(self.path, reserve)
        except SpoolDamaged:
            with self._door.alone(self.path) as alone:
                if not alone:
                    raise
                try:
                    return Store(self.path, reserve)  # somebody may have mended it meanwhile
                except SpoolDamaged:
                    set_aside(self.path)
                    return Store(self.path, reserve)

    def _take_over(self) -> None:
        """Put in what is legible in spools that were set aside; cut short, it is finished at the next start."""
        for number in unread(self.path):
            with self._door.alone(self.path) as alone, contextlib.suppress(SpoolFull):
                if not alone:
                    return
                rescued = 0
                for parcel in legible(self.path, number):
                    self.put(parcel)
                    rescued += 1
                told(self.path, number)
                self.mended = Mended(number, rescued)

    def close(self) -> None:
        """Close the file; the spool cannot be used any more."""
        self._store.close()
        self._door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What the kiosk does.

    def room_left(self) -> int:
        """Count how many more applications are sure to fit; asked before a citizen starts."""
        if not self._store.reserve.whole():
            return 0
        free = self._store.free_bytes()
        if free < self._need:  # the log needs blocks of the disk, free pages inside the file are no help to it
            return 0
        return max(0, min(self._capacity - self.waiting(), (free + self._store.free_page_bytes()) // self._need))

    def put(self, parcel: Parcel) -> None:
        """Take an application in and ring for the courier; the same one twice is the same as once.

        Raises ParcelConflict when other bytes lie under its id.
        """
        if len(parcel.sealed) > self._parcel_bytes or not self._can_destroy():
            raise SpoolFull
        self._store.write(lambda connection: self._insert(connection, parcel))
        ring(self.path)

    def _can_destroy(self) -> bool:
        """Whether one more can be taken in *and* destroyed again; what can only be taken in would stay for ever."""
        return self._store.reserve.whole() or self._store.free_bytes() >= self._need

    def _insert(self, connection: sqlite3.Connection, parcel: Parcel) -> None:
        digest = parcel.digest()
        label = (parcel.transaction_id, parcel.holding_number, parcel.key_id)
        known = connection.execute("SELECT digest FROM parcel WHERE transaction_id = ?", label[:1]).fetchone()
        if known is not None:
            if known[0] != digest:
                raise ParcelConflict
            return
        (waiting,) = connection.execute("SELECT count(*) FROM parcel WHERE state = 'waiting'").fetchone()
        if waiting >= self._capacity:
            raise SpoolFull
        created = parcel.created.timestamp()
        connection.execute(
            "INSERT INTO parcel (transaction_id, holding_number, key_id, created, digest, next_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*label, created, digest, created),
        )
        connection.execute("INSERT INTO sealed VALUES (?, ?)", (parcel.transaction_id, parcel.sealed))

    def answer(self, transaction_id: str) -> CityAnswer | None:
        """Tell what is known about an application; None when the spool never had it or has forgotten it."""
        rows = self._store.read("SELECT state, receipt, code FROM parcel WHERE transaction_id = ?", (transaction_id,))
        for state, receipt, code in rows:
            if state not in set(State):
                raise SpoolFailed("SQLITE_CORRUPT")
            return CityAnswer(
                State(str(state)),
                receipt if isinstance(receipt, bytes) else None,
                code if isinstance(code, str) else None,
            )
        return None

    def wait_for_answer(self, transaction_id: str, seconds: float, stop: Event) -> CityAnswer | None:
        """Wait until the city has answered, `seconds` are over or `stop` is set; then tell what is known."""
        end = time.monotonic() + seconds
        while True:
            answer = self.answer(transaction_id)
            left = end - time.monotonic()
            if answer is None or answer.state is not State.WAITING or left <= 0 or stop.wait(min(LOOK_SECONDS, left)):
                return answer

    def waiting(self) -> int:
        """Count the applications that the city has not answered yet."""
        return self._store.number("SELECT count(*) FROM parcel WHERE state = 'waiting'")

    # What the courier does.

    def due(self, now: datetime, limit: int) -> list[Due]:
        """Give the labels of applications whose turn it is, those tried least first: one poison stops nobody."""
        rows = self._store.read(
            "SELECT rowid, transaction_id, holding_number, key_id, attempts FROM parcel"
            " WHERE state = 'waiting' AND (next_at <= ? OR next_at > ?) ORDER BY attempts, created LIMIT ?",
            (now.timestamp(), now.timestamp() + CLOCK_LEAP, limit),
        )
        return [
            Due(int(str(row)), str(txn), str(number), str(key), attempts if isinstance(attempts, int) else 0)
            for row, txn, number, key, attempts in rows
        ]

    def next_turn(self) -> datetime | None:
        """Tell when the next application's turn comes; None when none is waiting."""
        ((turn,),) = self._store.read("SELECT min(next_at) FROM parcel WHERE state = 'waiting'")
        return datetime.fromtimestamp(min(max(turn, 0.0), LAST_TURN), UTC) if isinstance(turn, float) else None

    def sealed(self, transaction_id: str) -> bytes:
        """Fetch the very bytes that were put in; raises ParcelDamaged when they changed on the disk."""
        try:
            rows = self._store.read(
                "SELECT bytes, digest, transaction_id, holding_number, key_id"
                " FROM sealed JOIN parcel USING (transaction_id) WHERE transaction_id = ?",
                (transaction_id,),
            )
        except SpoolFailed as failure:
            if failure.reason.startswith("SQLITE_CORRUPT"):  # its pages only: the others still have to go out
                raise ParcelDamaged from None
            raise
        for stored, digest, txn, number, key in rows:
            if isinstance(stored, bytes) and Parcel(str(txn), str(number), stored, str(key), NEVER).digest() == digest:
                return stored
        raise ParcelDamaged

    def begun(self, transaction_id: str, next_at: datetime) -> None:
        """Count an attempt before it is made, so that a courier that dies in it does not hurry into the next."""
        self._store.execute(
            "UPDATE parcel SET attempts = attempts + 1, next_at = ?, reason = 'begun'"
            " WHERE transaction_id = ? AND state = 'waiting'",
            (next_at.timestamp(), transaction_id),
        )

    def failed(self, transaction_id: str, next_at: datetime, reason: str) -> None:
        """Note why the attempt that was begun failed, and when the next one may be made."""
        self._store.execute(
            "UPDATE parcel SET next_at = ?, reason = ? WHERE transaction_id = ? AND state = 'waiting'",
            (next_at.timestamp(), reason, transaction_id),
        )

    def hold(self, until: datetime) -> None:
        """Let every waiting application wait until then at least: the city as a whole does not answer."""
        self._store.execute(
            "UPDATE parcel SET next_at = ?, reason = 'held' WHERE state = 'waiting' AND next_at <= ?",
            (until.timestamp(), until.timestamp()),
        )

    def release(self, now: datetime) -> None:
        """Let the turn of everything that was held come now: the city answers again."""
        self._store.execute(
            "UPDATE parcel SET next_at = ?, reason = NULL WHERE state = 'waiting' AND reason = 'held'",
            (now.timestamp(),),
        )

    def answered(self, transaction_id: str, receipt_json: bytes, now: datetime) -> None:
        """Keep the city's receipt and destroy the sealed bytes; `sweep` removes their last traces from the log."""

        def keep(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE parcel SET state = 'accepted', receipt = ?, answered_at = ?, reason = NULL"
                " WHERE transaction_id = ? AND state = 'waiting'",
                (receipt_json, now.timestamp(), transaction_id),
            )
            connection.execute("DELETE FROM sealed WHERE transaction_id = ?", (transaction_id,))

        self._store.write(keep)

    def sweep(self) -> None:
        """Cut the log off after deliveries: destroyed bytes are not left in it, and its blocks are free."""
        self._store.empty_log()

    def refused(self, transaction_id: str, code: str, now: datetime) -> None:
        """Keep the city's final refusal; the sealed bytes stay until `tidy`, staff may be asked about them."""
        self._store.execute(
            "UPDATE parcel SET state = 'refused', code = ?, answered_at = ?, reason = NULL"
            " WHERE transaction_id = ? AND state = 'waiting'",
            (code, now.timestamp(), transaction_id),
        )

    def damaged(self, row: int, now: datetime) -> None:
        """Put an application aside whose bytes or label changed on the disk; the city never saw it."""
        self._store.execute(
            "UPDATE parcel SET state = 'refused', code = ?, answered_at = ?, reason = NULL WHERE rowid = ?",
            (DAMAGED, now.timestamp(), row),
        )

    def tidy(self, now: datetime, keep: timedelta = KEEP) -> None:
        """Forget what was answered longer than `keep` ago, and hold the reserve again."""
        before = (now - keep).timestamp()

        def forget(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM sealed WHERE transaction_id IN"
                " (SELECT transaction_id FROM parcel WHERE state <> 'waiting' AND answered_at < ?)",
                (before,),
            )
            connection.execute("DELETE FROM parcel WHERE state <> 'waiting' AND answered_at < ?", (before,))

        self._store.write(forget)
        self._store.empty_log()
        self._store.reserve.fill()


def tell_mended(spool: Spool, journal: Journal) -> None:
    """Tell staff when a damaged spool was set aside: code S-01 of the runbook."""
    if spool.mended is not None:
        journal.error("spool-set-aside", code="S-01", number=spool.mended.number, rescued=spool.mended.rescued)
