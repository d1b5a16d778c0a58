"""How much of the data partition a bundle may take: the rest is for applications."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LONGEST: Final = 1 << 30  # bytes
SPARE: Final = 64 << 20  # bytes that stay free for applications


def room_in(folder: Path, spare: int = SPARE, have: int = 0) -> int:
    """Return how many bytes a bundle there may have, `have` of which it has already; raises OSError."""
    return min(LONGEST, shutil.disk_usage(folder).free - spare + have)
