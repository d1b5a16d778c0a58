"""The helper: keeps mozc-server as its own user and answers the kiosk at a socket, a line of JSON each way.

The server answers nobody but its own user, at a socket that exists in its own network only; the kiosk is another user
in another network. Nothing of what passes through here is logged or kept.
"""

from __future__ import annotations

import json
import os
import pwd
import socket
from typing import TYPE_CHECKING, Any

from kiosk.text_input.candidates import LONGEST
from kiosk.text_input.mozc.engine import MozcEngine
from kiosk.text_input.mozc.line import MozcGone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kiosk.text_input.mozc.server import MozcServer

_MOST_TEXT = 200  # characters of a name whose reading is asked for


def listen(path: Path) -> socket.socket:
    """Open the socket; its folder says who may come, its group who may speak."""
    path.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(path))
    path.chmod(0o660)
    door.listen(4)
    return door


def become(user: str, profile: Path) -> None:
    """Give up root for good, and give the profile's folder to the user."""
    entry = pwd.getpwnam(user)
    os.chown(profile, entry.pw_uid, entry.pw_gid)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


class Helper:
    """Serves one caller after the other."""

    def __init__(self, server: MozcServer) -> None:
        self._server = server
        self._engine = self._fresh()
        self._ways: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
            "convert": self._convert,
            "reading": self._reading,
            "forget": self._forget,
        }

    def serve(self, door: socket.socket) -> None:
        """Answer until the process ends."""
        while True:
            caller, _ = door.accept()
            with caller, caller.makefile("rwb") as line:
                try:
                    for asked in line:
                        line.write(self.answer(asked) + b"\n")
                        line.flush()
                except OSError:
                    continue

    def answer(self, asked: bytes) -> bytes:
        """Answer one line; what cannot be understood gets an error that says nothing of it."""
        try:
            order = json.loads(asked)
            told = self._ways[order["do"]](order)
        except (ValueError, KeyError, TypeError, AttributeError):
            told = {"error": "convert, reading or forget was expected"}
        except MozcGone:
            told = {"error": "mozc-server does not answer"}
        return json.dumps(told, ensure_ascii=False).encode()

    def _convert(self, order: Mapping[str, Any]) -> Mapping[str, Any]:
        reading = str(order["reading"])[:LONGEST]
        found = self._twice(lambda: self._engine.convert(reading))
        return {"candidates": [[candidate.text, candidate.reads] for candidate in found]}

    def _reading(self, order: Mapping[str, Any]) -> Mapping[str, Any]:
        text = str(order["text"])[:_MOST_TEXT]
        return {"reading": self._twice(lambda: self._engine.reading_of(text))}

    def _forget(self, _order: Mapping[str, Any]) -> Mapping[str, Any]:
        self._engine = self._fresh()
        return {"forgotten": True}

    def _twice(self, ask: Callable[[], Any]) -> Any:
        """Ask; a server that has lost its session, or died, is replaced once."""
        try:
            return ask()
        except MozcGone:
            self._engine = self._fresh()
            return ask()

    def _fresh(self) -> MozcEngine:
        self._server.start()
        return MozcEngine(self._server.call)
