"""The configuration before it has a shape: tables read from TOML, laid over one another, and what is wrong there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

_WHERE = re.compile(r"^(?P<expected>.*?)(?: - at `\$\.?(?P<key>[^`]*)`)?$", re.DOTALL)
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")


class ConfigError(Exception):
    """A configuration that cannot be used: names the file, the key and what was expected."""

    def __init__(self, file: Path | str, key: str, expected: str) -> None:
        super().__init__(f"{file}: {key}: {expected}")
        self.file = file
        self.key = key
        self.expected = expected


def read_tree(path: Path) -> dict[str, Any]:
    """Read a file of tables; raises ConfigError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, "(file)", error.strerror or "unreadable") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, "(file)", f"valid TOML was expected: {error}") from error


def merge(below: dict[str, Any], above: dict[str, Any]) -> None:
    """Lay tables over tables, key by key."""
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            merge(below[key], value)
        else:
            below[key] = value


def assign(tree: dict[str, Any], assignment: str) -> None:
    """Set one dotted key; the value is read as TOML where it can be, else as plain text."""
    key, equals, text = assignment.partition("=")
    if not equals or not key:
        raise ConfigError("--set", assignment, "key=value was expected")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *tables, name = key.split(".")
    for table in tables:
        tree = tree.setdefault(table, {})
        if not isinstance(tree, dict):
            raise ConfigError("--set", key, f"{table} is not a table")
    tree[name] = value


def explained(message: str) -> tuple[str, str]:
    """Split msgspec's sentence into the key it speaks of and what was expected."""
    found = _WHERE.match(message)
    expected, table = (found["expected"], found["key"] or "") if found else (message, "")
    for pattern, sentence in ((_UNKNOWN, "no such key is known"), (_MISSING, "a value was expected, none is given")):
        name = pattern.search(message)
        if name:
            return f"{table}.{name[1]}".lstrip("."), sentence
    return table or "(file)", expected


def as_path(kind: type, value: object) -> object:
    """Read a text as a path where one is wanted (msgspec's dec_hook); raises TypeError."""
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError(f"Expected `str`, got `{type(value).__name__}`")
