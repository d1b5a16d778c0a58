"""One call to mozc-server: a request, the end of writing, and the answer read to its end."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from kiosk.text_input.mozc.messages import Answer, answer_of
from kiosk.text_input.mozc.wire import WireError, decode

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 1.0  # seconds for an answer that takes less than a millisecond
_MOST = 1 << 20  # bytes; answers have some kilobytes


class MozcGone(Exception):
    """The server does not answer, or not with what it is known to answer."""


def call_at(path: str) -> Callable[[bytes], Answer]:
    """Return what asks the server at this socket; it raises MozcGone."""

    def call(request: bytes) -> Answer:
        try:
            return answer_of(decode(_exchange(path, request)))
        except (OSError, WireError) as error:
            raise MozcGone(type(error).__name__) from None

    return call


def _exchange(path: str, request: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE)
        line.connect(path)
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        answer = bytearray()
        while part := line.recv(65536):
            answer += part
            if len(answer) > _MOST:
                raise WireError("an answer without end")
        return bytes(answer)
