"""Power cuts at recorded writes: whatever was not flushed may be lost, and U-Boot still finds a whole slot.

One update is recorded write by write (proofs/block_log.py). For many moments of it the card is built as a cut would
have left it, Debian's own U-Boot is started from it, and the slot that it chooses has to be whole.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from typing import TYPE_CHECKING

from proofs.block_log import cut, logged, read_log, recorded_disk
from proofs.board import Board, slot_bytes
from proofs.machine import NotSeen, raw_disk
from proofs.provisioned import SECTOR, partition
from proofs.small import FIRST, GOOD, SLOT_A, SLOT_B

if TYPE_CHECKING:
    from pathlib import Path

    from proofs.block_log import Entry
    from proofs.guest import Facts
    from proofs.small import Slot, Small

INIT = "bare_init.sh"
PATIENCE = 900.0
STARTS = 120.0  # seconds that U-Boot may take to hand over to a kernel


def prove(small: Small, facts: Facts) -> None:
    """Cut it as often as CUTS says (100); raises NotSeen when U-Boot chose a slot that was not whole."""
    cuts, seed = int(os.environ.get("CUTS", "100")), int(os.environ.get("SEED", "1"))
    chance = random.Random(seed)  # noqa: S311 - the same moments again for the same seed
    first, next_ = small.slot("again-1", FIRST, init=INIT), small.slot("again-2", GOOD, init=INIT)
    disk = small.card(first, {}, {"again.raucb": small.bundle(next_)})
    log = small.folder / "log.img"
    board = Board(small.folder / "machine", recorded_disk(disk, small.folder / "cuts.qcow2", log), small.image)
    with board:
        board.start()
        board.wait_for("AGAIN installed", PATIENCE)
        board.wait_for("madoguchi: slot B", PATIENCE)
    entries = read_log(log)
    facts.note(f"seed {seed}; an update of {logged(log)} writes and flushes was recorded")
    count: Counter[str] = Counter()
    for at in sorted(chance.sample(range(1, len(entries) + 1), min(cuts, len(entries)))):
        count[_chosen(small, disk, entries, at, chance, (first, next_))] += 1
    log.unlink()
    facts.note(f"{sum(count.values())} cuts, each time a whole slot was started: {dict(count)}")


def _chosen(
    small: Small, before: Path, entries: list[Entry], at: int, chance: random.Random, slots: tuple[Slot, ...]
) -> str:
    """Build the card after a cut, start U-Boot from it, and return the slot that it chose; raises NotSeen."""
    card = bytearray(before.read_bytes()[: _before_data(before)])
    cut(card, 0, entries, at, chance)
    disk = small.folder / "cut.img"
    disk.write_bytes(card)
    with disk.open("r+b") as file:
        file.truncate(before.stat().st_size)
    board = Board(small.folder / "cut", raw_disk(disk), small.image)
    with board:
        board.start()
        board.wait_for("Starting kernel", STARTS)
        slot = re.findall(r"madoguchi: slot (.), ", board.said())[-1]
    for each in slots:
        wanted = each.image.read_bytes()
        if slot_bytes(disk, {"A": SLOT_A, "B": SLOT_B}[slot], len(wanted)) == wanted:
            return f"{slot} {each.version}"
    raise NotSeen(f"a whole slot {slot} after a cut at write {at}")


def _before_data(disk: Path) -> int:
    return partition(disk, 3)[0] * SECTOR
