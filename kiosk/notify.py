"""Words to systemd (sd_notify): ready, still alive, stopping."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Notifier:
    """The line to the service manager; without one every word falls silent."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Read NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID as systemd sets them."""
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._interval = _interval(environment)

    @property
    def interval(self) -> float | None:
        """Seconds between two signs of life, half of what systemd waits; None when it does not watch."""
        return self._interval

    def ready(self) -> None:
        """Say that the program does its work from now on."""
        self._send("READY=1")

    def alive(self) -> None:
        """Give a sign of life; only a loop that saw its work done may do so, never a timer."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the program is about to end on purpose."""
        self._send("STOPPING=1")

    def status(self, text: str) -> None:
        """Show one line in `systemctl status`; nothing personal, no line breaks."""
        self._send("STATUS=" + text)

    def _send(self, word: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.settimeout(0)
            with contextlib.suppress(OSError):  # a manager that restarts must not take its services down
                sender.sendto(word.encode(), self._address)


def _interval(environment: Mapping[str, str]) -> float | None:
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None  # meant for another process of this service
    microseconds = environment.get("WATCHDOG_USEC", "")
    return int(microseconds) / 2e6 if microseconds.isdecimal() and int(microseconds) else None
