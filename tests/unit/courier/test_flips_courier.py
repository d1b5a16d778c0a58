"""Bits flip on an SD card: the spool may refuse, it may never crash and never hand out other bytes."""

import random
import shutil

from courier_parcels import NOON, parcel

from kiosk.courier.parcel import ParcelDamaged, SpoolError
from kiosk.courier.spool import Spool

NAMES = [f"n{number}" for number in range(6)]
FLIPS = 250


def look(path, found):
    """Do all that kiosk and courier do; count what came out."""
    with Spool(path, 100, 20_000) as spool:
        for due in spool.due(NOON, 100):
            try:
                found["bytes"].append((due.transaction_id, spool.sealed(due.transaction_id)))
            except ParcelDamaged:
                found["damaged"] += 1
            spool.begun(due.transaction_id, NOON)
        spool.next_turn()
        for name in NAMES:
            spool.answer(parcel(name).transaction_id)
        spool.put(parcel("new"))
        spool.answered(parcel("new").transaction_id, b"{}", NOON)
        spool.tidy(NOON)


def test_flipped_bits_are_refused_or_harmless(tmp_path):
    whole = tmp_path / "whole.sqlite3"
    with Spool(whole, 100, 20_000) as spool:
        for name in NAMES:
            spool.put(parcel(name, 6000))
    genuine = {(parcel(name).transaction_id, parcel(name, 6000).sealed) for name in NAMES}
    chance = random.Random(5)
    found = {"bytes": [], "damaged": 0, "refused": 0}
    content = whole.read_bytes()
    labels = [
        at
        for at in range(len(content))
        if content[at] and not any(content[at : at + 8] in sealed for _, sealed in genuine)
    ]
    for number in range(FLIPS):
        flipped = bytearray(content)
        flipped[chance.randrange(len(content)) if number % 2 else chance.choice(labels)] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}" / "s.sqlite3"
        path.parent.mkdir()
        path.write_bytes(flipped)
        try:
            look(path, found)
        except SpoolError:
            found["refused"] += 1
        shutil.rmtree(path.parent)
    assert set(found["bytes"]) <= genuine
    assert found["damaged"] > FLIPS // 4
    assert len(found["bytes"]) > FLIPS
