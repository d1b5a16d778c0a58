"""Making the file of a stick at the city's desk, from a description that people write (config/provision.toml)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msgspec import Meta, Struct

from kiosk.config import ConfigError, read_tree
from kiosk.hours import JAPAN
from kiosk.provision.errors import Fault, StickRefused
from kiosk.provision.sealed_file import signed_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class Description(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the desk writes; paths of files start at the description's folder. A serial not given is the time."""

    city: str
    kiosk: str
    serial: Annotated[int, Meta(ge=1)] | None = None
    days: Annotated[int, Meta(ge=1, le=365)] = 30
    replaces: str = ""
    machine: str = ""
    profile: str = ""
    files: dict[str, str] = {}
    network: dict[str, Any] = {}
    enrolment: dict[str, str] = {}
    settings: dict[str, dict[str, Any]] = {}


def make(description: Path, key: Path, now: datetime) -> bytes:
    """Return the file for the stick; raises StickRefused, naming file, key and what was expected."""
    given = _described(description)
    issued = now.astimezone(JAPAN).replace(microsecond=0)
    value: dict[str, Any] = {
        "spec": "madoguchi/provision/1",
        "serial": given.serial or int(f"{issued:%Y%m%d%H%M}"),
        "issued": issued.isoformat(),
        "expires": (issued + timedelta(days=given.days)).isoformat(),
        "city": given.city,
        "kiosk": given.kiosk,
        "replaces": given.replaces,
        "machine": given.machine,
        "profile": given.profile,
        "settings": given.settings,
        "files": {name: _text(description.parent / path) for name, path in given.files.items()},
        "network": given.network,
        "enrolment": given.enrolment or None,
    }
    try:
        statement = rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:  # a date or a time of TOML has no JSON
        raise StickRefused(Fault.STATEMENT, description.name, "settings", "texts, numbers, lists and tables") from None
    return signed_file(statement, _key(key))


def _described(path: Path) -> Description:
    try:
        return msgspec.convert(read_tree(path), Description)
    except ConfigError as error:
        raise StickRefused(Fault.STATEMENT, str(error.file), error.key, error.expected) from None
    except msgspec.ValidationError as error:
        expected, _, where = str(error).partition(" - at `$")
        raise StickRefused(Fault.STATEMENT, str(path), where.strip(".`") or "(file)", expected) from None


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise StickRefused(Fault.FILES, str(path), "", "a readable PEM file") from None


def _key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise StickRefused(Fault.NO_KEY, str(path), "", "an Ed25519 private key (PEM)")
    return key
