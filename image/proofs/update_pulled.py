"""The plug is pulled at random moments of one update after the other: it always starts again, from a whole slot."""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from typing import TYPE_CHECKING

from proofs.board import Board, slot_bytes, written_through
from proofs.machine import NotSeen
from proofs.small import FIRST, GOOD, SLOT_A, SLOT_B

if TYPE_CHECKING:
    from pathlib import Path

    from proofs.guest import Facts
    from proofs.small import Slot, Small

INIT = "bare_init.sh"
PATIENCE = 900.0  # seconds until it serves again; nine starts that end by themselves have room in it
SPOKEN = (  # what was going on, by what had been said last
    ("AGAIN installed", "after an installation"),
    ("AGAIN installs", "while a slot was written"),
    ("AGAIN up", "while the slot was made good"),
    ("Starting kernel", "while kernel and initrd started"),
    ("U-Boot", "in U-Boot"),
)


def prove(small: Small, facts: Facts) -> None:
    """Pull it as often as PULLS says (40); raises NotSeen when it does not serve again once."""
    pulls, seed = int(os.environ.get("PULLS", "40")), int(os.environ.get("SEED", "1"))
    chance = random.Random(seed)  # noqa: S311 - the same moments again for the same seed
    first, next_ = small.slot("again-1", FIRST, init=INIT), small.slot("again-2", GOOD, init=INIT)
    disk = small.card(first, {}, {"again.raucb": small.bundle(next_)})
    facts.note(f"seed {seed}")
    count: Counter[str] = Counter()
    longest = 30.0
    for pull in range(pulls):
        board = Board(small.folder / "machine", written_through(disk), small.image)
        with board:
            began = time.monotonic()
            board.start()
            board.wait_for("AGAIN up", PATIENCE)
            if pull == 0:
                board.wait_for("AGAIN installed", PATIENCE)
                longest = (time.monotonic() - began) * 1.3
                facts.note(f"one round takes {longest / 1.3:.0f} s")
            _whole(disk, board, (first, next_))
            _let_run(board, chance.uniform(0, longest))
            count[_moment(board)] += 1
        facts.note(f"pull {pull + 1}: {_moment(board)}")
    board = Board(small.folder / "machine", written_through(disk), small.image)
    with board:
        board.start()
        board.wait_for("AGAIN good", PATIENCE)
        _whole(disk, board, (first, next_))
    facts.note(
        f"{pulls} pulls, served again after each: " + ", ".join(f"{n} {what}" for what, n in count.most_common())
    )


def _let_run(board: Board, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and board.running:
        time.sleep(min(0.01, max(0.0, end - time.monotonic())))


def _moment(board: Board) -> str:
    said = board.said()
    places = {what: said.rfind(words) for words, what in SPOKEN}
    return max(places, key=lambda what: places[what])


def _whole(disk: Path, board: Board, slots: tuple[Slot, ...]) -> None:
    """The slot that runs is byte for byte one of the two that exist."""
    found = re.findall(r"AGAIN up (.)", board.said())
    running = {"A": SLOT_A, "B": SLOT_B}[found[-1]]
    for slot in slots:
        wanted = slot.image.read_bytes()
        if slot_bytes(disk, running, len(wanted)) == wanted:
            return
    raise NotSeen(f"a whole slot {found[-1]}")
