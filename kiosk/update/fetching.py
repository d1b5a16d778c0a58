"""A bundle from an HTTPS server whose authority is pinned: asked for by its tag, continued where the line broke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import requests

from kiosk.update.bundle import LONGEST

if TYPE_CHECKING:
    from pathlib import Path

CONNECT, ANSWER = 10.0, 30.0  # seconds
PIECE: Final = 1 << 16  # bytes: no more is fetched twice when the line breaks
OK, PARTIAL, UNCHANGED = 200, 206, 304


class NotFetched(Exception):
    """The server did not give the bundle; `why` is a code for the journal."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Shelf:
    """The server's one bundle: `target` is where it comes to lie, whole."""

    def __init__(self, url: str, ca: Path, target: Path) -> None:
        """Nothing is asked before the first fetch."""
        self._url = url
        self._ca = ca
        self._target = target
        self._part = target.with_suffix(".part")
        self._part_tag = target.with_suffix(".part-tag")
        self._seen = target.with_suffix(".tag")

    def seen(self) -> None:
        """Remember that the bundle that was fetched last has been judged: it is not fetched again."""
        if self._part_tag.exists():
            self._part_tag.replace(self._seen)

    def fetch(self) -> bool:
        """Fetch the bundle when it is another one than that which was seen last; raises NotFetched."""
        have = self._part.stat().st_size if self._part.exists() and self._part_tag.exists() else 0
        headers = {"Accept-Encoding": "identity", "User-Agent": "madoguchi-update"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": self._part_tag.read_text("utf-8")}
        elif self._seen.exists():
            headers["If-None-Match"] = self._seen.read_text("utf-8")
        try:
            with requests.Session() as session:
                session.trust_env = False  # no proxy, no .netrc, no other authority out of the environment
                session.verify = str(self._ca)
                with session.get(
                    self._url, headers=headers, timeout=(CONNECT, ANSWER), allow_redirects=False, stream=True
                ) as response:
                    return self._take(response, have)
        except requests.exceptions.SSLError:
            raise NotFetched("untrusted") from None
        except requests.Timeout:
            raise NotFetched("too-slow") from None
        except OSError:  # every error of requests is one; the disk's too
            raise NotFetched("unreachable") from None

    def _take(self, response: requests.Response, have: int) -> bool:
        if response.status_code == UNCHANGED:
            return False
        if response.status_code not in {OK, PARTIAL}:
            raise NotFetched(f"status-{response.status_code}")
        size = have if response.status_code == PARTIAL else 0
        if not size:
            self._part_tag.write_text(response.headers.get("ETag", ""), encoding="utf-8")
        with self._part.open("ab" if size else "wb") as file:
            for piece in response.iter_content(PIECE):
                size += len(piece)
                if size > LONGEST:
                    break
                file.write(piece)
        if size > LONGEST:
            self._part.unlink()
            raise NotFetched("too-large")
        self._part.replace(self._target)
        return True
