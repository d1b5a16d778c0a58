"""The line to the agent in the machine: one order, one answer."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SLACK = 60.0  # seconds beyond what an order may take; an emulated machine takes its time


class NoAnswer(Exception):
    """The machine's agent did not answer in time, or its machine has ended."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A program that has ended in the machine."""

    code: int
    out: str
    err: str


class GuestLine:
    """Holds the host's end of the virtio port; must be there before the agent says hello."""

    def __init__(self, path: Path, seconds: float = 20.0) -> None:
        """Connect to the chardev at `path`, which QEMU makes soon after its start; raises NoAnswer."""
        line = socket.socket(socket.AF_UNIX)
        end = time.monotonic() + seconds
        while True:
            try:
                line.connect(str(path))
                break
            except OSError as error:
                if time.monotonic() > end:
                    line.close()
                    raise NoAnswer(f"{path.name}: {error}") from error
                time.sleep(0.1)
        self.take(line)

    def take(self, line: socket.socket) -> None:
        """Use this connection."""
        self._socket = line
        self.greeted = False
        self._rest = b""
        self._id = 0

    def wait_for_hello(self, seconds: float) -> None:
        """Wait until the agent is there; raises NoAnswer."""
        self._until(lambda answer: "hello" in answer, seconds)
        self.greeted = True

    def run(self, *words: str, given: str = "", seconds: float = 60.0) -> Ran:
        """Run a program in the machine as root; raises NoAnswer."""
        answer = self._order({"run": list(words), "input": given, "seconds": seconds}, seconds)
        return Ran(answer["code"], answer["out"], answer["err"])

    def lines(self, *words: str, seconds: float = 600.0) -> Iterator[str]:
        """Run a program and give each line as it prints it; a caller that stops leaves the line unusable."""
        self._send({"run": list(words), "each": True, "seconds": seconds})
        while "line" in (answer := self._until(lambda answer: answer.get("id") == self._id, seconds + SLACK)):
            yield answer["line"]

    def ask(self, path: str, order: dict[str, Any], seconds: float = 30.0) -> dict[str, Any]:
        """Ask at a Unix socket in the machine; raises NoAnswer."""
        return self._order({"ask": path, "order": order, "seconds": seconds}, seconds)

    def _order(self, order: dict[str, Any], seconds: float) -> dict[str, Any]:
        self._send(order)
        return self._until(lambda answer: answer.get("id") == self._id, seconds + SLACK)

    def _send(self, order: dict[str, Any]) -> None:
        self._id += 1
        try:
            self._socket.settimeout(SLACK)
            self._socket.sendall(json.dumps({"id": self._id, **order}).encode() + b"\n")
        except OSError as error:
            raise NoAnswer(str(error)) from error

    def _until(self, fits: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            *lines, self._rest = self._rest.split(b"\n")
            for at, line in enumerate(lines):
                answer: dict[str, Any] = json.loads(line)
                if fits(answer):
                    self._rest = b"\n".join([*lines[at + 1 :], self._rest])
                    return answer
            self._socket.settimeout(left)
            try:
                came = self._socket.recv(65536)
            except TimeoutError:
                break
            except OSError as error:
                raise NoAnswer(str(error)) from error
            if not came:
                raise NoAnswer("the machine has ended")
            self._rest += came
        raise NoAnswer(f"nothing for {seconds:.0f} s")

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
