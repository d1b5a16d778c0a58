"""A small card for Debian's U-Boot in QEMU: the image's own script, and slots whose kernels say their letter."""

from __future__ import annotations

import gzip
import re
import struct
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1 << 20
SECTOR = 512
PLACES = {"A": 9, "B": 13}  # MiB at which the slots begin
REMEMBERED = (1024, 1152)  # sectors, of image/fw_env.config
UBOOT = "/usr/lib/u-boot/qemu_arm64/u-boot.bin"  # Debian's package u-boot-qemu


def kernel(says: str) -> bytes:
    """Return an arm64 kernel (Documentation/arch/arm64/booting.rst) that prints a line and switches the machine off."""
    code = (
        0xD2A12001,  # movz x1, #0x0900, lsl #16     `virt`'s serial line
        0x10000122,  # adr x2, text
        0x38401443,  # ldrb w3, [x2], #1
        0x34000063,  # cbz w3, off
        0xB9000023,  # str w3, [x1]
        0x17FFFFFD,  # b back to the next letter
        0x52800100,  # off: mov w0, #8
        0x72B08000,  # movk w0, #0x8400, lsl #16     PSCI SYSTEM_OFF
        0xD4000002,  # hvc #0
        0x14000000,  # b .
    )
    head = struct.pack("<IIQQQQQQ4sI", 0x14000010, 0, 0, 0x1000, 0xA, 0, 0, 0, b"ARM\x64", 0)
    return (head + struct.pack("<10I", *code) + says.encode() + b"\n\0").ljust(0x1000, b"\0")


def run(*order: object, **more: object) -> bytes:
    return subprocess.run([str(word) for word in order], check=True, capture_output=True, **more).stdout  # type: ignore[call-overload,no-any-return]


def remembered(words: dict[str, str]) -> bytes:
    text = "".join(f"{name}={value}\n" for name, value in words.items()).encode()
    return run("mkenvimage", "-r", "-s", SECTOR, "-", input=text)


@dataclass(frozen=True)
class SmallCard:
    """`disk` is what the machine sees, `flash` holds U-Boot's own settings."""

    disk: Path
    flash: Path

    @classmethod
    def make(cls, folder: Path, image: Path, words: dict[str, str]) -> SmallCard:
        disk, flash, fat = folder / "disk", folder / "flash", folder / "fat"
        run("mkenvimage", "-s", "0x40000", "-o", flash, image / "boot.env")
        _grow(flash, 64 * MIB)
        run(
            "mkimage",
            "-A",
            "arm64",
            "-O",
            "linux",
            "-T",
            "script",
            "-C",
            "none",
            "-d",
            image / "boot.cmd",
            folder / "boot.scr",
        )
        _grow(disk, 20 * MIB)
        slots = "".join(f"start={place}MiB, size=4MiB, type=83\n" for place in PLACES.values())
        run("sfdisk", "-q", disk, input=f"label: dos\nstart=1MiB, size=8MiB, type=c\n{slots}".encode())
        card = cls(disk, flash)
        for name, place, size in (("firmware", 1, 8), ("A", PLACES["A"], 4), ("B", PLACES["B"], 4)):
            fat.unlink(missing_ok=True)
            _grow(fat, size * MIB)
            run("mkfs.vfat", fat)
            if name == "firmware":
                run("mcopy", "-i", fat, folder / "boot.scr", "::boot.scr")
            else:
                (folder / "vmlinuz.gz").write_bytes(gzip.compress(kernel(f"KERNEL {name}"), mtime=0))
                (folder / "slot.env").write_text(f"cmdline=slot {name}\n", encoding="ascii")
                (folder / "initrd").write_bytes(b"initrd")
                run("mcopy", "-i", fat, *(folder / each for each in ("vmlinuz.gz", "slot.env", "initrd")), "::")
            card.write(place * MIB, fat.read_bytes())
        card.remember(words)
        return card

    def write(self, place: int, data: bytes) -> None:
        with self.disk.open("r+b") as file:
            file.seek(place)
            file.write(data)

    def remember(self, words: dict[str, str]) -> None:
        for sector in REMEMBERED:
            self.write(sector * SECTOR, remembered(words))

    def remember_one(self, which: int, words: dict[str, str], number: int) -> None:
        sector = bytearray(remembered(words))
        sector[4] = number
        self.write(REMEMBERED[which] * SECTOR, bytes(sector))

    def spoil(self, sector: int) -> None:
        """As a power cut in the middle of writing would leave it, were a sector ever half written."""
        self.write(sector * SECTOR + 100, b"\xaa" * 200)

    def sectors(self) -> list[bytes]:
        data = self.disk.read_bytes()[: 1 * MIB]
        return [data[sector * SECTOR : (sector + 1) * SECTOR] for sector in REMEMBERED]

    def newest(self) -> dict[str, str]:
        """What the sector with the higher number says."""
        newest = max(self.sectors(), key=lambda sector: sector[4])
        return dict(line.split("=", 1) for line in newest[5:].split(b"\0\0")[0].decode("latin-1").split("\0"))

    def start(self) -> list[str]:
        """Switch the machine on; return what script and kernel said."""
        order = ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-m", "512", "-nographic", "-nic", "none"]
        order += ["-bios", UBOOT, "-drive", f"if=pflash,index=1,format=raw,readonly=on,file={self.flash}"]
        order += ["-drive", f"if=none,id=d,format=raw,file={self.disk}", "-device", "virtio-blk-pci,drive=d"]
        done = subprocess.run(order, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=50)
        return re.findall(r"(?:KERNEL|madoguchi:)[^\r\n]*", done.stdout.decode("utf-8", "replace"))


def _grow(path: Path, size: int) -> None:
    with path.open("ab") as file:
        file.truncate(size)
