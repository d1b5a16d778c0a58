"""The demonstration's switch: a Unix socket that takes `{"do": "pause" | "resume" | "state"}`, one JSON a line."""

from __future__ import annotations

import contextlib
import json
import selectors
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONGEST_LINE = 1024
Answer = dict[str, str | int | bool]


class Control:
    """Listens at a path; `serve` answers whatever has come."""

    def __init__(self, path: Path, handle: Callable[[str], Answer]) -> None:
        """Listen at `path`; `handle` turns a command into the answer. Raises OSError."""
        self._path = path
        self._handle = handle
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        path.chmod(0o600)
        self._listener.listen()
        self._listener.settimeout(0)
        self._selector = selectors.EpollSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._lines: dict[socket.socket, bytes] = {}

    def fileno(self) -> int:
        """Let another selector wait for anything to serve."""
        return self._selector.fileno()

    def serve(self) -> None:
        """Answer all that has come; never waits."""
        while ready := self._selector.select(0):
            for key, _ in ready:
                if key.fileobj is self._listener:
                    self._greet()
                elif isinstance(key.fileobj, socket.socket):
                    self._hear(key.fileobj)

    def _greet(self) -> None:
        with contextlib.suppress(OSError):
            caller, _ = self._listener.accept()
            caller.settimeout(0)
            self._lines[caller] = b""
            self._selector.register(caller, selectors.EVENT_READ)

    def _hear(self, caller: socket.socket) -> None:
        try:
            heard = caller.recv(LONGEST_LINE)
            *lines, rest = (self._lines[caller] + heard).split(b"\n")
            for line in lines:
                caller.sendall(json.dumps(self._answer(line)).encode() + b"\n")
            self._lines[caller] = rest
        except OSError:
            heard = b""
        if not heard or len(self._lines[caller]) > LONGEST_LINE:
            self._drop(caller)

    def _answer(self, line: bytes) -> Answer:
        try:
            command = json.loads(line)["do"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return {"error": "one JSON object with a command in do was expected"}
        return self._handle(str(command))

    def _drop(self, caller: socket.socket) -> None:
        self._selector.unregister(caller)
        del self._lines[caller]
        caller.close()

    def close(self) -> None:
        """Hang up on everyone and take the socket away."""
        for caller in list(self._lines):
            self._drop(caller)
        self._selector.close()
        self._listener.close()
        self._path.unlink(missing_ok=True)
