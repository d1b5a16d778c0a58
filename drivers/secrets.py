"""A password on its way to the card: pad cells in one fixed buffer that can be wiped."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

CAPACITY = 32  # bytes; the longest secret is the 16-character signing password


class SecretFull(ValueError):
    """No more cells fit into the secret."""


class Secret:
    """A fixed buffer of pad cells (small numbers, never text) that is wiped in place.

    It has a length and nothing else to look at: no text form, no comparison, no copy, no pickling.
    """

    __slots__ = ("_cells", "_length", "_limit")

    def __init__(self, limit: int = CAPACITY) -> None:
        """Make room for `limit` cells (at most 32)."""
        if not 0 < limit <= CAPACITY:
            raise ValueError("a secret holds 1 to 32 cells")
        self._cells = bytearray(CAPACITY)  # allocated once: growing could leave a copy behind
        self._length = 0
        self._limit = limit

    def __len__(self) -> int:
        return self._length

    def append(self, cell: int) -> None:
        """Add one cell; raises SecretFull at the limit."""
        if self._length >= self._limit:
            raise SecretFull
        self._cells[self._length] = cell
        self._length += 1

    def erase_last(self) -> None:
        """Take back the last cell; nothing happens when there is none."""
        if self._length:
            self._length -= 1
            self._cells[self._length] = 0

    @contextmanager
    def lend(self) -> Iterator[memoryview]:
        """Lend a view of the cells for as long as the block lasts."""
        view = memoryview(self._cells)
        part = view[: self._length]
        try:
            yield part
        finally:
            part.release()
            view.release()

    def wipe(self) -> None:
        """Overwrite every cell."""
        for index in range(CAPACITY):
            self._cells[index] = 0
        self._length = 0

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError("a secret is never shown, compared or copied")

    __eq__ = _refuse
    __hash__ = None  # type: ignore[assignment]
    __str__ = _refuse
    __format__ = _refuse
    __bytes__ = _refuse
    __iter__ = _refuse
    __copy__ = _refuse
    __deepcopy__ = _refuse
    __reduce__ = _refuse
    __reduce_ex__ = _refuse

    def __repr__(self) -> str:
        return "<Secret>"
