"""Getting the file off a stick: from a folder, or straight from a FAT volume by mtools, which mounts nothing.

The kernel never sees the file system of a stick that somebody brought, and the program needs no right to mount.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

from kiosk.provision.errors import Fault, StickRefused
from kiosk.provision.sealed_file import LARGEST, NAME, bounded, read_file

if TYPE_CHECKING:
    from pathlib import Path

READ_WITHIN: Final = 20.0  # seconds
_ABSENT: Final = 1  # mcopy's answer where the file is not there, or the volume is none


def from_folder(folder: Path) -> bytes:
    """Return the file's bytes from a folder; raises StickRefused."""
    return read_file(folder / NAME)


def from_volume(device: Path) -> bytes:
    """Return the file's bytes from a FAT volume or an image of one; raises StickRefused."""
    command = ["mcopy", "-n", "-i", str(device), f"::{NAME}", "-"]
    try:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LC_ALL": "C"}
        ) as reading:
            data, ended = _read(reading)
    except OSError:  # mcopy is not installed
        raise StickRefused(Fault.UNREADABLE, "mcopy") from None
    bounded(data)
    if ended == _ABSENT and not data:
        raise StickRefused(Fault.NO_FILE, NAME)
    if ended != 0:
        raise StickRefused(Fault.UNREADABLE, NAME)
    return data


def _read(reading: subprocess.Popen[bytes]) -> tuple[bytes, int]:
    """Read one byte more than there may be at most, and wait for the end of a program that may still want to write."""
    data = b"" if reading.stdout is None else reading.stdout.read(LARGEST + 1)
    if len(data) > LARGEST:
        reading.kill()
    try:
        return data, reading.wait(READ_WITHIN)
    except subprocess.TimeoutExpired:
        reading.kill()
        return data, -1
