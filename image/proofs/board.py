"""A machine that begins as a board does: U-Boot, its script on the first partition, the slot's own kernel.

A bare one has a disk, sticks, a serial line, and nothing that most proofs of updates have no use for.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from proofs.machine import Machine
from proofs.provisioned import SECTOR, partition, run

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS = Path(__file__).parents[1] / "boot.env"
UBOOT = "cache/boot/u-boot/qemu_arm64/u-boot.bin"
FLASH = 64 << 20  # bytes of each of `virt`'s two flashes; the second holds U-Boot's own settings


class Board(Machine):
    """QEMU's `virt` with Debian's U-Boot for it; starts anew when the guest says so."""

    def __init__(self, folder: Path, disk: Sequence[str], image: Path) -> None:
        """`disk` are options for a drive `disk`; `image` holds the cache with U-Boot."""
        super().__init__(folder, disk, image, "")
        self._order = [
            "qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "2", "-m", "512",
            "-accel", "tcg,thread=multi,tb-size=256", *disk, "-device", "virtio-blk-pci,drive=disk",
            *_uboot(folder, image), "-device", "qemu-xhci", "-device", "virtio-rng-pci", "-device", "i6300esb",
            "-nic", "none", "-display", "none", "-serial", f"file:{self.serial}",
            "-qmp", f"unix:{self._monitor},server=on,wait=off",
        ]  # fmt: skip

    def start(self, frozen: Path | None = None) -> None:
        """Switch it on; nobody in it answers but the serial line."""
        if frozen is not None:
            raise ValueError("a board begins with U-Boot")
        self.serial.unlink(missing_ok=True)
        with (self.folder / "qemu.log").open("wb") as log:
            self._process = subprocess.Popen(self._order, stdout=log, stderr=log)


class FittedBoard(Machine):
    """The same beginning for a machine with every part that a kiosk has."""

    def __init__(self, folder: Path, disk: Sequence[str], image: Path) -> None:
        """As a bare one."""
        super().__init__(folder, disk, image, "")
        self._order = self._fitted(disk, _uboot(folder, image))


def _uboot(folder: Path, image: Path) -> list[str]:
    flash = folder / "flash.img"
    run("mkenvimage", "-s", "0x40000", "-o", flash, SETTINGS)
    with flash.open("r+b") as file:
        file.truncate(FLASH)
    return ["-bios", str(image / UBOOT), "-drive", f"if=pflash,index=1,format=raw,readonly=on,file={flash}"]


def written_through(disk: Path) -> list[str]:
    """Return the options for a disk on which nothing is held back: what the guest was told is written, is."""
    return ["-drive", f"if=none,id=disk,file={disk},format=raw,cache=directsync"]


def stick_of(folder: Path, bundle: Path) -> Path:
    """Make a stick with a FAT volume that holds a bundle."""
    stick = folder / f"{bundle.stem}.stick"
    stick.unlink(missing_ok=True)
    with stick.open("wb") as file:
        file.truncate((bundle.stat().st_size + (33 << 20)) >> 20 << 20)  # whole tracks, or mtools writes nothing
    run("mkfs.vfat", "-F", "32", stick)
    run("mcopy", "-i", stick, bundle, "::madoguchi.raucb")
    return stick


def slot_bytes(disk: Path, slot: int, length: int) -> bytes:
    """Return the first bytes of a slot's partition (from nought)."""
    with disk.open("rb") as file:
        file.seek(partition(disk, slot)[0] * SECTOR)
        return file.read(length)
