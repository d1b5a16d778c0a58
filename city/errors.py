"""What keeps the city from starting or from accepting: small types with facts, never personal data in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class CityError(Exception):
    """Anything the city cannot do."""


class ConfigError(CityError):
    """The configuration cannot be used: which file, which key, what stands there, what was expected."""

    def __init__(self, source: str, key: str, expected: str, value: object = None) -> None:
        found = "" if value is None else f" = {value!r}"
        super().__init__(f"{source}: {key}{found}: {expected}")
        self.source = source
        self.key = key
        self.expected = expected


class FileUnusable(CityError):
    """A key, certificate or list of the installation is missing, broken or of the wrong kind."""

    def __init__(self, path: Path, expected: str) -> None:
        super().__init__(f"{path}: expected {expected}")
        self.path = path
        self.expected = expected


class PublishRefused(CityError):
    """A catalogue with this serial is published already."""


class ProvisionRefused(CityError):
    """Making the keys would overwrite something that is not ours to replace."""
