"""The launcher's ear for the demonstration bar: lay and lift cards, change who it is, stop and start the city."""

from __future__ import annotations

import contextlib
import json
import socketserver
from threading import Lock, Thread
from typing import TYPE_CHECKING

from drivers.virtual.control import TrayError
from kiosk.demo.line import NoAnswer
from kiosk.demo.process import ProgramFailed

if TYPE_CHECKING:
    from kiosk.demo.launcher import Demonstration

FIRST = "hanako"


class World:
    """Plays the world around the kiosk for somebody who presses buttons."""

    def __init__(self, demonstration: Demonstration) -> None:
        """Listen at the demonstration's socket."""
        self._demo = demonstration
        self._state = {"persona": FIRST, "city": "on", "delivery": "on", "laid": ""}
        self._lock = Lock()
        answer = self.answer

        class Handler(socketserver.StreamRequestHandler):
            """One caller."""

            def handle(self) -> None:
                """Answer orders, a line each."""
                for line in self.rfile:
                    self.wfile.write(json.dumps(answer(json.loads(line)["do"])).encode() + b"\n")

        self._server = socketserver.ThreadingUnixStreamServer(str(demonstration.setting.demo), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, do: str) -> dict[str, str]:
        """Do what the bar asks for and return how the world stands; what cannot be done changes nothing."""
        with self._lock, contextlib.suppress(TrayError, NoAnswer, ProgramFailed):
            ways = {
                "lay": self._lay,
                "lift": self._lift,
                "persona": self._next_persona,
                "city": self._switch_city,
                "delivery": self._switch_delivery,
            }
            if do in ways:
                ways[do]()
        return self._state

    def _lay(self) -> None:
        self._demo.tray.lay(self._state["persona"])
        self._state["laid"] = self._state["persona"]

    def _lift(self) -> None:
        self._demo.tray.lift()
        self._state["laid"] = ""

    def _next_persona(self) -> None:
        names = sorted(self._demo.tray.personas())
        at = names.index(self._state["persona"]) if self._state["persona"] in names else -1
        self._state["persona"] = names[(at + 1) % len(names)]
        if self._state["laid"]:
            self._demo.tray.swap(self._state["persona"])
            self._state["laid"] = self._state["persona"]

    def _switch_city(self) -> None:
        if self._state["city"] == "on":
            self._demo.stop_city()
        else:
            self._demo.start_city()
        self._state["city"] = "off" if self._state["city"] == "on" else "on"

    def _switch_delivery(self) -> None:
        self._demo.switch_delivery(on=self._state["delivery"] == "off")
        self._state["delivery"] = "off" if self._state["delivery"] == "on" else "on"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
