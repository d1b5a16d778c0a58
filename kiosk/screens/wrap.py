"""Breaking text into lines: after sentences and at phrases where it fits, by the rules of kinsoku where it must."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

import budoux

from kiosk.screens.fonts import clusters
from kiosk.screens.rich import Run, joined, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.screens.rich import Line
    from kiosk.screens.setting import Setting

NEVER_FIRST: Final = frozenset(
    "、。，．,.・：；:;？！?!ー〜～…‥）)］]｝}」』〕〉》】’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ％%"
)
NEVER_LAST: Final = frozenset("ヶ（([［{｛「『〔〈《【‘“〒￥$＄#＃")
WIDOW: Final = 0.25  # a last line shorter than this part of the width calls for even lines
_STOPS: Final = ("。", "！", "？")
_CLOSING: Final = "」』）)”’"
_OPENING: Final = "“‘(¿"
_WORDS = re.compile(r"[^ \u3000]+[ \u3000]*|[ \u3000]+")
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff@./_:+-]")


class Measure(Protocol):
    """Whatever knows how wide a line is set."""

    def line_width(self, line: Line, setting: Setting) -> float:
        """Return the width of one line in panel pixels."""
        ...


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def phrases(text: str) -> list[str]:
    """Cut a text where a line may end: after a space, and between Japanese phrases."""
    found: list[str] = []
    for word in _WORDS.findall(text):
        found += [word] if word.isascii() else _parser().parse(word)
    return _kept(found)


def _kept(parts: list[str]) -> list[str]:
    """Join parts that kinsoku keeps together."""
    kept: list[str] = []
    for part in parts:
        if kept and (part[0] in NEVER_FIRST or kept[-1].rstrip()[-1:] in NEVER_LAST):
            kept[-1] += part
        else:
            kept.append(part)
    return kept


def atoms(phrase: str) -> list[str]:
    """Cut a phrase that is wider than the line into the least pieces kinsoku allows; Latin words stay whole."""
    pieces: list[str] = []
    for cluster in clusters(phrase):
        latin = pieces and _LATIN.match(cluster) and _LATIN.match(pieces[-1][-1])
        if latin:
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
    return _kept(pieces)


def wrap(text: str, setting: Setting, width: int, measure: Measure) -> tuple[Line, ...]:
    """Return the lines of a text in a width; a newline always ends one."""
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(parse(paragraph, bold=setting.bold), setting, width, measure)
    return tuple(lines)


def _paragraph(runs: Line, setting: Setting, width: int, measure: Measure) -> list[Line]:
    if not runs or measure.line_width(runs, setting) <= width:
        return [runs]
    pieces = list(_weighted(runs))
    lines = _balanced(pieces, setting, width, measure)
    for parts in _by_sentence(pieces):
        tried = [line for part in parts for line in _balanced(part, setting, width, measure)]
        if len(tried) <= len(lines) and measure.line_width(tried[-1], setting) >= WIDOW * width:
            return tried
    return lines


def _balanced(pieces: list[Line], setting: Setting, width: int, measure: Measure) -> list[Line]:
    """Return the lines of some phrases; where the last one would be very short, even ones."""
    lines = _filled(pieces, setting, width, measure)
    last = measure.line_width(lines[-1], setting)
    short = len(lines) > 1 and last < WIDOW * width
    return _even(pieces, lines, setting, width, measure) if short else lines


def _by_sentence(pieces: list[Line]) -> Iterator[list[list[Line]]]:
    """Yield ways to begin sentences on lines of their own: all of them, or one of them with what follows it."""
    words = ["".join(run.text for run in piece) for piece in pieces]
    begins = [at for at in range(1, len(words)) if _ends(words[at - 1], words[at])]
    if len(begins) > 1:
        yield [pieces[start:end] for start, end in pairwise([0, *begins, len(pieces)])]
    yield from ([pieces[:at], pieces[at:]] for at in begins)


def _ends(words: str, following: str) -> bool:
    """Tell whether a sentence ends with these words; a full stop is also that of an abbreviation."""
    bare = words.rstrip().rstrip(_CLOSING)
    if bare.endswith(_STOPS):
        return True
    return words.endswith(" ") and bare.endswith((".", "!", "?")) and following.lstrip(_OPENING)[:1].isupper()


def _weighted(runs: Line) -> Iterator[Line]:
    """Yield phrases as runs: a phrase may change its weight in the middle."""
    yield from _cut(runs, phrases("".join(run.text for run in runs)))


def _cut(runs: Line, parts: list[str]) -> Iterator[Line]:
    """Yield the runs of each part of their text; a word with a reading stays in the part in which it begins."""
    waiting = list(reversed(runs))
    at = end = 0
    for part in parts:
        end += len(part)
        taken: list[Run] = []
        while waiting and at < end:
            run = waiting.pop()
            room = end - at
            if len(run.text) > room and not run.reading:
                waiting.append(Run(run.text[room:], run.bold))
                run = Run(run.text[:room], run.bold)
            taken.append(run)
            at += len(run.text)
        if taken:
            yield joined(taken)
    if waiting:  # signs without ink are no part of any atom
        yield joined(list(reversed(waiting)))


def _filled(pieces: list[Line], setting: Setting, width: int, measure: Measure) -> list[Line]:
    """Put as many phrases on each line as fit; a phrase wider than the line is broken where it must."""
    lines: list[Line] = []
    current: list[Run] = []
    waiting = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        tried = joined([*current, *piece])
        if measure.line_width(_trimmed(tried), setting) <= width:
            current = list(tried)
        elif len(smaller := _smaller(piece)) > 1 and measure.line_width(_trimmed(piece), setting) > width:
            waiting += reversed(smaller)
        elif current:
            lines.append(_trimmed(tuple(current)))
            current = list(piece)
        else:
            lines.append(_trimmed(piece))
    return [*lines, _trimmed(tuple(current))] if current else lines


def _smaller(piece: Line) -> list[Line]:
    """Cut a phrase further: by kinsoku, and where that leaves one long word, anywhere."""
    parts = _atomic(piece)
    if len(parts) > 1:
        return parts
    signs: list[Line] = []
    for run in piece:
        signs += [(run,)] if run.reading else [(Run(cluster, run.bold),) for cluster in clusters(run.text)]
    return signs


def _atomic(piece: Line) -> list[Line]:
    """Cut a phrase into the least pieces kinsoku allows."""
    return list(_cut(piece, atoms("".join(run.text for run in piece))))


def _trimmed(line: Line) -> Line:
    """Leave out the spaces at the end of a line."""
    if not line or not line[-1].text.endswith((" ", "\u3000")):
        return line
    return joined([*line[:-1], Run(line[-1].text.rstrip(), line[-1].bold)])


def _even(pieces: list[Line], lines: list[Line], setting: Setting, width: int, measure: Measure) -> list[Line]:
    """Return as few lines in the least width that holds them, so that no phrase is left alone."""
    # Never so narrow that what kinsoku keeps together would have to be broken.
    widest = max(measure.line_width(atom, setting) for piece in pieces for atom in _atomic(piece))
    low, high, best = max(width // 2, math.ceil(widest)), width, lines
    while high - low > 8:
        middle = (low + high) // 2
        tried = _filled(pieces, setting, middle, measure)
        if len(tried) <= len(lines):
            high, best = middle, tried
        else:
            low = middle
    return best
