"""One question, one answer over a Unix socket: JSON, a line each."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class NoAnswer(Exception):
    """Nobody answers at this socket, or what came is no answer."""


def ask(path: Path, order: dict[str, Any], timeout: float = 30.0) -> dict[str, Any]:
    """Send `order` to the socket at `path` and return the answer; raises NoAnswer."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(timeout)
            line.connect(str(path))
            line.sendall(json.dumps(order).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer = json.loads(answers.readline())
    except (OSError, ValueError) as error:
        raise NoAnswer(f"{path.name}: {error}") from error
    if not isinstance(answer, dict):
        raise NoAnswer(f"{path.name}: no answer")
    return answer
