"""A disk whose writes and flushes are recorded, and what would be on it had the power gone at any of them.

Killing QEMU loses nothing that the machine has written, whatever its cache mode: the host keeps it. So every write and
flush goes through QEMU's blklogwrites filter, and the disk after a cut is built from that record: everything up to the
last flush, and of each sector written since then a random half. A write with FUA is never lost; a record may be torn.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proofs.machine import disk_over

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

SECTOR = 512
EACH = "log-super-update-interval=1"  # the count of entries is right at every moment
FLUSH, FUA, DISCARD = 1, 2, 4
SUPER, HEAD = struct.Struct("<QQQI"), struct.Struct("<QQQQ")  # of the kernel's dm-log-writes


@dataclass(frozen=True, slots=True)
class Entry:
    """One write, flush or both; `start` in bytes."""

    start: int
    flags: int
    data: bytes


def recorded_disk(below: Path, layer: Path, log: Path) -> list[str]:
    """Return the options for a disk that begins as `below` and keeps a record of what is written."""
    disk_over(below, layer)
    log.write_bytes(b"")
    return [
        "-blockdev", f"driver=qcow2,node-name=layer,file.driver=file,file.filename={layer}",
        "-blockdev", f"driver=file,node-name=log,filename={log}",
        "-blockdev", f"driver=blklogwrites,node-name=disk,file=layer,log=log,log-sector-size={SECTOR},{EACH}",
    ]  # fmt: skip


def logged(log: Path) -> int:
    """Return how many entries the record has by now."""
    with log.open("rb") as file:
        head = file.read(SUPER.size)
    return SUPER.unpack(head)[2] if len(head) == SUPER.size else 0


def read_log(log: Path) -> list[Entry]:
    """Return all entries of a record."""
    count, entries = logged(log), []
    with log.open("rb") as file:
        file.seek(SECTOR)
        for _ in range(count):
            sector, sectors, flags, _ = HEAD.unpack(file.read(SECTOR)[: HEAD.size])
            entries.append(Entry(sector * SECTOR, flags, b"" if flags & DISCARD else file.read(sectors * SECTOR)))
    return entries


def cut(disk: bytearray, first: int, entries: list[Entry], at: int, chance: Random) -> int:
    """Turn `disk`, whose first byte is byte `first` of the recorded one, into what a cut after `at` entries leaves.

    Returns how many sectors were lost.
    """
    flush = max((index for index in range(at) if entries[index].flags & FLUSH), default=0)
    lost = 0
    for index, entry in enumerate(entries[:at]):
        safe = index < flush or entry.flags & FUA
        for offset in range(0, len(entry.data), SECTOR):
            place = entry.start + offset - first
            if not 0 <= place < len(disk):
                continue
            if safe or chance.random() < 0.5:
                disk[place : place + SECTOR] = entry.data[offset : offset + SECTOR]
            else:
                lost += 1
    return lost
