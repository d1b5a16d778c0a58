"""The tool as it is run: made at the desk, read off a real FAT volume, applied, told to screen and journal."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import tomli_w
from provision_desk import ROOT, Desk

from kiosk.provision.applying import applied_serial
from kiosk.provision.errors import Fault
from kiosk.provision.outcome import Outcome, found
from kiosk.provision.sealed_file import LARGEST, NAME

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk.provision", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)


@pytest.fixture
def options(desk: Desk, machine, tmp_path: Path) -> list[object]:
    key = desk.folder / "provision.pub"
    return ["--root", machine.root, "--base", machine.base, "--key", key, "--report", tmp_path / "stick.json"]


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A FAT volume as a stick has it."""
    image = tmp_path / "stick.img"
    subprocess.run(["mformat", "-C", "-i", image, "-f", "1440", "::"], check=True)
    return image


def write(volume: Path, file: Path, name: str = NAME) -> None:
    subprocess.run(["mcopy", "-o", "-i", volume, file, f"::{name}"], check=True)


def made(desk: Desk, out: Path, **changes) -> subprocess.CompletedProcess[str]:
    described = desk.folder / "kiosk-01.toml"
    described.write_text(tomli_w.dumps(desk.description(**changes)), encoding="utf-8")
    return run("make", described, "--key", desk.folder / "provision.key", "--out", out)


def journal(done: subprocess.CompletedProcess[str]) -> dict:
    return json.loads(done.stdout.splitlines()[-1])


def test_from_the_desk_to_the_machine(desk: Desk, machine, options, volume: Path, tmp_path: Path) -> None:
    assert made(desk, tmp_path / "out").returncode == 0
    write(volume, tmp_path / "out" / NAME)
    checked = run("check", tmp_path / "out" / NAME, *options[:-2])
    assert (checked.returncode, applied_serial(machine.root)) == (0, 0), checked.stderr
    done = run("apply", "--device", volume, *options)
    assert (done.returncode, applied_serial(machine.root)) == (0, 3), done.stderr
    assert (journal(done)["event"], journal(done)["serial"]) == ("stick.applied", 3)
    told = found(tmp_path / "stick.json")
    assert told is not None
    assert (told.code, told.good, told.serial) == ("applied", True, 3)


def test_a_mistake_is_told_at_the_desk_already(desk: Desk, tmp_path: Path) -> None:
    done = made(desk, tmp_path / "out", settings={"screen": {"width": 10}})
    assert done.returncode == 1
    assert "configuration: madoguchi.provision: screen.width: Expected `int` >= 320" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ('city = "x"', "kiosk"),
        ("[city", "valid TOML"),
        ('city = "x"\nkiosk = "a"\nsurplus = 1', "surplus"),
        ('city = "x"\nkiosk = "a"\n[files]\ncity_ca = "nothing.pem"', "nothing.pem"),
        ('city = "x"\nkiosk = "a"\n[settings.hours]\nmonday = 08:30:00', "settings"),
    ],
)
def test_a_description_that_is_wrong_is_named(desk: Desk, tmp_path: Path, description: str, told: str) -> None:
    (desk.folder / "d.toml").write_text(description, encoding="utf-8")
    done = run("make", desk.folder / "d.toml", "--key", desk.folder / "provision.key", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, Fault.NO_FILE),
        (b"hello", Fault.FORMAT),
        (bytes(LARGEST + 1), Fault.TOO_LARGE),
        (b"MADOGUCHI-PROVISION-1\n" + bytes(500), Fault.SIGNATURE),
    ],
    ids=["none", "foreign", "too-large", "unsigned"],
)
def test_a_wrong_stick_is_told_to_screen_and_journal(
    machine, options, volume: Path, tmp_path: Path, content: bytes | None, fault: Fault
) -> None:
    if content is not None:
        (tmp_path / "file").write_bytes(content)
        write(volume, tmp_path / "file")
    done = run("apply", "--device", volume, *options)
    assert (done.returncode, list(machine.root.iterdir())) == (1, [])
    assert (journal(done)["event"], journal(done)["code"]) == ("stick.refused", fault)
    assert journal(done)["level"] == ("warning" if fault is Fault.NO_FILE else "error")
    told = found(tmp_path / "stick.json")
    assert told is not None
    assert (told.code, told.good) == (fault, False)


def test_a_volume_that_is_none(machine, options, tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 4000)
    done = run("apply", "--device", tmp_path / "noise", *options)
    assert (done.returncode, journal(done)["code"]) == (1, Fault.NO_FILE)


def test_the_screen_is_told_where_a_wrong_key_stands(desk: Desk, options, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(desk.stick(settings={"panel": {"buzer": 18}}))
    done = run("apply", "--from", tmp_path, *options)
    told = found(tmp_path / "stick.json")
    assert told is not None
    assert (told.code, told.file, told.key, told.expected) == (
        "configuration",
        NAME,
        "panel.buzer",
        "no such key is known",
    )
    assert journal(done)["key"] == "panel.buzer"


def test_the_example_that_is_shipped_can_be_made(desk: Desk, tmp_path: Path) -> None:
    """As written, with the city's files beside it; only authorities of real cards are not to be had here."""
    text = (ROOT / "config/provision.toml").read_text(encoding="utf-8")
    (desk.folder / "kiosk-01.toml").write_text(text, encoding="utf-8")
    done = run("make", desk.folder / "kiosk-01.toml", "--key", desk.folder / "provision.key", "--out", tmp_path / "o")
    assert "files: sign_ca.pem: no authority of demonstration or test cards" in done.stderr


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"at": "yesterday", "code": "applied"}', '{"at": 1}'])
def test_an_outcome_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "stick.json").write_text(text)
    assert found(tmp_path / "stick.json") is None
    assert found(tmp_path / "nothing") is None
    assert Outcome("2026-11-25T00:00:00+00:00", "older").good is False
