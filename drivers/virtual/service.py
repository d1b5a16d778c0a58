"""The virtual card as a process: one loop between the control socket and the reader, in one thread."""

from __future__ import annotations

import heapq
import itertools
import selectors
import socket
import time
from typing import TYPE_CHECKING, Final

import msgspec

from drivers.virtual import orders
from drivers.virtual.personas import PersonaInvalid
from drivers.virtual.vpcd import LinkClosed, VpcdLink, obey
from drivers.virtual.vscard import VscardLink

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drivers.virtual.card import VirtualCard
    from drivers.virtual.tray import Tray

_RETRY: Final = 0.1  # seconds until a reader that is not there is tried again
_LINE_MOST: Final = 4096


def _lay_at_vpcd(port: int, _: VirtualCard) -> VpcdLink:
    return VpcdLink(port)


LINKS: Final[dict[str, Callable[[int, VirtualCard], VpcdLink | VscardLink]]] = {
    "vpcd": _lay_at_vpcd,
    "qemu": VscardLink,
}


class Service:
    """Serves a tray: takes orders, and keeps a card connected to its reader for as long as it lies there.

    The reader is vpcd, or that of a machine in QEMU. Without a port there is none, only the control socket.
    """

    def __init__(self, tray: Tray, control: Path, port: int | None, reader: str = "vpcd") -> None:
        """Listen for orders at `control` (its owner only); the card goes to the reader on `port`, one of LINKS."""
        self._tray = tray
        self._port = port
        self._lay = LINKS[reader]
        self._path = control
        self._selector = selectors.DefaultSelector()
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._link: VpcdLink | VscardLink | None = None
        self._linked_laying = 0
        self._left = self._not_before = float("-inf")  # when a card left; until when the next is in the hand
        self._stopping = False
        self._wake, self._woken = socket.socketpair()
        self._watch(self._woken, lambda: self._woken.recv(64))
        self._control = self._listen()
        self._watch(self._control, self._accept)

    def _listen(self) -> socket.socket:
        self._path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(self._path))
        self._path.chmod(0o600)
        listener.listen()
        return listener

    def _watch(self, source: socket.socket, ready: Callable[[], object]) -> None:
        self._selector.register(source, selectors.EVENT_READ, ready)

    def _in(self, seconds: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._later, (time.monotonic() + seconds, next(self._order), action))

    def stop(self) -> None:
        """End `run`; may be called from a signal handler or another thread."""
        self._stopping = True
        self._wake.send(b"\0")

    def run(self) -> None:
        """Serve until `stop`."""
        while not self._stopping:
            timeout = max(0.0, self._later[0][0] - time.monotonic()) if self._later else None
            for key, _ in self._selector.select(timeout):
                key.data()
            while self._later and self._later[0][0] <= time.monotonic():
                heapq.heappop(self._later)[2]()
        self._close()

    def _close(self) -> None:
        self._unlink()
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._wake.close()
        self._selector.close()
        self._path.unlink(missing_ok=True)

    # -- orders ---------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        client, _ = self._control.accept()
        received = bytearray()
        self._watch(client, lambda: self._read_orders(client, received))

    def _read_orders(self, client: socket.socket, received: bytearray) -> None:
        try:
            data = client.recv(_LINE_MOST)
        except ConnectionError:
            data = b""
        if not data or len(received) > _LINE_MOST:
            self._selector.unregister(client)
            client.close()
            return
        received += data
        while (end := received.find(b"\n")) >= 0:
            line = bytes(received[:end])
            del received[: end + 1]
            self._take(line, lambda answer: _answer(client, answer))

    def _take(self, line: bytes, answer: Callable[[dict[str, object]], None]) -> None:
        try:
            order = orders.decode(line)
            told = self._carry_out(order)
        except (msgspec.DecodeError, PersonaInvalid, ValueError) as error:
            answer({"ok": False, "error": str(error)})
            return
        self._follow()
        wait = self._not_before - time.monotonic() if isinstance(order, orders.Lay) else 0.0
        self._in(max(0.0, wait), lambda: answer({"ok": True} | told))

    def _carry_out(self, order: orders.Order) -> dict[str, object]:
        if isinstance(order, orders.Lay):
            self._tray.lay(order.persona)
            self._lay_down(order.gap)
        elif isinstance(order, orders.Lift):
            self._tray.lift()
        elif isinstance(order, orders.ArmFault):
            self._tray.arm(order)
        elif isinstance(order, orders.Mend):
            self._tray.arm(None)
        elif isinstance(order, orders.Renew):
            self._tray.renew()
        elif isinstance(order, orders.Personas):
            return {"personas": self._tray.titles()}
        return self._tray.state()

    def _lay_down(self, gap: float) -> None:
        """Take the old card off the reader now, and put the new one there when a hand could have."""
        self._unlink()
        self._not_before = self._left + gap
        self._in(max(0.0, self._not_before - time.monotonic()), self._follow)

    # -- the reader -----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Connect or disconnect, so that the reader sees what lies on the tray."""
        if self._link is not None and (self._tray.laid is None or self._linked_laying != self._tray.layings):
            self._unlink()
        if self._port is None or self._link is not None or self._tray.laid is None:
            return
        if time.monotonic() < self._not_before:
            return  # it is still in the hand
        try:
            self._link = link = self._lay(self._port, self._tray.laid)
        except OSError:
            self._in(_RETRY, self._follow)
            return
        self._linked_laying = self._tray.layings
        self._watch(link.socket, lambda: self._serve(link))

    def _unlink(self) -> None:
        if self._link is not None:
            self._selector.unregister(self._link.socket)
            self._link.close()
            self._link = None
            self._left = time.monotonic()

    def _serve(self, link: VpcdLink | VscardLink) -> None:
        if link is not self._link:
            return
        try:
            for message in link.receive():
                self._answer_reader(link, message)
        except LinkClosed:
            self._unlink()
            self._in(_RETRY, self._follow)  # the card still lies there: pcscd may come back

    def _answer_reader(self, link: VpcdLink | VscardLink, message: bytes) -> None:
        card = self._tray.laid
        if card is None or link is not self._link:
            return
        if len(message) == 1:
            told = obey(card, message[0])
            if told is not None:
                link.send(told)
            return
        reply = self._tray.exchange(message)
        if reply.answer is not None and reply.delay:
            self._in(reply.delay, lambda: self._send_late(link, reply.answer or b""))
        elif reply.answer is not None:
            link.send(reply.answer)
        self._follow()

    def _send_late(self, link: VpcdLink | VscardLink, answer: bytes) -> None:
        if link is not self._link:
            return
        try:
            link.send(answer)
        except LinkClosed:
            self._unlink()
            self._in(_RETRY, self._follow)


def _answer(client: socket.socket, answer: dict[str, object]) -> None:
    try:
        client.sendall(msgspec.json.encode(answer) + b"\n")
    except OSError:
        return  # whoever asked did not wait
