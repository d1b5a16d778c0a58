"""The kiosk's remote control as stories know it, for a kiosk in a machine: seen from inside, touched from outside.

What is on the screen is asked of the kiosk through the agent; a touch is a finger on the emulated panel, a picture is
what the emulated screen shows. Nothing can be done that a person in front of it could not do.
"""

from __future__ import annotations

import json
import socketserver
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from proofs.guest_line import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from proofs.machine import Machine

KIOSK, COURIER = "/run/madoguchi/remote.sock", "/run/madoguchi-courier/control.sock"
SHOWN_WITHIN = 20.0  # seconds in which a press has been answered on the screen
LOOK = 0.3


class Relay:
    """Listens at two Unix sockets of this machine, for the kiosk and for the courier."""

    def __init__(self, machine: Machine, kiosk: Path, courier: Path) -> None:
        self._machine = machine
        self._lock = Lock()
        self._servers = [_serve(kiosk, self._for_kiosk), _serve(courier, self._for_courier)]

    def _ask(self, path: str, order: dict[str, Any]) -> dict[str, Any]:
        line = self._machine.line
        if line is None:
            return {"error": "the machine is off"}
        with self._lock:
            try:
                return line.ask(path, order)
            except NoAnswer as error:
                return {"error": str(error)}

    def _for_courier(self, order: dict[str, Any]) -> dict[str, Any]:
        return self._ask(COURIER, order)

    def _for_kiosk(self, order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "touch":
            return self._touch(order["x"], order["y"])
        if order["do"] == "shot":
            path = Path(order["path"])
            self._machine.picture(str(path.relative_to(self._machine.folder).with_suffix("")))
            return {"ok": True}
        if order["do"] not in {"describe", "figures"}:
            return {"error": f"{order['do']}: a person in front of the machine cannot do that"}
        return self._ask(KIOSK, order)

    def _touch(self, x: int, y: int) -> dict[str, Any]:
        """Put a finger down, lift it, and return when the answer stands: a press of its own need not show (secrets)."""
        before = self._frames()
        self._machine.touch(x, y)
        end = time.monotonic() + SHOWN_WITHIN
        drawn, last = self._frames(), -1
        while (drawn <= before or drawn != last) and time.monotonic() < end:
            time.sleep(LOOK)
            drawn, last = self._frames(), drawn
        return {"ok": True}

    def _frames(self) -> int:
        return int(self._ask(KIOSK, {"do": "figures"}).get("frames", 0))

    def close(self) -> None:
        """Hang up."""
        for server in self._servers:
            server.shutdown()
            server.server_close()


def _serve(path: Path, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> socketserver.ThreadingUnixStreamServer:
    class Handler(socketserver.StreamRequestHandler):
        """One caller."""

        def handle(self) -> None:
            """Answer orders, a line each."""
            with suppress(BrokenPipeError):  # who asked did not want to wait
                for line in self.rfile:
                    self.wfile.write(json.dumps(answer(json.loads(line)), ensure_ascii=False).encode() + b"\n")

    path.unlink(missing_ok=True)
    server = socketserver.ThreadingUnixStreamServer(str(path), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, name=path.name, daemon=True).start()
    return server
