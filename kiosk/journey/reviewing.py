"""Dealing answers out to pages: which stand together on one page of the review, and how much room each is given.

How wide a text is can only be guessed here: a kanji is 1 em wide, a Latin letter a little more than half of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NARROW: Final = 0.58  # em of a Latin letter
_MARKS: Final = re.compile(r"</?b>|《[^》]*》|｜")  # readings stand above the words


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of the review; lengths in em at the smallest type.

    An answer (or what it answers) that is longer than `cell` takes whole lines: one for `first` em, another for each
    `further` em.
    """

    lines: int
    columns: int
    cell: float
    first: float
    further: float


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """Where an answer stands on its page."""

    name: str
    line: int
    column: int
    lines: int = 1
    whole: bool = False  # over all columns


def ems(text: str) -> float:
    """Return about how wide a text is."""
    return sum(1.0 if east_asian_width(sign) in "WFA" else _NARROW for sign in _MARKS.sub("", text))


def dealt(answers: Iterable[tuple[str, str, float]], grid: Grid) -> Iterator[tuple[ReviewPlace, ...]]:
    """Yield the pages of (name, label, em of the answer), in order; at least one page."""
    page: list[ReviewPlace] = []
    line = column = 0
    for name, label, wide in answers:
        lines = _lines(label, wide, grid)
        if column and lines:
            line, column = line + 1, 0
        if line + max(1, lines) > grid.lines:
            yield tuple(page)
            page, line, column = [], 0, 0
        page.append(ReviewPlace(name, line, column, max(1, lines), whole=lines > 0 or grid.columns == 1))
        column = 0 if lines else (column + 1) % grid.columns
        line += lines or column == 0
    yield tuple(page)


def _lines(label: str, wide: float, grid: Grid) -> int:
    """Return how many whole lines an answer takes, 0 where a cell has room for it."""
    if grid.columns > 1 and wide <= grid.cell and ems(label) <= grid.cell + 1:
        return 0
    return min(grid.lines, 1 + ceil(max(0.0, wide - grid.first) / grid.further))
