"""Bundles from a real HTTPS server with an authority of its own: fetched once, continued where the line broke."""

from __future__ import annotations

import resource
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

    from tests.told_calls import ToldCalls

BUNDLE = bytes(range(256)) * 20_000
FETCH = """
import sys
from pathlib import Path
from kiosk.update.fetching import Shelf
print(Shelf(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])).fetch())
"""


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None: ...  # a client that hangs up is what some tests are about


class Server:
    """Serves `content` under `tag`; breaks the line after `breaks_at` bytes once."""

    def __init__(self, certificate: tuple[Path, Path]) -> None:
        self.content, self.tag, self.breaks_at, self.status = BUNDLE, '"one"', 0, 200
        self.announced = True  # whether the length is told
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
            if server.announced:
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


def test_a_whole_bundle_is_on_the_disk_before_it_has_its_name(
    server: Server, authority: Authority, told_calls: ToldCalls, tmp_path: Path
) -> None:
    """A power cut must not leave half a bundle under the name of a whole one: it would be refused for good."""
    target = tmp_path / "fetched.raucb"
    told = told_calls.run(FETCH, server.url, authority.path, target, folder=tmp_path)
    assert told.ended.stdout == "True\n", told.ended.stderr
    assert told.calls == ["fsync fetched.part", "rename fetched.part fetched.raucb", "fsync ."]
    assert target.read_bytes() == BUNDLE


def test_a_bundle_leaves_room_for_applications(server: Server, authority: Authority, tmp_path: Path) -> None:
    for told in (True, False):
        server.announced = told
        with pytest.raises(NotFetched, match="no-room"):
            Shelf(server.url, authority.path, tmp_path / "fetched.raucb", spare=1 << 60).fetch()
        assert list(tmp_path.glob("fetched.*")) == []


def test_a_disk_that_takes_no_more_is_told_and_freed(server: Server, shelf: Shelf, tmp_path: Path) -> None:
    """A file-size limit stands for a full disk: both fail in the middle of writing."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(NotFetched, match="disk"):
            shelf.fetch()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list((tmp_path / "waiting").iterdir()) == []
    assert shelf.fetch()


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
