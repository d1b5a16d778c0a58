"""The spool on disks that fail: full, read-only, not syncing; and in a process that is killed."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from courier_parcels import NOON, parcel

from kiosk.courier.spool import Spool

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


class Putter:
    """A kiosk that only puts applications into its spool, in a process of its own."""

    def __init__(self, path, parcel_bytes=100_000, size=3000, environment=()):
        self.process = subprocess.Popen(
            [sys.executable, HERE / "courier_putter.py", path, str(parcel_bytes), str(size)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{HERE.parents[1] / 'unit' / 'courier'}", **dict(environment)},
        )
        assert self.process.stdout.readline() == "open\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


def sound(path):
    connection = sqlite3.connect(path)
    (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return verdict == "ok"


@pytest.fixture(scope="session")
def failing_calls(tmp_path_factory):
    """The library that lets system calls fail."""
    library = tmp_path_factory.mktemp("fault") / "failing_calls.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "failing_calls.c", "-ldl"], check=True)
    return library


class Fault:
    """A fault that can be switched on and off, and counts how often it struck."""

    def __init__(self, library, folder):
        self._file = folder / "fault"
        self.environment = {"LD_PRELOAD": str(library), "FAULT": str(self._file)}

    def on(self, call, number, times=1_000_000):
        self._file.write_text(f"{call} {number} {times}")

    def off(self):
        self._file.unlink()

    def struck(self):
        log = self._file.with_name("fault.log")
        return log.stat().st_size if log.exists() else 0


@pytest.fixture
def fault(failing_calls, tmp_path):
    return Fault(failing_calls, tmp_path)


def test_what_could_not_be_synced_is_not_accepted_and_does_not_rise_again(tmp_path, fault):
    path = tmp_path / "s.sqlite3"
    with Putter(path, size=40_000, environment=fault.environment) as putter:
        assert putter.say("put before") == "ok"
        fault.on("sync", errno.EIO, times=1)
        assert putter.say("put failed") == "SpoolFailed SQLITE_IOERR_FSYNC"
        assert fault.struck() == 1
    with Spool(path, 10) as spool:  # the process was killed: the log is read as after a crash
        assert spool.answer(parcel("failed").transaction_id) is None
        assert spool.sealed(parcel("before", 40_000).transaction_id) == parcel("before", 40_000).sealed
    assert sound(path)


def test_a_disk_that_syncs_again_takes_applications_again(tmp_path, fault):
    path = tmp_path / "s.sqlite3"
    with Putter(path, environment=fault.environment) as putter:
        fault.on("sync", errno.EIO)
        said = [putter.say(f"put a{number}") for number in range(5)]
        fault.off()
        assert said == ["SpoolFailed SQLITE_IOERR_FSYNC"] * 5
        assert fault.struck() >= 5
        assert putter.say("put later") == "ok"
    with Spool(path, 10) as spool:
        assert [due.transaction_id for due in spool.due(NOON, 10)] == [parcel("later").transaction_id]
    assert sound(path)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "SpoolFull"),
        (errno.EROFS, "SpoolFailed SQLITE_IOERR_WRITE"),
        (errno.EIO, "SpoolFailed SQLITE_IOERR_WRITE"),
    ],
)
def test_what_could_not_be_written_is_told_by_name(tmp_path, fault, number, told):
    path = tmp_path / "s.sqlite3"
    with Putter(path, environment=fault.environment) as putter:
        assert putter.say("put before") == "ok"
        fault.on("write", number)
        assert putter.say("put failed") == told
        fault.off()
        assert fault.struck() >= 1
        assert putter.say("put after") == "ok"
    with Spool(path, 10) as spool:
        assert {due.transaction_id for due in spool.due(NOON, 10)} == {
            parcel("before").transaction_id,
            parcel("after").transaction_id,
        }
    assert sound(path)


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path):
    path = tmp_path / "s.sqlite3"
    acknowledged = []
    for life in range(8):
        with Putter(path) as putter:
            for number in range(life * 3 + 1):
                assert putter.say(f"put {life}-{number}") == "ok"
                acknowledged.append(f"{life}-{number}")
            putter.process.stdin.write("".join(f"put {life}-x{number}\n" for number in range(30)))
            putter.process.stdin.flush()  # killed in the midst of these
    with Spool(path, 100_000) as spool:
        for name in acknowledged:
            assert spool.sealed(parcel(name).transaction_id) == parcel(name).sealed
    assert sound(path)


@pytest.fixture
def tiny_disk(tmp_path):
    """An ext4 of 8 MB on a loop device."""
    image, place = tmp_path / "disk.img", tmp_path / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(8 << 20)
    subprocess.run(["/sbin/mkfs.ext4", "-q", "-F", image], check=True)
    if subprocess.run(["mount", "-o", "loop", image, place], check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a loop device")
    yield place
    subprocess.run(["umount", place], check=True)


def write_for_ever(file):
    while True:
        file.write(bytes(4096))


def fill(place):
    """Leave no block free; give the file that holds them."""
    hog = place / "hog"
    with hog.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        write_for_ever(file)
    return hog


def test_a_full_disk_stops_new_citizens_but_never_one_who_has_signed(tiny_disk):
    path = tiny_disk / "s.sqlite3"
    with Putter(path, parcel_bytes=400_000, size=300_000) as putter:
        assert int(putter.say("room")) > 0
        hog = fill(tiny_disk)
        assert putter.say("room") == "0"
        assert putter.say("put signed already") == "ok"  # out of the blocks kept back
        assert putter.say("room") == "0"
        hog.unlink()
    with Spool(path, 100, 400_000) as spool:
        spool.tidy(NOON)
        assert spool.room_left() > 0
        assert (
            spool.sealed(parcel("signed already", 300_000).transaction_id) == parcel("signed already", 300_000).sealed
        )
    assert sound(path)


def test_on_a_disk_without_one_block_it_says_full_and_delivering_still_works(tiny_disk):
    path = tiny_disk / "s.sqlite3"
    with Spool(path, 100, 400_000) as courier, Putter(path, parcel_bytes=400_000, size=300_000) as putter:
        assert putter.say("put a") == "ok"
        fill(tiny_disk)
        said = [putter.say(f"put b{number}") for number in range(8)]
        assert said[0] == "ok"
        assert said[-1] == "SpoolFull"
        kept = [f"b{number}" for number, answer in enumerate(said) if answer == "ok"]
        for name in ("a", *kept):
            courier.answered(parcel(name).transaction_id, b"{}", NOON)
            courier.sweep()
        assert courier.waiting() == 0
        assert putter.say("put again") == "ok"  # into the pages that became free
    assert sound(path)


def test_a_disk_that_turned_read_only_accepts_nothing(tiny_disk):
    path = tiny_disk / "s.sqlite3"
    with Putter(path) as putter:
        assert putter.say("put before") == "ok"
        putter.kill()
    subprocess.run(["mount", "-o", "remount,ro", tiny_disk], check=True)
    check = [sys.executable, HERE / "courier_putter.py", path, "100000", "3000"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{HERE.parents[1] / 'unit' / 'courier'}"}
    ended = subprocess.run(check, input="put x\n", capture_output=True, text=True, env=environment, check=False)
    assert "ok" not in ended.stdout
