"""Files that a power cut leaves whole: the old one or the new one, and on the disk when these return."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

ORDINARY: Final = 0o666  # less the umask, as for every file


def keep(path: Path, data: bytes, mode: int = ORDINARY) -> None:
    """Put a file in its place in one step; raises OSError, and the file that was there before stays.

    Nobody can read it before it has its mode. What is written beside it, `.part`, goes even when the disk is full.
    """
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)  # of a program that was killed
    try:
        lay(part, data, mode)
        rename(part, path)
    finally:
        part.unlink(missing_ok=True)


def lay(path: Path, data: bytes, mode: int = ORDINARY) -> None:
    """Write a file where none is yet; its name is durable with the next `sync` of the folder. Raises OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        flush(file)


def flush(file: IO[bytes]) -> None:
    """Bring what was written into an open file onto the disk; raises OSError."""
    file.flush()
    os.fsync(file.fileno())


def rename(path: Path, target: Path) -> None:
    """Give a file that is on the disk its name, in one step; raises OSError."""
    path.replace(target)
    sync(target.parent)


def sync(folder: Path) -> None:
    """Make the names in a folder durable: what was made, renamed or removed there. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
