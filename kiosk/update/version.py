"""Versions of the image: whole numbers with dots between, which only rise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_VERSION: Final = re.compile(r"(0|[1-9]\d{0,14})(\.(0|[1-9]\d{0,14})){1,5}")
_LINE: Final = re.compile(r'^IMAGE_VERSION="?([^"\n]*)"?$', re.MULTILINE)


class NoVersion(ValueError):
    """Words that are no version of an image."""


def parts(version: str) -> tuple[int, ...]:
    """Return a version as numbers that can be compared; raises NoVersion."""
    if not _VERSION.fullmatch(version):
        raise NoVersion(version[:40])
    return tuple(int(part) for part in version.split("."))


def running(os_release: Path) -> str:
    """Return the version of the image that runs (os-release(5), IMAGE_VERSION); raises NoVersion, OSError."""
    found = _LINE.search(os_release.read_text(encoding="utf-8"))
    version = found[1] if found else ""
    parts(version)
    return version
