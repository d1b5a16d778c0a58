"""The spool and the alternative it was measured against: one file for each application, made durable with fsync.

`python tests/bench/spool_kinds.py [FOLDER]` prints milliseconds for each kind, size and operation.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.courier.parcel import Parcel, holding_number
from kiosk.courier.spool import Spool

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


def parcel(name, size):
    return Parcel(name, holding_number(name), os.urandom(size), "0123456789abcdef", NOW)


class FileSpool:
    """The same promises with files: write, fsync, rename, fsync the folder."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def _write(self, name, content):
        draft = self.folder / f".{name}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o660)
        try:
            os.write(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
        draft.rename(self.folder / name)
        self._sync()

    def _sync(self):
        handle = os.open(self.folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)

    def _names(self):
        return [path.name for path in self.folder.iterdir()]

    def put(self, one):
        label = {"number": one.holding_number, "key": one.key_id, "created": one.created.timestamp()}
        self._write(f"{one.transaction_id}.sealed", json.dumps(label).encode() + b"\n" + one.sealed)

    def failed(self, transaction, next_at, reason):
        self._write(f"{transaction}.turn", json.dumps([next_at.timestamp(), reason]).encode())

    def answered(self, transaction, receipt, _now):
        self._write(f"{transaction}.receipt", receipt)
        (self.folder / f"{transaction}.sealed").unlink()
        (self.folder / f"{transaction}.turn").unlink(missing_ok=True)
        self._sync()

    def waiting(self):
        return sum(name.endswith(".sealed") for name in self._names())

    def due(self, now, limit):
        found = []
        for name in self._names():
            if name.endswith(".sealed"):
                turn = self.folder / name.replace(".sealed", ".turn")
                at = json.loads(turn.read_bytes())[0] if turn.exists() else 0.0
                if at <= now.timestamp():
                    found.append((at, name))
        return sorted(found)[:limit]

    def close(self):
        pass


def timed(work, times):
    spans = []
    for number in range(times):
        begun = time.perf_counter()
        work(number)
        spans.append((time.perf_counter() - begun) * 1000)
    return f"{statistics.median(spans):7.2f} (p99 {sorted(spans)[int(times * 0.99)]:6.2f})"


def measure(kind, spool, size, times=100):
    parcels = [parcel(f"{size}-{number}", size) for number in range(times)]
    later = NOW + timedelta(minutes=1)
    rows = {
        "put": timed(lambda n: spool.put(parcels[n]), times),
        "failed": timed(lambda n: spool.failed(parcels[n].transaction_id, later, "busy"), times),
        "waiting": timed(lambda _: spool.waiting(), times),
        "due": timed(lambda _: spool.due(later, 16), times),
        "answered": timed(lambda n: spool.answered(parcels[n].transaction_id, b"{}" * 400, later), times),
    }
    for name, figure in rows.items():
        sys.stdout.write(f"{kind:<8}{size:>8} B  {name:<9}{figure} ms\n")


def main():
    place = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        for size in (30_000, 400_000):
            with Spool(Path(folder) / f"{size}.sqlite3", 1000) as spool:
                measure("sqlite", spool, size)
            measure("files", FileSpool(Path(folder) / f"{size}"), size)


if __name__ == "__main__":
    main()
