"""Which place a postcode means, without any network: config/postcodes.zip, made by image/postcodes.py."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LENGTH = 7
_PREFIX = 3  # the archive has a member for the first digits, with a line for each of the others


class PostcodesUnreadable(Exception):
    """The table of postcodes cannot be read; says which file."""


class Postcodes:
    """The table; nothing that was asked for is remembered."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile):
            raise PostcodesUnreadable(f"{path}: expected a table of postcodes") from None
        self._prefixes = frozenset(self._archive.namelist())

    def place(self, digits: str) -> str | None:
        """Return 埼玉県鶴ヶ島市富士見 for 3502201; None for what no place has."""
        if len(digits) != _LENGTH or digits[:_PREFIX] not in self._prefixes:
            return None
        wanted = digits[_PREFIX:] + " "
        lines = self._archive.read(digits[:_PREFIX]).decode().splitlines()
        return next((line[len(wanted) :] for line in lines if line.startswith(wanted)), None)

    def close(self) -> None:
        """Close the file."""
        self._archive.close()
