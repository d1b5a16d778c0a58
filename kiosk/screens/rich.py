"""Words with their markup: `<b>…</b>` is bold, `漢字《かんじ》` has its reading set above it (furigana).

A reading belongs to the kanji before it; `｜` says where its word begins when that is not only kanji: ｜お金《おかね》.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(r"(</?b>)")
_READ = re.compile(r"(?:｜([^《》｜\n]+)|([々〆ヶ\u3400-\u9fff]+))《([ぁ-ゖァ-ヺー]+)》")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set in one weight; a word with a `reading` is never cut."""

    text: str
    bold: bool
    reading: str = ""


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
            runs += _read(part, bold=bold or inside > 0)
    return tuple(runs)


def _read(text: str, *, bold: bool) -> Iterator[Run]:
    at = 0
    for found in _READ.finditer(text):
        if found.start() > at:
            yield Run(text[at : found.start()], bold)
        yield Run(found[1] or found[2], bold, found[3])
        at = found.end()
    if at < len(text):
        yield Run(text[at:], bold)


def plain(text: str) -> str:
    """Return the words without their marks and readings."""
    return _READ.sub(lambda found: found[1] or found[2], _MARK.sub("", text))


def spoken(text: str) -> str:
    """Return the words as they are read aloud: the reading instead of the kanji it stands above."""
    return _READ.sub(lambda found: found[3], _MARK.sub("", text))


def harmless(value: str) -> str:
    """Return a value so that nothing in it is taken for markup."""
    if _MARK.search(value):
        value = value.replace("<", "<\u2060")
    return value.replace("《", "《\u2060") if _READ.search(value) else value


def joined(pieces: list[Run]) -> Line:
    """Put neighbouring pieces of the same weight together."""
    runs: list[Run] = []
    for piece in pieces:
        if runs and runs[-1].bold == piece.bold and not runs[-1].reading and not piece.reading:
            runs[-1] = Run(runs[-1].text + piece.text, piece.bold)
        elif piece.text:
            runs.append(piece)
    return tuple(runs)
