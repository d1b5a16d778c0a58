"""The kiosk's side of the helper: asks for candidates and readings."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

from kiosk.text_input.candidates import Candidate
from kiosk.text_input.mozc.line import MozcGone

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 1.5  # seconds; a conversion takes some milliseconds, a fresh server 60


class MozcDesk:
    """A converter over the helper's socket. Every method raises MozcGone when nobody answers there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line: socket.socket | None = None

    def convert(self, reading: str) -> tuple[Candidate, ...]:
        """Return what the kana can be written as."""
        found = self._ask({"do": "convert", "reading": reading})
        try:
            return tuple(Candidate(str(text), int(reads)) for text, reads in found["candidates"])
        except (KeyError, TypeError, ValueError):
            raise MozcGone("an answer without candidates") from None

    def reading_of(self, text: str) -> str:
        """Return how a name is probably read."""
        return str(self._ask({"do": "reading", "text": text}).get("reading", ""))

    def forget(self) -> None:
        """Have the server replaced and its profile wiped."""
        self._ask({"do": "forget"})

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self, order: dict[str, str]) -> dict[str, Any]:
        try:
            answer = json.loads(self._exchange(json.dumps(order, ensure_ascii=False).encode() + b"\n"))
        except (OSError, ValueError) as error:
            self.close()
            raise MozcGone(type(error).__name__) from None
        if not isinstance(answer, dict) or "error" in answer:
            raise MozcGone("the helper has no answer")
        return answer

    def _exchange(self, asked: bytes) -> bytes:
        """Send a line and read one; a line that broke since the last time is opened once more."""
        for fresh in (self._line is None, True):
            try:
                return self._once(asked)
            except OSError:
                self.close()
                if fresh:
                    raise
        raise MozcGone("no line")

    def _once(self, asked: bytes) -> bytes:
        if self._line is None:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(PATIENCE)
            self._line = line
            line.connect(str(self._path))
        self._line.sendall(asked)
        answer = bytearray()
        while not answer.endswith(b"\n"):
            part = self._line.recv(65536)
            if not part:
                raise ConnectionResetError
            answer += part
        return bytes(answer)
