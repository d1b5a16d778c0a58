"""Keeping a file: what reaches the disk before what, and what is left where it cannot."""

from __future__ import annotations

import os
import resource
import stat
from typing import TYPE_CHECKING

import pytest

from kiosk.durable import keep, lay, sync

if TYPE_CHECKING:
    from pathlib import Path

    from tests.told_calls import ToldCalls

PROGRAM = """
import sys
from pathlib import Path
from kiosk.durable import keep
keep(Path(sys.argv[1]), b"new")
"""


def kept(calls: ToldCalls, path: Path, failing: int = 0) -> tuple[bool, list[str]]:
    """Keep a file in a process of its own; return whether that went well, and what it had the system do."""
    told = calls.run(PROGRAM, path, folder=path.parent, failing=failing)
    assert told.ended.returncode == 0 or "OSError: [Errno 5]" in told.ended.stderr, told.ended.stderr
    return told.ended.returncode == 0, told.calls


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_it_returns(
    told_calls: ToldCalls, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    assert kept(told_calls, path) == (True, ["fsync file.part", "rename file.part file", "fsync ."])
    assert path.read_bytes() == b"new"


def test_bytes_that_do_not_reach_the_disk_leave_the_old_file(told_calls: ToldCalls, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    assert kept(told_calls, path, failing=1) == (False, ["fsync file.part"])
    assert path.read_bytes() == b"old"
    assert not path.with_name("file.part").exists()


def test_a_name_that_does_not_reach_the_disk_is_told(told_calls: ToldCalls, tmp_path: Path) -> None:
    assert kept(told_calls, tmp_path / "file", failing=2)[0] is False


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    """A file-size limit stands for a full disk: both fail in the middle of writing."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            keep(path, bytes(2048))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_what_a_killed_program_left_beside_it_is_no_obstacle_and_lends_no_mode(tmp_path: Path) -> None:
    left = tmp_path / "key.part"
    left.write_bytes(b"half")
    left.chmod(0o666)
    keep(tmp_path / "key", b"whole", 0o600)
    assert (tmp_path / "key").read_bytes() == b"whole"
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert not left.exists()


def test_a_secret_is_readable_for_nobody_else_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        lay(tmp_path / "secret", b"", 0o600)
        lay(tmp_path / "shared", b"", 0o640)
        keep(tmp_path / "ordinary", b"")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"secret": 0o600, "shared": 0o640, "ordinary": 0o666}


def test_only_a_new_file_is_laid(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        lay(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_only_a_folder_is_synced(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        sync(tmp_path / "file")
