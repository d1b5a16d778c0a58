"""Cut the power at any write of the spool's disk, and look whether anything acknowledged is missing afterwards.

`python tests/bench/power_cut.py [--rows 60] [--cuts 100] [--patterns 2] [--normal]` needs root, qemu-storage-daemon
(Debian: qemu-system-common), /dev/fuse and a free loop device. Two spools, as kiosk and courier have them open, put,
attempt, deliver, refuse and tidy on an ext4 whose writes and flushes are recorded by qemu's blklogwrites filter. Each
replay builds the disk as of one write, losing a random half of everything after the last flush, in sectors: a record
may be torn. `--normal` is the control: SQLite's synchronous=NORMAL, which has to lose applications.
"""

import argparse
import contextlib
import random
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from spool_kinds import parcel

from kiosk.courier.parcel import ParcelDamaged, SpoolError, State
from kiosk.courier.spool import Spool

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
SECTOR = 512
FLUSH, FUA, DISCARD = 1, 2, 4
PARCEL_BYTES = 100_000


@dataclass(frozen=True)
class Entry:
    start: int
    flags: int
    data: bytes


@dataclass(frozen=True)
class Promise:
    """From so many log entries on this application is promised to be in this state, or in a later one."""

    entries: int
    transaction: str
    state: State


def run(*command):
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout.strip()


@contextlib.contextmanager
def mounted(image, place, *options):
    device = run("losetup", "-f", "--show", image)
    try:
        run("mount", *options, device, place)
        try:
            yield
        finally:
            run("umount", place)
    finally:
        run("losetup", "-d", device)


@contextlib.contextmanager
def recorded(folder):
    """A disk whose writes are recorded; gives the path of the device file."""
    export = folder / "export.img"
    for name in ("export.img", "log.img"):
        (folder / name).touch()
    blocks = [
        f"driver=file,node-name=f,filename={folder / 'disk.img'}",
        f"driver=file,node-name=lg,filename={folder / 'log.img'}",
        "driver=blklogwrites,node-name=b,file=f,log=lg,log-sector-size=512,log-super-update-interval=1",
    ]
    arguments = [word for block in blocks for word in ("--blockdev", block)]
    daemon = subprocess.Popen(
        ["qemu-storage-daemon", *arguments, "--export", f"type=fuse,id=e,node-name=b,mountpoint={export},writable=on"]
    )
    time.sleep(1.5)
    try:
        yield export
    finally:
        time.sleep(0.5)
        daemon.terminate()
        daemon.wait()


def logged(folder):
    with (folder / "log.img").open("rb") as file:
        return struct.unpack("<QQQI", file.read(28))[2]


def read_log(folder):
    data = (folder / "log.img").read_bytes()
    count, at, entries = struct.unpack("<QQQI", data[:28])[2], SECTOR, []
    for _ in range(count):
        sector, sectors, flags, _ = struct.unpack("<QQQQ", data[at : at + 32])
        at += SECTOR
        length = 0 if flags & DISCARD else sectors * SECTOR
        entries.append(Entry(sector * SECTOR, flags, data[at : at + length]))
        at += length
    return entries


def loosen(spool):
    """Take the defence away: acknowledged before it is on the medium."""
    spool._store._connection.execute("PRAGMA synchronous=NORMAL")


def work(folder, place, rows, normal):
    """Live through a day of the spool; give what was promised, with the number of log entries at that moment."""
    promises, chance = [], random.Random(7)
    with (
        Spool(place / "s.sqlite3", 1000, PARCEL_BYTES) as kiosk,
        Spool(place / "s.sqlite3", 1000, PARCEL_BYTES) as courier,
    ):
        for spool in (kiosk, courier) if normal else ():
            loosen(spool)

        def promise(one, state):
            promises.append(Promise(logged(folder), one.transaction_id, state))

        for number in range(rows):
            one = parcel(f"row-{number}", chance.choice([3_000, 30_000]))
            kiosk.put(one)
            promise(one, State.WAITING)
            courier.begun(one.transaction_id, NOW)
            fate = chance.random()
            if fate < 0.4:
                courier.answered(one.transaction_id, b"{}", NOW)
                promise(one, State.ACCEPTED)
            elif fate < 0.5:
                courier.refused(one.transaction_id, "form-unknown", NOW)
                promise(one, State.REFUSED)
            else:
                courier.failed(one.transaction_id, NOW + timedelta(seconds=9), "busy")
            if number % 4 == 3:
                courier.sweep()
            if number % 10 == 9:
                courier.tidy(NOW)
    return promises


def cut(base, entries, at, chance):
    """Build the disk after `at` entries, without a random half of the sectors since the last flush."""
    image = bytearray(base)
    last_flush = max((index for index in range(at) if entries[index].flags & FLUSH), default=0)
    for index, entry in enumerate(entries[:at]):
        safe = index < last_flush or entry.flags & FUA
        for offset in range(0, len(entry.data), SECTOR):
            if safe or chance.random() < 0.5:
                image[entry.start + offset : entry.start + offset + SECTOR] = entry.data[offset : offset + SECTOR]
    return image


def sound(path):
    with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.DatabaseError):
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return False


def kept(spool, transaction, state):
    """Whether one promise is kept: the application is there, no earlier than promised, and its bytes are its own."""
    found = spool.answer(transaction)
    if found is None or (state is not State.WAITING and found.state is not state):
        return False
    if found.state is State.WAITING:
        with contextlib.suppress(ParcelDamaged):
            return bool(spool.sealed(transaction))
        return False
    return True


def verdict(place, promised):
    """Look for everything promised: lost, corrupt or fine."""
    path = place / "s.sqlite3"
    if not promised and not path.exists():
        return "fine"
    if not sound(path):
        return "corrupt"
    with Spool(path, 1000, PARCEL_BYTES) as spool:
        return "fine" if all(kept(spool, *promise) for promise in promised.items()) else "lost"


def inspect(image, place, promised):
    """Mount a disk after a cut and look; ext4's superblock has two sectors and may itself be torn: then repair it."""
    repaired = ""
    try:
        with mounted(image, place):
            return verdict(place, promised)
    except subprocess.CalledProcessError:
        subprocess.run(["/sbin/e2fsck", "-fy", image], check=False, capture_output=True)
        repaired = " after e2fsck"
    except SpoolError:
        return "unopenable"
    with mounted(image, place):
        return verdict(place, promised) + repaired


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=60)
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--patterns", type=int, default=2)
    parser.add_argument("--normal", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder / "m"
        place.mkdir()
        with (folder / "disk.img").open("wb") as file:
            file.truncate(24 << 20)
        run("/sbin/mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", folder / "disk.img")
        base = (folder / "disk.img").read_bytes()
        with recorded(folder) as export, mounted(export, place, "-o", "commit=1"):
            promises = work(folder, place, options.rows, options.normal)
        entries = read_log(folder)
        chance, count = random.Random(11), Counter()
        points = sorted(chance.sample(range(1, len(entries) + 1), min(options.cuts, len(entries))))
        for at in points:
            promised = {one.transaction: one.state for one in promises if one.entries <= at}
            for _ in range(options.patterns):
                (folder / "cut.img").write_bytes(cut(base, entries, at, chance))
                count[inspect(folder / "cut.img", place, promised)] += 1
        flushes = sum(entry.flags & FLUSH for entry in entries)
        sys.stdout.write(
            f"synchronous={'NORMAL' if options.normal else 'FULL'}: {len(entries)} writes and flushes ({flushes}),"
            f" {len(points)} cuts x {options.patterns} patterns, {len(promises)} promises: {dict(count)}\n"
        )


if __name__ == "__main__":
    main()
