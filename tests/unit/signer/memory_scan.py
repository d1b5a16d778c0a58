"""Looking for a secret in another process's memory: /proc/PID/maps and /proc/PID/mem."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

UNUSED = re.compile(rb"\0{512,}")
SHORTEST = 5  # characters; shorter strings of letters and digits occur by chance


def regions(pid: int) -> Iterator[bytes]:
    """Yield each region that a process can write to: files that are only mapped hold nothing of ours."""
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            span, mode, *_ = line.split()
            if not mode.startswith("rw"):
                continue
            start, end = (int(each, 16) for each in span.split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except OSError:
                continue
            yield UNUSED.sub(b"\0", data)


def spellings(text: str) -> list[bytes]:
    """Return the ways in which a text may lie in memory."""
    spaced = text.encode().hex(" ")
    return [
        text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le"), text.encode().hex().encode(),
        text.encode().hex().upper().encode(), spaced.encode(), spaced.upper().encode(),
    ]  # fmt: skip


def longest_found(pid: int, text: str) -> int:
    """Return the length of the longest part of `text` (5 characters or more) found in the process; 0 for none."""
    found = 0
    for region in regions(pid):
        while found < len(text) and any(each in region for each in _parts(text, max(SHORTEST, found + 1))):
            found = max(SHORTEST, found + 1)
    return found


def _parts(text: str, length: int) -> list[bytes]:
    pieces = [text[at : at + length] for at in range(len(text) - length + 1)]
    return [spelling for piece in pieces for spelling in spellings(piece)]


def cells_found(pid: int, cells: bytes) -> bool:
    """Say whether the cells lie in the process, as bytes or as an array of words."""
    words = [b"".join(cell.to_bytes(size, "little") for cell in cells) for size in (1, 4, 8)]
    return any(each in region for region in regions(pid) for each in words)
