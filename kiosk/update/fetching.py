"""A bundle from an HTTPS server whose authority is pinned: asked for by its tag, continued where the line broke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from kiosk.durable import flush, rename
from kiosk.pinned import Line, NoAnswer, Patience
from kiosk.update.room import LONGEST, SPARE, room_in

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

    def __init__(self, url: str, ca: Path, target: Path, spare: int = SPARE) -> None:
        """Nothing is asked before the first fetch; `spare` bytes of the disk are left to others."""
        self._url = url
        self._ca = ca
        self._target = target
        self._spare = spare
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
            self._part.unlink(missing_ok=True)  # the room is for whoever needs it more
            self._part_tag.unlink(missing_ok=True)
            raise NotFetched("disk") from None

    def _take(self, answer: Answer, have: int) -> bool:
        if answer.status == UNCHANGED:
            return False
        if answer.status not in {OK, PARTIAL}:
            raise NotFetched(f"status-{answer.status}")
        first = have if answer.status == PARTIAL else 0
        announced = answer.headers.get("content-length", "")
        room = room_in(self._target.parent, self._spare, have)
        if announced.isdecimal() and first + int(announced) > room:
            self._refuse(room)
        if not first:
            self._part_tag.write_text(answer.headers.get("etag", ""), encoding="utf-8")
        self._write(answer, first, room)
        rename(self._part, self._target)
        return True

    def _write(self, answer: Answer, size: int, room: int) -> None:
        with self._part.open("ab" if size else "wb") as file:
            for piece in answer.pieces(PIECE):
                size += len(piece)
                if size > room:
                    self._refuse(room)
                file.write(piece)
            flush(file)

    def _refuse(self, room: int) -> NoReturn:
        self._part.unlink(missing_ok=True)
        self._part_tag.unlink(missing_ok=True)
        raise NotFetched("too-large" if room >= LONGEST else "no-room")
