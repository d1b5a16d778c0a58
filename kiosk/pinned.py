"""HTTPS to one server whose authority is pinned: the only way out of this machine, and the same for all who go it.

Certificates are checked strictly by RFC 5280 on every Python; by itself, Python does so from 3.13 on only. Nothing out
of the environment counts: no proxy, no .netrc, no other authority. A redirect is an answer like any other.
"""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Fault(StrEnum):
    """Why there is no answer, or none to its end."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too-slow"
    UNTRUSTED = "untrusted"  # the TLS certificate is not of the pinned authority


class NoAnswer(Exception):
    """The network or the server's TLS is at fault; nothing else is ever raised for them."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, and for the next byte of an answer."""

    connect: float
    answer: float


class Answer:
    """An answer whose head has come; names of `headers` are in small letters."""

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = {name.lower(): text for name, text in response.headers.items()}
        self._raw = response.raw

    def pieces(self, size: int) -> Iterator[bytes]:
        """Read the body as it came, `size` bytes at a time; one shorter than was announced raises NoAnswer."""
        while piece := self._read(size):
            yield piece

    def body(self, longest: int) -> bytes:
        """Read the body, and no more than `longest` bytes of it; raises NoAnswer as above."""
        body = b""
        while len(body) < longest and (piece := self._read(longest - len(body))):
            body += piece
        return body

    def _read(self, size: int) -> bytes:
        with _named():
            return bytes(self._raw.read(size, decode_content=False))


class Line:
    """A connection for a few questions in a row; trusts one authority and nobody else."""

    def __init__(self, authority: Path, patience: Patience, identity: tuple[Path, Path] | None = None) -> None:
        """Nothing is sent before the first question; `identity` is certificate and key, where the server wants them."""
        self._patience = patience
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(authority)
        self._session.mount("https://", _StrictTls())
        if identity is not None:
            self._session.cert = (str(identity[0]), str(identity[1]))

    def close(self) -> None:
        """Hang up."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def ask(self, method: str, url: str, headers: Mapping[str, str], data: bytes | None = None) -> Iterator[Answer]:
        """Ask and give the answer while the context lasts; raises NoAnswer. The body comes as the server packs it."""
        with _named():
            response = self._session.request(
                method,
                url,
                data=data,
                headers={"Accept-Encoding": "identity", **headers},
                timeout=(self._patience.connect, self._patience.answer),
                allow_redirects=False,
                stream=True,
            )
        with response:
            yield Answer(response)


class _StrictTls(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # starts with no authority at all
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        super().init_poolmanager(*args, **options, ssl_context=context)


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """Give every trouble of the network its name."""
    try:
        yield
    except (requests.exceptions.SSLError, urllib3.exceptions.SSLError):
        raise NoAnswer(Fault.UNTRUSTED) from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise NoAnswer(Fault.TOO_SLOW) from None
    except (OSError, urllib3.exceptions.HTTPError):  # every error of requests is an OSError
        raise NoAnswer(Fault.UNREACHABLE) from None
