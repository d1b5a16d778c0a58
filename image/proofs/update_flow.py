"""The whole way of an update: bundles that are refused, a good one that is kept, a bad one that is left again."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from proofs.board import Board, slot_bytes, stick_of
from proofs.machine import NotSeen, raw_disk
from proofs.provisioned import REMEMBERED, SECTOR
from proofs.small import BAD, FIRST, GOOD, OLDER, SLOT_B, STAND_IN, flipped, unit

if TYPE_CHECKING:
    from pathlib import Path

    from proofs.guest import Facts
    from proofs.small import Slot, Small

PATIENCE = 900.0
EVENT = r'"event": "update\.{}"'
LEFT_ALONE = 8 << 20  # bytes of slot B that are compared for the refused ones


def prove(small: Small, facts: Facts) -> None:
    """Make it; raises NotSeen."""
    kiosk = unit("stand-in", STAND_IN)
    first, good = small.slot("first", FIRST, kiosk), small.slot("good", GOOD, kiosk)
    bad = small.slot("bad", BAD, "")  # nobody draws there
    bundles = {"good": small.bundle(good), "bad": small.bundle(bad)}
    settings = {"hours": '["00:00-24:00"]', "limit": "60.0", "interval": "5.0"}
    disk = small.card(first, settings)
    board = Board(small.folder / "machine", raw_disk(disk), small.image)
    with board:
        board.start()
        _see(board, facts, "good", FIRST, "the first version serves from slot A")
        before = _remembered(disk), hashlib.sha256(slot_bytes(disk, SLOT_B, LEFT_ALONE)).digest()
        for code, bundle in _refused(small, first, bundles["good"]):
            _put_in(board, small, bundle, "refused", code)
            facts.note(f"refused: {code}")
        if before != (_remembered(disk), hashlib.sha256(slot_bytes(disk, SLOT_B, LEFT_ALONE)).digest()):
            raise NotSeen("slot B and what U-Boot remembers as they were before the refused bundles")
        facts.note("slot B and U-Boot's memory are as before")
        told = len(board.said())
        _put_in(board, small, bundles["good"], "installed", GOOD)
        facts.note("a good bundle from a stick is installed")
        board.wait_for("madoguchi: slot B, 2 attempts left", PATIENCE, told)
        _see(board, facts, "proved", GOOD, "slot B was started, has proved itself and is kept", told)
        told = len(board.said())
        _put_in(board, small, bundles["bad"], "installed", BAD)
        board.wait_for("madoguchi: slot A, 2 attempts left", PATIENCE, told)
        _see(board, facts, "bad", BAD, "a version whose kiosk draws nothing is started in slot A and given up", told)
        board.wait_for("madoguchi: slot B, ", PATIENCE, told)
        board.wait_for(r'"event": "update\.returned", "failed": "' + re.escape(BAD), PATIENCE, told)
        _see(board, facts, "good", GOOD, "slot B is back by itself", told)
        _put_in(board, small, bundles["bad"], "refused", "failed-before")
        facts.note("the version that failed is not taken again")


def _refused(small: Small, first: Slot, good: Path) -> list[tuple[str, Path]]:
    signature = int.from_bytes(good.read_bytes()[-8:], "big")
    size = good.stat().st_size
    cut, bare = good.with_name("cut.raucb"), good.with_name("bare.raucb")
    cut.write_bytes(good.read_bytes()[: size // 2])
    bare.write_bytes(good.read_bytes()[: size - signature - 8] + bytes(8))
    return [
        ("damaged", flipped(good, size // 3)),
        ("damaged", cut),
        ("unsigned", bare),
        ("older", small.bundle(first, UPDATE_VERSION=OLDER)),
        ("foreign-device", small.bundle(first, UPDATE_COMPATIBLE="coffee-machine")),
        ("foreign-authority", small.bundle(first, "another-authority")),
    ]


def _put_in(board: Board, small: Small, bundle: Path, event: str, word: str) -> None:
    """Put in a stick, wait for the event with this word behind it, and pull the stick out."""
    told, name = len(board.said()), f"stick{len(board.said())}"
    stick = stick_of(small.folder, bundle)
    board.put_stick_in(stick, name)
    board.wait_for(EVENT.format(event) + rf'.*"{re.escape(word)}"', PATIENCE, told)
    board.take_stick_out(name)


def _see(board: Board, facts: Facts, event: str, word: str, told: str, after: int = 0) -> None:
    board.wait_for(EVENT.format(event) + rf'.*"{re.escape(word)}"', PATIENCE, after)
    facts.note(told)


def _remembered(disk: Path) -> bytes:
    with disk.open("rb") as file:
        return b"".join(file.seek(at * SECTOR).to_bytes(8, "big") + file.read(SECTOR) for at in REMEMBERED)
