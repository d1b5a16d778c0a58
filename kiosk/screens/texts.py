"""The words of the kiosk, one catalogue a language, all with the same keys."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import msgspec

from kiosk.screens.rich import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class TextMissing(KeyError):
    """There is no text of that key."""


class TextsUnreadable(Exception):
    """A catalogue of texts is no TOML; names the file and what is wrong with it."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"{path}: expected TOML ({fault})")
        self.path = path


class TextsDiffer(Exception):
    """A language lacks a key of the first one, has one more, or fills in other names."""

    def __init__(self, language: str, key: str) -> None:
        super().__init__(f"{language}: {key} is not as in the first language")
        self.language = language
        self.key = key


class Said(str):
    """Words of a catalogue or a form: their markup is meant when they are filled into other words."""

    __slots__ = ()


class Texts:
    """The catalogue of one language."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, **facts: object) -> str:
        """Return the text of a key with its names filled in; raises TextMissing."""
        try:
            text = self._words[key]
        except KeyError:
            raise TextMissing(key) from None
        return Said(text.format_map({name: _safe(value) for name, value in facts.items()}) if facts else text)

    def __contains__(self, key: object) -> bool:
        return key in self._words

    def keys(self) -> frozenset[str]:
        """Return all keys."""
        return frozenset(self._words)

    def names(self, key: str) -> frozenset[str]:
        """Return the names that a text fills in."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self._words[key]) if name)


def _safe(value: object) -> str:
    return value if isinstance(value, Said) else harmless(str(value))


def load_texts(directory: Path, languages: tuple[str, ...]) -> dict[str, Texts]:
    """Read `<language>.toml` for each language; raises TextsUnreadable, and TextsDiffer where they do not match."""
    found = {language: _loaded(directory / f"{language}.toml", language) for language in languages}
    first = found[languages[0]]
    for other in found.values():
        _compare(first, other)
    return found


def _loaded(path: Path, language: str) -> Texts:
    try:
        table = msgspec.toml.decode(path.read_bytes(), type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TextsUnreadable(path, str(error)) from None
    return Texts(language, dict(_flat(table, "")))


def _flat(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def _compare(first: Texts, other: Texts) -> None:
    for key in sorted(first.keys() ^ other.keys()):
        raise TextsDiffer(other.language, key)
    for key in sorted(first.keys()):
        if first.names(key) != other.names(key):
            raise TextsDiffer(other.language, key)
