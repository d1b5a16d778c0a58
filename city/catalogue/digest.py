"""A form's digest, by which catalogues and documents name its version."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
import rfc8785

from city.errors import FileUnusable

if TYPE_CHECKING:
    from pathlib import Path


def form_digest(folder: Path) -> str:
    """Return a form's digest (hex): SHA-256 over the canonical JSON of file name → content of its whole folder."""
    files = {path.name: _read(path) for path in sorted(folder.iterdir())}
    try:
        return hashlib.sha256(rfc8785.dumps(files)).hexdigest()
    except rfc8785.CanonicalizationError:
        raise FileUnusable(folder, "values that canonical JSON knows") from None


def _read(path: Path) -> Any:
    decode = msgspec.toml.decode if path.suffix == ".toml" else msgspec.json.decode
    try:
        return decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        raise FileUnusable(path, "a form's file (JSON or TOML)") from None
