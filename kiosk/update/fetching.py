"""A bundle from an HTTPS server whose authority is pinned: asked for by its tag, continued where the line broke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.pinned import Line, NoAnswer, Patience
from kiosk.update.bundle import LONGEST

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.pinned import Answer

PATIENCE: Final = Patience(connect=10.0, answer=30.0)
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
        headers = {"User-Agent": "madoguchi-update"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": self._part_tag.read_text("utf-8")}
        elif self._seen.exists():
            headers["If-None-Match"] = self._seen.read_text("utf-8")
        try:
            with Line(self._ca, PATIENCE) as line, line.ask("GET", self._url, headers) as answer:
                return self._take(answer, have)
        except NoAnswer as trouble:
            raise NotFetched(trouble.fault.value) from None
        except OSError:
            raise NotFetched("disk") from None

    def _take(self, answer: Answer, have: int) -> bool:
        if answer.status == UNCHANGED:
            return False
        if answer.status not in {OK, PARTIAL}:
            raise NotFetched(f"status-{answer.status}")
        size = have if answer.status == PARTIAL else 0
        if not size:
            self._part_tag.write_text(answer.headers.get("etag", ""), encoding="utf-8")
        with self._part.open("ab" if size else "wb") as file:
            for piece in answer.pieces(PIECE):
                size += len(piece)
                if size > LONGEST:
                    break
                file.write(piece)
        if size > LONGEST:
            self._part.unlink()
            raise NotFetched("too-large")
        self._part.replace(self._target)
        return True
