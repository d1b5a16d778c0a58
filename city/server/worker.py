"""A gunicorn thread worker whose TLS belongs to the listening socket, not to the whole server."""

# gunicorn carries no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import errno
import selectors
import ssl
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from gunicorn.workers.gthread import TConn, ThreadWorker

from city.doors import DOOR
from city.journal import note

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable

HANDSHAKE_S = 5.0
_SILENCE_S = 20.0  # a peer in the middle of something that is silent for this long loses its thread


class Doors(Protocol):
    """What a worker asks of the server: which door a listening socket belongs to, by its index."""

    doors_by_port: dict[str, str]

    def tls_of(self, door: int) -> ssl.SSLContext | None:
        """Return the TLS of a door."""
        ...

    def door_of(self, door: int) -> str:
        """Return the name of a door."""
        ...


class Connection(TConn):
    """A connection that shakes hands with its own door's TLS before anything of HTTP is read."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any, tls: ssl.SSLContext | None) -> None:
        super().__init__(cfg, sock, client, server)
        self._tls = tls

    def init(self) -> None:
        """Shake hands once, and limit every wait; a peer without the right certificate goes no further.

        gunicorn calls this before each request, right after it has taken the socket's time limit away.
        """
        if not self.initialized and self._tls is not None:
            self.sock.settimeout(HANDSHAKE_S)  # for the whole handshake, however slowly its bytes come
            try:
                self.sock = self._tls.wrap_socket(self.sock, server_side=True)
            except (ssl.SSLError, TimeoutError) as error:
                note("handshake.failed", error=type(error).__name__)
                # gunicorn closes a reset connection without a word; an answer in plain text would be nonsense here.
                raise ConnectionResetError(errno.ECONNRESET, "handshake") from None
        super().init()
        self.sock.settimeout(_SILENCE_S)


class DoorWorker(ThreadWorker):
    """Takes connections for both doors and tells the application which door each came through."""

    def accept(self, listener: Any) -> None:
        """Accept one connection; it costs a thread only once its peer has something to say.

        gunicorn's own method gives it a thread at once, so that a few silent peers would keep all others waiting.
        """
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                raise
            return
        self.nr_conns += 1
        name = listener.getsockname()
        server: Doors = self.app
        conn = Connection(self.cfg, client, address, name, server.tls_of(self.sockets.index(listener)))
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        poller: Any = self.poller  # made by init_process, which has run
        poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def init_process(self) -> None:
        """Start serving, with the application behind the doors."""
        server: Doors = self.app
        ports = {str(listener.getsockname()[1]): server.door_of(index) for index, listener in enumerate(self.sockets)}
        server.doors_by_port.update(ports)
        super().init_process()


def behind_doors(
    application: Callable[[dict[str, Any], Any], Iterable[bytes]], doors_by_port: dict[str, str]
) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """WSGI: note in the environment which door a request came through and whether it was encrypted."""

    def wrapped(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[DOOR] = doors_by_port.get(environ["SERVER_PORT"], "")
        encrypted = isinstance(environ["gunicorn.socket"], ssl.SSLSocket)
        environ["wsgi.url_scheme"] = "https" if encrypted else "http"
        return application(environ, start_response)

    return wrapped
