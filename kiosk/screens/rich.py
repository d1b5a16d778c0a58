"""Words with bold parts: the one piece of markup that texts may carry is `<b>…</b>`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"(</?b>)")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set in one weight."""

    text: str
    bold: bool


Line = tuple[Run, ...]


def parse(text: str, *, bold: bool = False) -> Line:
    """Cut a text at its marks; `bold` is the weight outside of them."""
    runs: list[Run] = []
    inside = 0
    for part in _MARK.split(text):
        if part == "<b>":
            inside += 1
        elif part == "</b>":
            inside = max(0, inside - 1)
        elif part:
            runs.append(Run(part, bold or inside > 0))
    return tuple(runs)


def plain(text: str) -> str:
    """Return the words without their marks."""
    return _MARK.sub("", text)


def harmless(value: str) -> str:
    """Return a value so that nothing in it is taken for markup."""
    return value.replace("<", "<\u2060") if _MARK.search(value) else value


def joined(pieces: list[Run]) -> Line:
    """Put neighbouring pieces of the same weight together."""
    runs: list[Run] = []
    for piece in pieces:
        if runs and runs[-1].bold == piece.bold:
            runs[-1] = Run(runs[-1].text + piece.text, piece.bold)
        elif piece.text:
            runs.append(piece)
    return tuple(runs)
