"""What is wrong keeps the program from starting, and is told with file, key or path and what was expected."""

from __future__ import annotations

import os
import shutil
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
        ("panel.factory=lgpio", ("lgpio",)),
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
