"""The reader's end of vpcd's protocol, as Debian's driver speaks it: length and payload in two sends, Nagle on."""

from __future__ import annotations

import socket


class Pcd:
    """Listens like the driver; `accept` is its poll noticing a card."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(5)
        self.port = self.listener.getsockname()[1]
        self.card: socket.socket | None = None

    def accept(self) -> None:
        if self.card is not None:
            self.card.close()
        self.card, _ = self.listener.accept()
        self.card.settimeout(5)

    def send(self, payload: bytes) -> None:
        self.card.send(len(payload).to_bytes(2, "big"))
        self.card.send(payload)

    def receive(self) -> bytes:
        head = self.card.recv(2, socket.MSG_WAITALL)
        return self.card.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL) if head else b""

    def ask(self, payload: bytes) -> bytes:
        self.send(payload)
        return self.receive()

    def close(self) -> None:
        if self.card is not None:
            self.card.close()
        self.listener.close()
