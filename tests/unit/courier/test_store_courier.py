"""The database's file handles: none is left open behind a store that could not be opened."""

import os
from pathlib import Path

import pytest

from kiosk.courier.parcel import SpoolDamaged, SpoolFailed
from kiosk.courier.store import Store


def open_files(folder: Path) -> list[str]:
    """Names of this process's open files in a folder."""
    targets = []
    for link in Path("/proc/self/fd").iterdir():
        try:
            targets.append(Path(os.readlink(link)))  # noqa: PTH115 - a handle may be closed meanwhile
        except OSError:
            continue
    return sorted(target.name for target in targets if target.parent == folder)


def test_a_store_that_is_closed_holds_nothing(tmp_path):
    store = Store(tmp_path / "spool.sqlite3", 4096)
    assert "spool.sqlite3" in open_files(tmp_path)
    store.close()
    assert open_files(tmp_path) == []


def test_a_reserve_that_cannot_be_held_leaves_no_database_open(tmp_path):
    (tmp_path / "spool.reserve").mkdir()
    with pytest.raises(SpoolFailed, match="Is a directory"):
        Store(tmp_path / "spool.sqlite3", 1 << 20)
    assert open_files(tmp_path) == []


def test_a_damaged_database_is_not_left_open(tmp_path):
    (tmp_path / "spool.sqlite3").write_bytes(b"nonsense" * 1000)
    with pytest.raises(SpoolDamaged):
        Store(tmp_path / "spool.sqlite3", 4096)
    assert open_files(tmp_path) == []
