"""A file of blocks kept back, so that a full disk never stops an application that is already signed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


SLACK = 256 << 10  # bytes left to the file system itself


def free_bytes(folder: Path) -> int:
    """How many bytes an ordinary user can still write below `folder`."""
    figures = os.statvfs(folder)
    return figures.f_bavail * figures.f_frsize


class Reserve:
    """Blocks held by a file next to the spool; spending them means deleting it."""

    def __init__(self, path: Path, size: int) -> None:
        """Keep `size` bytes back in the file `path`."""
        self._path = path
        self._size = size

    def whole(self) -> bool:
        """Tell whether the blocks are still held."""
        try:
            return self._path.stat().st_size >= self._size
        except FileNotFoundError:
            return False

    def fill(self) -> None:
        """Hold the blocks again when the disk has room for them; otherwise leave it for later."""
        if self.whole() or free_bytes(self._path.parent) < self._size + SLACK:
            return
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o660)
        try:
            os.fchmod(handle, 0o660)
            os.posix_fallocate(handle, 0, self._size)
        except OSError:  # filled up by someone else in between
            self.spend()
        finally:
            os.close(handle)

    def spend(self) -> bool:
        """Give the blocks to whoever needs them now; False when there were none."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True
