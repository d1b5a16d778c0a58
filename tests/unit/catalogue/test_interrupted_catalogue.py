"""The power goes at any step of a swap: there is the old catalogue or the new one, and the next turn finishes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from catalogue_press import CITY

from kiosk.catalogue.bundle import read_bundle
from kiosk.catalogue.shelf import Shelf
from kiosk.catalogue.storing import Storeroom

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
FEW_STEPS = 12  # folders, files, both renames, the mark and what is forgotten


@pytest.fixture
def before(press, tmp_path):
    """A shelf with two catalogues, as it was before the swap."""
    shelf = press.shelf(tmp_path)
    press.store(shelf, press.print(11))
    press.store(shelf, press.print(12))
    return shelf


def swap(press, folder: Path, bundle: Path, step: int) -> subprocess.CompletedProcess[str]:
    key = press.key.public_key().public_bytes_raw().hex()
    command = [sys.executable, str(HERE / "catalogue_storing.py"), str(folder), str(bundle), key, str(step)]
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=50)


def test_at_every_step_there_is_a_whole_catalogue(press, before, tmp_path):
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(press.print(13))
    seen, step = [], 0
    while True:
        folder = tmp_path / f"step-{step}"
        shutil.copytree(before.folder, folder)
        ended = swap(press, folder, bundle, step)
        shelf = Shelf(folder, press.keys, CITY)
        seen.append(shelf.newest().serial)
        assert shelf.mark() <= seen[-1]
        room = Storeroom(shelf)
        if room.mend().serial == 12:
            room.put(read_bundle(bundle.read_bytes(), press.keys, CITY))
        assert (shelf.newest().serial, shelf.mark()) == (13, 13)
        assert not list(folder.glob("*part*"))
        if ended.returncode == 0:
            break
        assert ended.returncode == 9, ended.stderr
        step += 1
    assert int(ended.stdout) == step > FEW_STEPS
    assert seen == sorted(seen)
    assert {12, 13} == set(seen)  # some steps before the rename, some after it
