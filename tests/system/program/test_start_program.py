"""What is wrong keeps the program from starting, and is told with file, key or path and what was expected."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.demo.launcher import Demonstration
from kiosk.demo.setting import CONFIG, PROFILE, Setting, as_options

ROOT = Path(__file__).parents[3]
WRONG_SETTINGS = 78


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Setting:
    """A folder with all keys, as a demonstration has it."""
    folder = tmp_path_factory.mktemp("start")
    setting = Setting(folder, folder / "trust")
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        demonstration = Demonstration(setting)
        demonstration.prepare()
        demonstration.stop()
    finally:
        os.chdir(before)
    return setting


def start(setting: Setting, *sets: str, config: Path = CONFIG, program: str = "kiosk") -> subprocess.CompletedProcess:
    options = as_options([*setting.sets_for_kiosk(1, "no such reader"), *sets])
    return subprocess.run(
        [sys.executable, "-m", program, "--config", str(config), "--profile", str(PROFILE), *options],
        cwd=ROOT,
        env={**os.environ, "SDL_VIDEODRIVER": "dummy"},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def refused(done: subprocess.CompletedProcess, *told: str) -> None:
    assert done.returncode == WRONG_SETTINGS, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, "one plain line, no traceback"
    for word in told:
        assert word in done.stderr, done.stderr


@pytest.mark.parametrize("program", ["kiosk", "kiosk.courier"])
@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("screen.width=wide", ("kiosk.toml", "screen.width", "int")),
        ("screen.wide=1", ("kiosk.toml", "screen.wide", "no such key")),
        ("city.receipt_key=/nowhere/receipt.pub", ("/nowhere/receipt.pub",)),
        ("spool.path=/nowhere/spool.sqlite3", ("spool.path", "/nowhere/spool.sqlite3")),
    ],
)
def test_a_wrong_setting(prepared: Setting, program: str, setting: str, told: tuple[str, ...]) -> None:
    refused(start(prepared, setting, program=program), *told)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("city.sealing_key=/nowhere/sealing.pub", ("/nowhere/sealing.pub", "X25519")),
        ('trust.anchors=["/nowhere/ca.pem"]', ("/nowhere/ca.pem", "certificates")),
        ("fonts.names=/nowhere/ipamjm.ttf", ("/nowhere/ipamjm.ttf", "fonts-ipamj-mincho")),
        ("panel.buzzer=99", ("kiosk.toml", "panel.buzzer", "0 to 27")),
        ("panel.buzzer=17", ("kiosk.toml", "panel.buzzer", "panel.lamp_red")),
        ("screen.texts=/nowhere", ("/nowhere/ja.toml",)),
        ("screen.tokens=/nowhere", ("/nowhere/tokens.json",)),
    ],
)
def test_a_file_or_part_that_is_not_there(prepared: Setting, setting: str, told: tuple[str, ...]) -> None:
    refused(start(prepared, setting), *told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text + "\n[[[", ("en.toml", "TOML")),
        (lambda text: text.replace("[bar]", "[bars]"), ("en", "bar.")),
        (lambda text: text.replace("{left}", "{lft}"), ("en", "left")),
    ],
)
def test_a_broken_catalogue_of_texts(prepared: Setting, tmp_path: Path, change, told: tuple[str, ...]) -> None:
    shutil.copytree(ROOT / "config/texts", tmp_path / "texts")
    broken = tmp_path / "texts/en.toml"
    broken.write_text(change(broken.read_text(encoding="utf-8")), encoding="utf-8")
    refused(start(prepared, f"screen.texts={tmp_path / 'texts'}"), *told)


def test_a_broken_theme(prepared: Setting, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "config/themes", tmp_path / "themes")
    (tmp_path / "themes/tokens.json").write_text('{"screen": {}}', encoding="utf-8")
    refused(start(prepared, f"screen.tokens={tmp_path / 'themes'}"), "tokens.json", "px")


def test_test_authorities_are_refused_in_service(prepared: Setting) -> None:
    done = start(
        prepared,
        "kiosk.demo=false",
        "kiosk.remote=",
        "courier.control=",
        "panel.factory=none",
        "reader.direct_control=",
    )
    assert done.returncode == WRONG_SETTINGS
    assert "demonstration" in done.stderr or "catalogue" in done.stderr


RUN = """
import signal, sys, time
from pathlib import Path
import pygame
from kiosk.build import Builder
from kiosk.config import load
began = time.monotonic()
builder = Builder(load(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[4:]), began, None)
app = builder.build()
signal.signal(signal.SIGTERM, lambda *_: app.end())
if sys.argv[3] == "blind":
    pygame.display.quit()  # nothing can be drawn any more
try:
    code = app.run()
finally:
    builder.close()
sys.exit(code)
"""
BROKE = 4


def told(setting: Setting, folder: Path, sight: str, *more: str) -> tuple[list[bytes], int]:
    """Run a kiosk that can or cannot draw until its first word to systemd or its end; return all its words."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(folder / "notify"))
        manager.settimeout(40)
        sets = [*setting.sets_for_kiosk(1, "no such reader"), f"spool.path={folder / 'spool.sqlite3'}", "kiosk.remote="]
        sets += ["forms.catalogue=", "conversion.socket=", *more]
        kiosk = subprocess.Popen(
            [sys.executable, "-c", RUN, str(CONFIG), str(PROFILE), sight, *sets],
            cwd=ROOT,
            env={**os.environ, "SDL_VIDEODRIVER": "dummy", "NOTIFY_SOCKET": str(folder / "notify")},
            stdout=subprocess.DEVNULL,
        )
        words = [manager.recv(100)]
        if words == [b"READY=1"]:
            kiosk.terminate()
        code = kiosk.wait(30)
        manager.setblocking(False)
        while words[-1] != b"STOPPING=1":
            words.append(manager.recv(100))
    return words, code


def test_systemd_hears_ready_only_when_a_frame_was_drawn(prepared: Setting, tmp_path: Path) -> None:
    assert told(prepared, tmp_path, "seeing") == ([b"READY=1", b"STOPPING=1"], 0)


def test_a_kiosk_that_cannot_draw_is_never_ready(prepared: Setting, tmp_path: Path) -> None:
    assert told(prepared, tmp_path, "blind") == ([b"STOPPING=1"], BROKE)


def test_a_kiosk_without_the_pins_of_its_panel_serves_all_the_same(prepared: Setting, tmp_path: Path) -> None:
    """Lamp, buzzer and button are aids: the self-test reports what is missing, and nobody is turned away for it."""
    absent = "panel.factory=gpiod", "panel.chip=nowhere"
    assert told(prepared, tmp_path, "seeing", *absent) == ([b"READY=1", b"STOPPING=1"], 0)
