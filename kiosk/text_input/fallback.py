"""Conversion without mozc: a list of common names, words of addresses, and kana; it knows no grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.text_input.candidates import LONGEST, Candidate, offered
from kiosk.text_input.kana import is_kana
from kiosk.text_input.variants import other_forms, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILES = ("surnames.tsv", "given.tsv", "places.tsv")
_BLANK = re.compile(r"([ 　]+)")


class WordListError(Exception):
    """A line of a word list that cannot be used."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"{file}:{line}: a reading in kana, a tab and words were expected")


@dataclass(frozen=True, slots=True, repr=False)
class WordList:
    """Words by their reading, the likeliest first."""

    words: Mapping[str, tuple[str, ...]]

    def convert(self, reading: str) -> tuple[Candidate, ...]:
        """Return what the list has for the whole reading, then for its longest beginnings."""
        return offered(self._found(reading[:LONGEST]), reading[:LONGEST])

    def reading_of(self, text: str) -> str:
        """Return the reading when the list has every part of the name, else nothing."""
        parts = [part if _BLANK.fullmatch(part) else self._reading(part) for part in _BLANK.split(text) if part]
        return "".join(parts) if all(parts) else ""

    def forget(self) -> None:
        """Forget nothing: nothing is kept."""

    def _found(self, reading: str) -> Iterator[Candidate]:
        for reads in range(len(reading), 1, -1):
            words = self.words.get(reading[:reads], ())
            for word in words:
                yield Candidate(word, reads)
            for word in words:
                for form in other_forms(word):
                    yield Candidate(form, reads)

    def _reading(self, part: str) -> str:
        if all(is_kana(char) for char in part):
            return part
        wanted = plain(part)
        return next((reading for reading, words in self.words.items() if wanted in map(plain, words)), "")


def load_words(directory: Path) -> WordList:
    """Read the word lists; raises WordListError, and OSError for a file that is missing."""
    words: dict[str, tuple[str, ...]] = {}
    for name in FILES:
        file = directory / name
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line or line.startswith("#"):
                continue
            reading, _, written = line.partition("\t")
            if not written.split() or not reading or not all(is_kana(char) for char in reading):
                raise WordListError(file, number)
            words[reading] = tuple(dict.fromkeys((*words.get(reading, ()), *written.split())))
    return WordList(words)
