"""The demonstration's and the tests' hand and eye: a Unix socket that touches, describes and takes pictures.

Only the demonstration opens it; the configuration refuses it elsewhere. It can do what a person at the screen can do,
and pass time; it reads what is drawn, nothing else.
"""

from __future__ import annotations

import json
import queue
import socketserver
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWER_WITHIN = 15.0  # seconds


class Order:
    """One order and the answer that the main thread gives it."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.answer: dict[str, Any] = {"error": "the kiosk did not answer"}
        self._done = Event()

    def reply(self, answer: dict[str, Any]) -> None:
        """Give the answer."""
        self.answer = answer
        self._done.set()

    def wait(self) -> dict[str, Any]:
        """Wait for the answer."""
        self._done.wait(ANSWER_WITHIN)
        return self.answer


class Remote:
    """Listens at a socket; orders wait in `orders` until the main thread takes them."""

    def __init__(self, path: Path, wake: Callable[[], None]) -> None:
        """Listen at `path`; `wake` is called, in another thread, whenever an order has come."""
        path.unlink(missing_ok=True)
        self._path = path
        self.orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        orders = self.orders

        class Handler(socketserver.StreamRequestHandler):
            """One caller."""

            def handle(self) -> None:
                """Take orders, a line each, until the caller hangs up."""
                for line in self.rfile:
                    order = Order(json.loads(line))
                    orders.put(order)
                    wake()
                    self.wfile.write(json.dumps(order.wait(), ensure_ascii=False).encode() + b"\n")

        self._server = socketserver.ThreadingUnixStreamServer(str(path), Handler)
        self._server.daemon_threads = True
        path.chmod(0o600)
        self._thread = Thread(target=self._server.serve_forever, name="remote", daemon=True)
        self._thread.start()

    def take(self) -> Order | None:
        """Return the next order, if one waits."""
        try:
            return self.orders.get_nowait()
        except queue.Empty:
            return None

    def close(self) -> None:
        """Hang up; whoever still waits is told."""
        self._server.shutdown()
        self._server.server_close()
        while (order := self.take()) is not None:
            order.reply({"error": "the kiosk has hung up"})
        self._path.unlink(missing_ok=True)
