"""What a catalogue states (docs/protocol.md): made from a folder of forms, canonical, signed with a key of its own."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import msgspec
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from city.catalogue.digest import form_digest
from city.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SPEC = "madoguchi/catalogue/1"
STATEMENT_NAME, SIGNATURE_NAME, DATES_NAME = "catalogue.json", "catalogue.sig", "dates.toml"
JAPAN = timezone(timedelta(hours=9), "JST")
_ID = re.compile(r"urn:madoguchi:form:([a-z][a-z0-9-]{0,39}):([0-9]+(?:\.[0-9]+)*)")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LARGEST = 1 << 20  # bytes of one file


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From the beginning of `opens` to the end of `closes`, Japanese days; None: without that end."""

    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class FormFolder:
    """One form as it will be published: its folder, its name and version, and when it is offered."""

    folder: Path
    version: str
    span: Span

    def files(self) -> dict[str, bytes]:
        """Return its files by name, in order; raises FileUnusable."""
        return {path.name: _file(path) for path in sorted(self.folder.iterdir())}

    def stated(self) -> dict[str, Any]:
        """Return what the catalogue states of it."""
        return {
            "id": self.folder.name,
            "version": self.version,
            "sha256": form_digest(self.folder),
            "opens": self.span.opens.isoformat() if self.span.opens else None,
            "closes": self.span.closes.isoformat() if self.span.closes else None,
            "files": [
                {"path": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
                for name, data in self.files().items()
            ],
        }


def read_forms(directory: Path) -> list[FormFolder]:
    """Return the forms of a folder, and of `dates.toml` beside them when each is offered; raises FileUnusable."""
    folders = sorted(path for path in directory.iterdir() if path.is_dir()) if directory.is_dir() else []
    if not folders:
        raise FileUnusable(directory, "a folder of forms")
    spans = _spans(directory / DATES_NAME, {folder.name for folder in folders})
    return [FormFolder(folder, _version(folder), spans.get(folder.name, Span())) for folder in folders]


def statement_of(forms: list[FormFolder], serial: int, city: str, issued: datetime, expires: datetime) -> bytes:
    """Return the canonical bytes (RFC 8785) that are signed."""
    return rfc8785.dumps(
        {
            "spec": SPEC,
            "serial": serial,
            "issued": _moment(issued),
            "expires": _moment(expires),
            "city": city,
            "forms": [form.stated() for form in forms],
        }
    )


def bundle_of(statement: bytes, signature: bytes, forms: list[FormFolder]) -> bytes:
    """Return everything as one zip whose bytes are the same each time: stored, fixed dates, one order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, STATEMENT_NAME, statement)
        _add(archive, SIGNATURE_NAME, signature)
        for form in forms:
            for name, data in form.files().items():
                _add(archive, f"forms/{form.folder.name}/{name}", data)
    return packed.getvalue()


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read the key that signs catalogues; raises FileUnusable."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        raise FileUnusable(path, "an Ed25519 private key (PEM)") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise FileUnusable(path, "an Ed25519 private key (PEM)")
    return key


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    fact = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    fact.create_system = 3
    fact.external_attr = 0o100644 << 16
    archive.writestr(fact, data)


def _moment(moment: datetime) -> str:
    return moment.astimezone(JAPAN).isoformat(timespec="seconds")


def _file(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        raise FileUnusable(path, "a readable file") from None
    if not _FILE.fullmatch(path.name) or not 0 < len(data) <= _LARGEST:
        raise FileUnusable(path, f"a file with a plain name and 1 to {_LARGEST} bytes")
    return data


def _version(folder: Path) -> str:
    path = folder / "schema.json"
    try:
        named = _ID.fullmatch(msgspec.json.decode(path.read_bytes())["$id"])
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        named = None
    if named is None or named[1] != folder.name:
        raise FileUnusable(path, f"$id = urn:madoguchi:form:{folder.name}:<version>")
    return named[2]


def _spans(path: Path, known: set[str]) -> Mapping[str, Span]:
    try:
        spans = msgspec.toml.decode(path.read_bytes(), type=dict[str, Span])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        raise FileUnusable(path, f"a table for each form with opens and closes as dates ({error})") from None
    for name, span in spans.items():
        if name not in known:
            raise FileUnusable(path, f"names of forms of this folder only, not {name}")
        if span.opens and span.closes and span.closes < span.opens:
            raise FileUnusable(path, f"{name} to close after it opens")
    return spans
