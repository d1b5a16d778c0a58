"""Reading a form's files, strictly: what is not well-formed, or says a thing twice, is refused."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import msgspec
import rfc8785

from kiosk.forms.errors import FormError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kiosk.forms.model import JsonValue

ROOT = "(the whole file)"


def read_json(path: Path) -> Mapping[str, JsonValue]:
    """Read a JSON file that holds one object; raises FormError."""
    try:
        value = json.loads(_read(path), object_pairs_hook=_without_twins, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FormError(str(path), f"line {error.lineno}", "well-formed JSON") from None
    except _TwiceError as error:
        raise FormError(str(path), str(error), "each key once and numbers that JSON knows") from None
    if not isinstance(value, dict):
        raise FormError(str(path), ROOT, "an object")
    return value


def read_toml(path: Path) -> Mapping[str, JsonValue]:
    """Read a TOML file; raises FormError."""
    try:
        value: dict[str, JsonValue] = msgspec.toml.decode(_read(path))
    except msgspec.DecodeError as error:
        raise FormError(str(path), str(error), "well-formed TOML") from None
    return value


def digest(files: Mapping[str, Mapping[str, JsonValue]]) -> str:
    """Return the SHA-256 (hex) over the canonical JSON (RFC 8785) of file name → content: blanks do not count."""
    return hashlib.sha256(rfc8785.dumps(files)).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise FormError(str(path), ROOT, "a file of this name") from None
    except UnicodeDecodeError:
        raise FormError(str(path), ROOT, "text in UTF-8") from None
    except OSError as error:
        raise FormError(str(path), ROOT, f"a readable file ({error.strerror})") from None


class _TwiceError(ValueError):
    pass


def _without_twins(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _no_constant(name: str) -> JsonValue:
    raise _TwiceError(name)
