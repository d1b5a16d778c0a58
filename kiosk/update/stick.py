"""A bundle off a USB stick: straight from its FAT volume by mtools, which mounts nothing."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from kiosk.durable import flush, rename
from kiosk.update.bundle import LANGUAGE
from kiosk.update.room import room_in

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "madoguchi.raucb"
WITHIN: Final = 900.0  # seconds, for a slow stick
PIECE: Final = 1 << 20


def copy_off(device: Path, target: Path) -> bool:
    """Copy the bundle; False when the stick has none, or not one that fits. Raises OSError."""
    room = room_in(target.parent)
    new = target.with_suffix(".new")
    order = ["mcopy", "-n", "-i", str(device), f"::{NAME}", "-"]
    quiet = subprocess.DEVNULL
    with (
        subprocess.Popen(
            order, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, env={**os.environ, **LANGUAGE}
        ) as reading,
        new.open("wb") as file,
    ):
        size = 0
        while reading.stdout is not None and (piece := reading.stdout.read(PIECE)):
            size += len(piece)
            if size > room:
                reading.kill()
                break
            file.write(piece)
        whole = reading.wait(WITHIN) == 0 and 0 < size <= room
        flush(file)
    if whole:
        rename(new, target)
    else:
        new.unlink()
    return whole
