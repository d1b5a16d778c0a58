"""Files that a power cut leaves whole: the old one or the new one, and on the disk when these return.

The city's own, as everything of it: it stands on a machine without the kiosk's programs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def keep(path: Path, data: bytes, mode: int) -> None:
    """Put a file in its place in one step; raises OSError, and the file that was there before stays.

    Never, not even for a moment, is it readable by more than its mode says.
    """
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)  # of a program that was killed
    try:
        lay(part, data, mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync(path.parent)


def lay(path: Path, data: bytes, mode: int) -> None:
    """Write a file where none is yet; its name is durable with the next `sync` of the folder. Raises OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Make the names in a folder durable; raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
