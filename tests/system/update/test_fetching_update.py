"""Bundles from a real HTTPS server with an authority of its own: fetched once, continued where the line broke."""

from __future__ import annotations

import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from kiosk.update.fetching import NotFetched, Shelf
from tests.tls_authority import IMPOSTORS, Authority, impostor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUNDLE = bytes(range(256)) * 20_000


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None: ...  # a client that hangs up is what some tests are about


class Server:
    """Serves `content` under `tag`; breaks the line after `breaks_at` bytes once."""

    def __init__(self, certificate: tuple[Path, Path]) -> None:
        self.content, self.tag, self.breaks_at, self.status = BUNDLE, '"one"', 0, 200
        self.asked: list[dict[str, str]] = []
        self._http = Quiet(("127.0.0.1", 0), _handler(self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://127.0.0.1:{self._http.server_port}/madoguchi.raucb"
        Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            asked = dict(self.headers)
            server.asked.append(asked)
            if asked.get("If-None-Match") == server.tag:
                self.send_response(304)
                self.end_headers()
                return
            ranged = asked.get("If-Range") == server.tag
            first = int(asked["Range"][6:-1]) if ranged else 0
            self.send_response(206 if ranged and server.status == 200 else server.status)
            self.send_header("ETag", server.tag)
            self.send_header("Content-Length", str(len(server.content) - first))
            self.end_headers()
            upto = server.breaks_at or len(server.content)
            server.breaks_at = 0
            self.wfile.write(server.content[first:upto])

    return Handler


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "authority", "Updates")


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    server = Server(authority.issue("updates"))
    yield server
    server.close()


@pytest.fixture
def shelf(server: Server, authority: Authority, tmp_path: Path) -> Shelf:
    (tmp_path / "waiting").mkdir()
    return Shelf(server.url, authority.path, tmp_path / "waiting/fetched.raucb")


def test_a_bundle_is_fetched_once(server: Server, shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.fetch()
    assert (tmp_path / "waiting/fetched.raucb").read_bytes() == BUNDLE
    shelf.seen()
    (tmp_path / "waiting/fetched.raucb").unlink()
    assert not shelf.fetch()
    server.content, server.tag = b"another", '"two"'
    assert shelf.fetch()
    assert (tmp_path / "waiting/fetched.raucb").read_bytes() == b"another"


def test_a_broken_transfer_goes_on_where_it_broke(server: Server, shelf: Shelf, tmp_path: Path) -> None:
    server.breaks_at = 1_000_000
    with pytest.raises(NotFetched, match="unreachable"):
        shelf.fetch()
    assert not (tmp_path / "waiting/fetched.raucb").exists()
    assert shelf.fetch()
    assert 900_000 < int(server.asked[-1]["Range"][6:-1]) <= 1_000_000
    assert (tmp_path / "waiting/fetched.raucb").read_bytes() == BUNDLE


def test_another_bundle_in_between_begins_anew(server: Server, shelf: Shelf, tmp_path: Path) -> None:
    server.breaks_at = 1_000_000
    with pytest.raises(NotFetched):
        shelf.fetch()
    server.content, server.tag = BUNDLE[::-1], '"two"'
    assert shelf.fetch()
    assert (tmp_path / "waiting/fetched.raucb").read_bytes() == BUNDLE[::-1]


@pytest.mark.parametrize("kind", IMPOSTORS)
def test_an_impostor_is_asked_for_nothing(authority: Authority, tmp_path: Path, kind: str) -> None:
    server = Server(impostor(authority, kind, tmp_path))
    try:
        with pytest.raises(NotFetched, match="untrusted"):
            Shelf(server.url, authority.path, tmp_path / "fetched.raucb").fetch()
    finally:
        server.close()
    assert server.asked == []


@pytest.mark.parametrize("status", [301, 404, 500])
def test_any_other_answer_is_none(server: Server, shelf: Shelf, status: int) -> None:
    server.status = status
    with pytest.raises(NotFetched, match=f"status-{status}"):
        shelf.fetch()


def test_a_server_that_is_away(server: Server, authority: Authority, tmp_path: Path) -> None:
    server.close()
    with pytest.raises(NotFetched, match="unreachable"):
        Shelf(server.url, authority.path, tmp_path / "fetched.raucb").fetch()
