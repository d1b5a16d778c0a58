"""The whole way of an update: bundles that are refused, a good one that is kept, a bad one that is left again."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from proofs.board import Board, slot_bytes, stick_of
from proofs.machine import NotSeen, raw_disk
from proofs.provisioned import REMEMBERED, SECTOR
from proofs.small import BAD, FIRST, GOOD, OLDER, SLOT_A, STAND_IN, flipped, unit

if TYPE_CHECKING:
    from pathlib import Path

    from proofs.guest import Facts
    from proofs.small import Small

PATIENCE = 900.0
EVENT = r'"event": "update\.{}"'
LEFT_ALONE = 8 << 20  # bytes of the other slot that are compared for the refused ones


def prove(small: Small, facts: Facts) -> None:
    """Make it; raises NotSeen. A good bundle and a bad one wait on the card; the others come by sticks."""
    kiosk = unit("stand-in", STAND_IN)
    first, good = small.slot("first", FIRST, kiosk), small.slot("good", GOOD, kiosk)
    bad = small.slot("bad", BAD)  # nobody draws there
    settings = {"hours": '["00:00-24:00"]', "limit": "60.0"}
    disk = small.card(first, settings, {"stick.raucb": small.bundle(good), "fetched.raucb": small.bundle(bad)})
    board = Board(small.folder / "machine", raw_disk(disk), small.image)
    with board:
        board.start()
        said = _see(board, facts, "good", FIRST, "the first version serves from slot A")
        said = _see(board, facts, "installed", GOOD, "a good bundle is installed, the kiosk was closed for it", said)
        said = board.wait_for("madoguchi: slot B, 2 attempts left", PATIENCE, said).end() + said
        said = _see(board, facts, "proved", GOOD, "slot B was started, has proved itself and is kept", said)
        said = _see(board, facts, "installed", BAD, "a bundle without a kiosk is installed", said)
        said = board.wait_for("madoguchi: slot A, 2 attempts left", PATIENCE, said).end() + said
        said = _see(board, facts, "bad", BAD, "slot A was started, its kiosk has drawn nothing, it is given up", said)
        said = board.wait_for("madoguchi: slot B, ", PATIENCE, said).end() + said
        said = _see(board, facts, "returned", BAD, "slot B is back by itself", said)
        _see(board, facts, "good", GOOD, "slot B serves again", said)
        before = _remembered(disk), hashlib.sha256(slot_bytes(disk, SLOT_A, LEFT_ALONE)).digest()
        for code, bundle in _refused(small):
            _put_in(board, small, bundle, code)
            facts.note(f"refused: {code}")
        if before != (_remembered(disk), hashlib.sha256(slot_bytes(disk, SLOT_A, LEFT_ALONE)).digest()):
            raise NotSeen("slot A and what U-Boot remembers as they were before the refused bundles")
        facts.note("slot A and U-Boot's memory are as before")


def _refused(small: Small) -> list[tuple[str, Path]]:
    hollow = small.hollow()
    good = small.bundle(hollow)
    signature, size = int.from_bytes(good.read_bytes()[-8:], "big"), good.stat().st_size
    cut, bare = good.with_name("cut.raucb"), good.with_name("bare.raucb")
    cut.write_bytes(good.read_bytes()[: size // 2])
    bare.write_bytes(good.read_bytes()[: size - signature - 8] + bytes(8))
    return [
        ("damaged", flipped(good, size // 3)),
        ("older", small.bundle(hollow, UPDATE_VERSION=OLDER)),
        ("foreign-authority", small.bundle(hollow, "another-authority")),
        ("damaged", cut),
        ("unsigned", bare),
        ("foreign-device", small.bundle(hollow, UPDATE_COMPATIBLE="coffee-machine")),
        ("failed-before", small.bundle(hollow, UPDATE_VERSION=BAD)),
    ]


def _put_in(board: Board, small: Small, bundle: Path, code: str) -> None:
    """Put in a stick, wait for the refusal, and pull the stick out."""
    said = len(board.said())
    board.put_stick_in(stick_of(small.folder, bundle), f"stick{said}")
    board.wait_for(EVENT.format("refused") + rf'.*"{re.escape(code)}"', PATIENCE, said)
    board.take_stick_out(f"stick{said}")


def _see(board: Board, facts: Facts, event: str, word: str, told: str, after: int = 0) -> int:
    """Wait for the updater's event with a word behind it; return where the serial line was then."""
    found = board.wait_for(EVENT.format(event) + rf'.*"{re.escape(word)}"', PATIENCE, after)
    facts.note(told)
    return after + found.end()


def _remembered(disk: Path) -> bytes:
    with disk.open("rb") as file:
        return b"".join(file.seek(at * SECTOR).to_bytes(8, "big") + file.read(SECTOR) for at in REMEMBERED)
