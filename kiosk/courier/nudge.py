"""A bell between the programs: the kiosk rings it when an application was put into the spool."""

from __future__ import annotations

import contextlib
import select
import socket
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


def bell_path(spool: Path) -> Path:
    """Where the bell of a spool hangs."""
    return spool.with_suffix(".bell")


def ring(spool: Path) -> None:
    """Wake the courier of this spool; nothing happens when none is listening, it looks by itself at its next start."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(0)
        with contextlib.suppress(OSError):
            sender.sendto(b"\n", str(bell_path(spool)))


class Bell:
    """The courier's end: readable as soon as someone rang."""

    def __init__(self, spool: Path) -> None:
        """Hang the bell next to `spool`; raises OSError."""
        self._path = bell_path(spool)
        self._path.unlink(missing_ok=True)  # left over by a courier that was killed
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(0)
        self._socket.bind(str(self._path))
        self._path.chmod(0o660)

    def fileno(self) -> int:
        """Let a selector wait for the bell."""
        return self._socket.fileno()

    def rung(self) -> bool:
        """Whether someone has rung since the bell was last quiet."""
        return bool(select.select([self._socket], [], [], 0)[0])

    def quiet(self) -> None:
        """Take all rings that have come."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self._socket.recv(16)

    def close(self) -> None:
        """Take the bell down."""
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
