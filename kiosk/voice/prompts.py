"""Which sentences are the kiosk's own words: only those may be heard on the loudspeaker."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.rich import plain, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.screens.texts import Texts

_COUNTS: Final = frozenset({"left", "seconds", "page", "pages", "questions", "number", "most", "count", "yen"})
_LONG: Final = frozenset({"terms.text", "privacy.text", "copyright.text"})  # shown, and said, piece by piece
_PIECE: Final = 12  # characters from which a piece of them is told from a name
_PRIVATE: Final = ("receipt.",)  # numbers and times there belong to one citizen
_COUNTED: Final = re.compile(r"^\d (?=\D)")  # the number of one of several points


def one_line(text: str) -> str:
    """Return words as one line."""
    return " ".join(text.split())


def spoken_form(text: str) -> str:
    """Return a text as one line without marks and readings: what is compared."""
    return one_line(plain(text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line that is said: as it is written, and with the readings in place of the kanji that have one."""

    written: str
    read: str


def sentence_of(text: str) -> Sentence:
    """Return a text of the catalogue or of a form as a sentence."""
    return Sentence(spoken_form(text), one_line(spoken(text)))


class Prompts:
    """The fixed sentences of one language, and those that only fill in counts and the place's own words."""

    def __init__(
        self, texts: Texts, words: Iterable[str], place: Mapping[str, str], options: Iterable[str] = (),
        problems: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """`words` are labels and sentences of the forms, `place` what texts may say about this kiosk's place.

        `options` may be heard where they are offered, not where one of them is an answer; `problems` have {limits}.
        """
        keys = texts.keys()
        self._long = [spoken_form(texts(key)) for key in keys if key in _LONG]
        own = [texts(key) for key in sorted(keys - _LONG) if not texts.names(key)]
        problems = set(problems)
        words = [*words, *(text for text in problems if "{" not in text)]
        options = list(options)
        self._own = frozenset(spoken_form(text) for text in (*own, *words)) - {""}
        self._options = frozenset(spoken_form(text) for text in options) - {""}
        self._fixed = frozenset(sentence_of(text) for text in (*own, *words, *options)) - {Sentence("", "")}
        self._filled = [pattern for key in keys if (pattern := _pattern(texts, key, place)) is not None]
        self._filled += [_matching(text, {}) for text in problems if "{" in text]

    @property
    def fixed(self) -> frozenset[Sentence]:
        """Every sentence that can be made ready before anybody comes."""
        return self._fixed

    def public(self, sentence: str, *, offered: bool = False) -> bool:
        """Tell whether a sentence says nothing about the citizen; `offered` is one of the options to choose from."""
        sentence = _COUNTED.sub("", sentence)
        if offered and sentence in self._options:
            return True
        if len(sentence) >= _PIECE and any(sentence in text for text in self._long):
            return True
        return sentence in self._own - self._options or any(pattern.fullmatch(sentence) for pattern in self._filled)


def _pattern(texts: Texts, key: str, place: Mapping[str, str]) -> re.Pattern[str] | None:
    """Return what a text looks like when filled in; None where it could hold anything of the citizen's."""
    names = texts.names(key)
    allowed = place.keys() if key.startswith(_PRIVATE) else _COUNTS | place.keys()
    if not names or not names <= allowed:
        return None
    return _matching(texts(key), place)


def _matching(text: str, place: Mapping[str, str]) -> re.Pattern[str]:
    """Return what a text looks like with numbers, or the place's own words, in the place of its names."""
    parts = string.Formatter().parse(spoken_form(text))
    filled = [re.escape(words) + _filling(name, place) for words, name, _, _ in parts]
    return re.compile("".join(filled))


def _filling(name: str | None, place: Mapping[str, str]) -> str:
    if name is None:
        return ""
    return re.escape(place[name]) if name in place else r"\d{1,5}" if name == "yen" else r"\d{1,3}"
