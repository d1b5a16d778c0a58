"""Which USB devices are let in, judged by descriptors as sysfs has them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from drivers import usb_guard
from drivers.usb_guard import kinds_for, main, may_enter, read_descriptors

if TYPE_CHECKING:
    from pathlib import Path

HUB, READER, TOUCH, MOUSE = (9, 0, 0), (0x0B, 0, 0), (3, 0, 0), (3, 1, 2)
KEYBOARD, STICK, SERIAL, NETWORK = (3, 1, 1), (8, 6, 0x50), (2, 2, 1), (2, 6, 0)
HEADSET, CAMERA, PRINTER, VENDOR = (1, 1, 0), (0x0E, 1, 0), (7, 1, 2), (0xFF, 0, 0)

PLAIN: dict = {}
WITH_KEYPAD = {"input": {"keypad": "keyboard"}}
WITH_VOICE = {"voice": {"on": True}}
WITH_CAMERA = {"camera": {"factory": "pi"}}


def descriptors(*interfaces: tuple[int, int, int], vendor: int = 0x1234, product: int = 0x5678) -> bytes:
    """One configuration, with an endpoint behind each interface."""
    device = bytes([18, 1, 0, 2, 0, 0, 0, 64]) + vendor.to_bytes(2, "little") + product.to_bytes(2, "little") + bytes(6)
    parts = b"".join(bytes([9, 4, 0, 0, 1, *kind, 0]) + bytes([7, 5, 0x81, 3, 8, 0, 10]) for kind in interfaces)
    return device + bytes([9, 2, *(9 + len(parts)).to_bytes(2, "little"), len(interfaces), 1, 0, 0x80, 50]) + parts


@pytest.mark.parametrize("kind", [HUB, READER, TOUCH, MOUSE, STICK], ids=str)
def test_what_every_kiosk_has_a_use_for_is_let_in(kind: tuple[int, int, int]) -> None:
    assert may_enter(read_descriptors(descriptors(kind)), kinds_for(PLAIN))


@pytest.mark.parametrize("kind", [KEYBOARD, SERIAL, NETWORK, HEADSET, CAMERA, PRINTER, VENDOR], ids=str)
def test_all_else_is_kept_out(kind: tuple[int, int, int]) -> None:
    assert not may_enter(read_descriptors(descriptors(kind)), kinds_for(PLAIN))


def test_a_stick_that_is_a_keyboard_as_well_is_kept_out() -> None:
    assert not may_enter(read_descriptors(descriptors(STICK, KEYBOARD)), kinds_for(PLAIN))


def test_a_second_configuration_is_judged_too() -> None:
    data = descriptors(STICK) + descriptors(KEYBOARD)[18:]
    assert not may_enter(read_descriptors(data), kinds_for(PLAIN))


def test_a_keypad_and_a_headset_are_let_in_where_the_configuration_has_them() -> None:
    keypad = read_descriptors(descriptors(KEYBOARD, TOUCH))
    headset = read_descriptors(descriptors(HEADSET, (1, 2, 0), TOUCH))
    assert may_enter(keypad, kinds_for(WITH_KEYPAD))
    assert not may_enter(keypad, kinds_for(WITH_VOICE))
    assert may_enter(headset, kinds_for(WITH_VOICE))
    assert not may_enter(headset, kinds_for(WITH_KEYPAD))


def test_a_camera_is_let_in_where_papers_are_photographed() -> None:
    camera = read_descriptors(descriptors(CAMERA, (0x0E, 2, 0)))
    assert may_enter(camera, kinds_for(WITH_CAMERA))
    assert not may_enter(camera, kinds_for({"camera": {"factory": "none"}}))


def test_network_chips_are_known_by_name() -> None:
    assert may_enter(read_descriptors(descriptors(VENDOR, vendor=0x0424, product=0xEC00)), kinds_for(PLAIN))
    assert not may_enter(read_descriptors(descriptors(VENDOR, vendor=0x0424, product=0xEC01)), kinds_for(PLAIN))


@pytest.mark.parametrize(
    "data", [b"", b"\x12\x01", descriptors(STICK)[:-1], descriptors(STICK) + b"\0", descriptors(STICK) + b"\x03\x04\0"]
)
def test_descriptors_that_do_not_hold_together_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_descriptors(data)


def test_nothing_to_use_is_nothing_to_let_in() -> None:
    assert not may_enter(read_descriptors(descriptors()), kinds_for(PLAIN))


def device(system: Path, name: str, data: bytes, authorized: str = "0\n") -> Path:
    folder = system / "bus/usb/devices" / name
    folder.mkdir(parents=True)
    (folder / "descriptors").write_bytes(data)
    (folder / "authorized").write_text(authorized, encoding="ascii")
    return folder / "authorized"


def test_the_program_opens_and_closes_the_kernels_switch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reader = device(tmp_path, "1-1", descriptors(READER))
    keyboard = device(tmp_path, "1-2", descriptors(KEYBOARD), authorized="1\n")
    broken = device(tmp_path, "1-3", b"?")
    (tmp_path / "bus/usb/devices/1-1:1.0").mkdir()
    main(["--all", "--config", str(tmp_path / "none.toml")], tmp_path)
    assert [switch.read_text().strip() for switch in (reader, keyboard, broken)] == ["1", "0", "0"]
    said = capsys.readouterr().out
    assert "1-1: let in, 1234:5678 [0b0000]" in said
    assert "1-2: kept out" in said


def test_a_configuration_with_a_keypad_lets_it_in_later(tmp_path: Path) -> None:
    keyboard = device(tmp_path, "1-2", descriptors(KEYBOARD))
    config = tmp_path / "kiosk.toml"
    config.write_text('[input]\nkeypad = "keyboard"\n', encoding="utf-8")
    main(["--config", str(config), "/bus/usb/devices/1-2"], tmp_path)
    assert keyboard.read_text() == "1"


def test_a_broken_configuration_opens_nothing_more(tmp_path: Path) -> None:
    keyboard = device(tmp_path, "1-2", descriptors(KEYBOARD))
    config = tmp_path / "kiosk.toml"
    config.write_text('[input]\nkeypad = "keyboard"\nkeypad = ', encoding="utf-8")
    main(["--config", str(config), "--all"], tmp_path)
    assert keyboard.read_text().strip() == "0"


def test_it_starts_alone_as_udev_starts_it(tmp_path: Path) -> None:
    order = [sys.executable, "-I", "-S", usb_guard.__file__, "--config", str(tmp_path / "none"), "/no/such/device"]
    done = subprocess.run(order, check=True, capture_output=True, text=True)
    assert "device: kept out" in done.stdout
