"""The boot test's own parts, as far as they can be held without booting: a test that cannot fail proves nothing."""

from __future__ import annotations

import json
import random
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from proofs import block_log, pixels, provisioned
from proofs.guest_line import GuestLine, NoAnswer

ROOT = Path(__file__).parents[3]
HALF = random.Random(3)


def entry(sector: int, text: bytes, flags: int = 0) -> block_log.Entry:
    return block_log.Entry(sector * block_log.SECTOR, flags, text.ljust(block_log.SECTOR, b"."))


def sector(disk: bytearray, which: int) -> bytes:
    return bytes(disk[which * block_log.SECTOR : (which + 1) * block_log.SECTOR]).rstrip(b".\0")


def test_what_was_flushed_is_never_lost_and_what_was_not_is_lost_half_the_time() -> None:
    flushed = [entry(at, b"flushed") for at in range(50)]
    loose = [entry(at, b"loose") for at in range(50, 250)]
    entries = [*flushed, block_log.Entry(0, block_log.FLUSH, b""), *loose, entry(250, b"forced", block_log.FUA)]
    disk = bytearray(300 * block_log.SECTOR)
    lost = block_log.cut(disk, 0, entries, len(entries), HALF)
    assert [sector(disk, at) for at in range(50)] == [b"flushed"] * 50
    assert sector(disk, 250) == b"forced"
    kept = sum(sector(disk, at) == b"loose" for at in range(50, 250))
    assert kept + lost == 200
    assert 50 < lost < 150


def test_a_cut_before_the_flush_may_lose_what_it_would_have_kept() -> None:
    entries = [*(entry(at, b"early") for at in range(100)), block_log.Entry(0, block_log.FLUSH, b"")]
    disk = bytearray(100 * block_log.SECTOR)
    assert block_log.cut(disk, 0, entries, 100, HALF) > 0
    assert block_log.cut(disk, 0, entries, 101, HALF) == 0


def test_only_the_part_of_the_disk_that_is_looked_at_is_changed() -> None:
    entries = [
        entry(0, b"before"),
        entry(10, b"inside"),
        entry(20, b"behind"),
        block_log.Entry(0, block_log.FLUSH, b""),
    ]
    disk = bytearray(5 * block_log.SECTOR)
    block_log.cut(disk, 8 * block_log.SECTOR, entries, len(entries), HALF)
    assert [sector(disk, at) for at in range(5)] == [b"", b"", b"inside", b"", b""]


def test_a_record_is_read_as_qemu_writes_it(tmp_path: Path) -> None:
    def block(head: bytes) -> bytes:
        return head.ljust(block_log.SECTOR, b"\0")

    log = tmp_path / "log.img"
    log.write_bytes(b"")
    assert block_log.logged(log) == 0
    log.write_bytes(
        block(struct.pack("<QQQI", 0x6A736677736872, 1, 3, 512))
        + block(struct.pack("<QQQQ", 7, 1, 0, 0))
        + b"x" * 512
        + block(struct.pack("<QQQQ", 0, 0, block_log.FLUSH, 0))
        + block(struct.pack("<QQQQ", 9, 4, block_log.DISCARD, 0))
    )
    assert block_log.logged(log) == 3
    assert block_log.read_log(log) == [
        block_log.Entry(7 * 512, 0, b"x" * 512),
        block_log.Entry(0, block_log.FLUSH, b""),
        block_log.Entry(9 * 512, block_log.DISCARD, b""),
    ]


def test_a_black_screen_and_a_text_screen_are_no_scene() -> None:
    black = Image.new("RGB", (800, 480))
    text = black.copy()
    ImageDraw.Draw(text).text((10, 10), "login: " * 40, fill=(200, 200, 200))
    scene = Image.linear_gradient("L").resize((800, 480)).convert("RGB")
    assert [pixels.is_scene(each) for each in (black, text, scene)] == [False, False, True]
    assert pixels.changed(black, black) == 0
    assert pixels.changed(black, scene) > 0.8


def boot_folder(folder: Path, words: str) -> Path:
    (folder / "cmdline.txt").write_text(words, encoding="ascii")
    return folder


def test_the_command_line_keeps_the_images_own_words_and_brings_the_units(tmp_path: Path) -> None:
    words = f"quiet loglevel=3 panic=10 madoguchi.hash={'a' * 64}"
    line = provisioned.command_line(boot_folder(tmp_path, words))
    assert "quiet" not in line
    assert {"panic=10", f"madoguchi.hash={'a' * 64}", "systemd.wants=agent.service"} <= set(line.split())
    for name in ("kiosk", "courier", "out-of-service"):
        assert f"systemd.unit-dropin.madoguchi-{name}.service:" in line


def test_a_command_line_that_the_kernel_would_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2047"):
        provisioned.command_line(boot_folder(tmp_path, "x" * 900))


def test_the_agent_runs_asks_and_gives_each_line(tmp_path: Path) -> None:
    agent = ROOT / "image/test/agent.py"
    here, there = socket.socketpair()
    program = (
        f"import runpy, os, json; a = runpy.run_path({str(agent)!r}); a['serve'](os.fdopen({there.fileno()}, 'r+b', 0))"
    )
    with subprocess.Popen([sys.executable, "-c", program], pass_fds=[there.fileno()]) as process:
        there.close()
        line = object.__new__(GuestLine)
        line.take(here)
        line.wait_for_hello(20)
        assert line.run("echo", "there").out == "there\n"
        assert line.run("false").code == 1
        assert line.run("/no/such/program").code == -1
        assert list(line.lines("printf", "one\ntwo\n")) == ["one", "two"]
        assert line.ask(str(tmp_path / "nobody.sock"), {"do": "describe"})["error"]
        with Served(tmp_path / "s.sock", {"step": "attract"}):
            assert line.ask(str(tmp_path / "s.sock"), {"do": "describe"}) == {"id": 6, "step": "attract"}
        line.close()
        process.wait(20)
    with pytest.raises(NoAnswer):
        GuestLine(tmp_path / "nothing.sock", 0.1)


class Served:
    def __init__(self, path: Path, answer: dict[str, str]) -> None:
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(path))
        self._door.listen()
        self._answer = answer

    def __enter__(self) -> None:
        threading.Thread(target=self._once, daemon=True).start()

    def _once(self) -> None:
        caller, _ = self._door.accept()
        with caller, caller.makefile("rwb") as line:
            line.readline()
            line.write(json.dumps(self._answer).encode() + b"\n")

    def __exit__(self, *_: object) -> None:
        self._door.close()
