"""Let in the USB devices that a kiosk has a use for, and no others.

The kernel lets none in by itself (`usbcore authorized_default=0`); udev runs this program for each device that appears,
and a unit runs it for all of them once the machine's configuration is there:

    python -I -S usb_guard.py --config FILE DEVICE... | --all

A device is judged by what its descriptors say (USB 2.0, 9.6; class codes of usb.org): every interface in every
configuration must be of a kind on the list, or the device is one of the network chips named here. A stick that is a
keyboard as well stays out. Descriptors can lie: this keeps out mistakes and simple tools, not what is built to deceive.
It is started alone, with the standard library only.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM: Final = Path("/sys")
DEVICES: Final = "bus/usb/devices"
CONFIG: Final = Path("/etc/madoguchi/kiosk.toml")

INTERFACE: Final = 4  # bDescriptorType
DEVICE_LENGTH: Final = 18
INTERFACE_LENGTH: Final = 9

Kind = tuple[int, int, int]  # class, subclass, protocol

ANY: Final = -1
ALWAYS: Final[dict[str, Kind]] = {
    "hub": (0x09, ANY, ANY),
    "card reader": (0x0B, ANY, ANY),
    "touch panel": (0x03, 0, ANY),
    "pointer": (0x03, 1, 2),
    "stick": (0x08, 0x06, ANY),
}
KEYPAD: Final[Kind] = (0x03, 1, 1)  # a keyboard, as far as anybody can tell
SOUND: Final[Kind] = (0x01, ANY, ANY)
PICTURES: Final[Kind] = (0x0E, ANY, ANY)
NETWORK: Final = frozenset({
    (0x0424, 0xEC00), (0x0424, 0x7800),  # on the board: Raspberry Pi 3B, 3B+
    (0x0BDA, 0x8152), (0x0BDA, 0x8153),  # adapters: Realtek
    (0x0B95, 0x772B), (0x0B95, 0x1790),  # adapters: ASIX
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Device:
    """What a device says of itself."""

    vendor: int
    product: int
    interfaces: tuple[Kind, ...]

    def __str__(self) -> str:
        kinds = " ".join("".join(f"{part:02x}" for part in kind) for kind in self.interfaces)
        return f"{self.vendor:04x}:{self.product:04x} [{kinds}]"


def read_descriptors(data: bytes) -> Device:
    """Read a device's descriptors, as sysfs has them; raises ValueError when they do not hold together."""
    if len(data) < DEVICE_LENGTH or data[0] != DEVICE_LENGTH:
        raise ValueError("no device descriptor")
    interfaces = [_interface(part) for part in _parts(data[DEVICE_LENGTH:]) if part[1] == INTERFACE]
    return Device(int.from_bytes(data[8:10], "little"), int.from_bytes(data[10:12], "little"), tuple(interfaces))


def _parts(data: bytes) -> Iterator[bytes]:
    while data:
        length = data[0]
        if length < 2 or length > len(data):
            raise ValueError("a descriptor has a wrong length")
        yield data[:length]
        data = data[length:]


def _interface(part: bytes) -> Kind:
    if len(part) < INTERFACE_LENGTH:
        raise ValueError("an interface descriptor is too short")
    return part[5], part[6], part[7]


def kinds_for(config: dict[str, Any]) -> list[Kind]:
    """Return which kinds a kiosk of this configuration has a use for."""
    kinds = list(ALWAYS.values())
    if config.get("input", {}).get("keypad") == "keyboard":
        kinds.append(KEYPAD)
    if config.get("voice", {}).get("on"):
        kinds.append(SOUND)
    if config.get("camera", {}).get("factory") == "pi":
        kinds.append(PICTURES)
    return kinds


def may_enter(device: Device, kinds: list[Kind]) -> bool:
    """Judge a device; one without interfaces has no use."""
    if (device.vendor, device.product) in NETWORK:
        return True
    return bool(device.interfaces) and all(any(_fits(one, kind) for kind in kinds) for one in device.interfaces)


def _fits(interface: Kind, kind: Kind) -> bool:
    return all(wanted in (ANY, is_) for wanted, is_ in zip(kind, interface, strict=True))


def judge(folder: Path, kinds: list[Kind]) -> str:
    """Let a device in or keep it out (sysfs folder); returns what was decided."""
    try:
        device = read_descriptors((folder / "descriptors").read_bytes())
    except (OSError, ValueError) as error:
        return f"{folder.name}: kept out, {error}"
    enters = may_enter(device, kinds)
    switch = folder / "authorized"
    if switch.read_text("ascii").strip() != str(int(enters)):
        switch.write_text(str(int(enters)), encoding="ascii")
    return f"{folder.name}: {'let in' if enters else 'kept out'}, {device}"


def configuration(path: Path) -> dict[str, Any]:
    """Read the machine's configuration; one that is not there yet, or is broken, opens nothing more."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def main(arguments: list[str] | None = None, system: Path = SYSTEM) -> int:
    """Judge the named devices, or all that are there."""
    parser = argparse.ArgumentParser(prog="usb_guard")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("devices", nargs="*", help="as udev names them: /devices/…")
    options = parser.parse_args(arguments)
    kinds = kinds_for(configuration(options.config))
    folders = [system / device.lstrip("/") for device in options.devices]
    if options.all:
        folders += [path for path in sorted((system / DEVICES).glob("[0-9]*")) if (path / "authorized").exists()]
    for folder in folders:
        sys.stdout.write(f"usb {judge(folder, kinds)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
