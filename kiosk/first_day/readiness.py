"""The state that opens the kiosk: a report whose musts have passed, of this very configuration."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
import rfc8785
from msgspec import Meta, Struct

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.config import Config

REPORT_NAME: Final = "readiness.json"
PDF_NAME: Final = "readiness.pdf"
Moment = Annotated[datetime, Meta(tz=True)]


class Line(Struct, frozen=True, kw_only=True):
    """One part of the report."""

    part: str
    must: bool
    result: Literal["passed", "failed", "not-fitted", "skipped"]
    code: str = ""
    detail: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """What a self-test has found, with dates and versions; nothing personal."""

    spec: Literal["madoguchi/readiness/1"] = "madoguchi/readiness/1"
    kiosk: str
    name: str
    city: str
    configuration: str  # SHA-256 of everything that is set
    version: str
    python: str
    system: str
    began: Moment
    ended: Moment
    clock_trusted: bool
    ready: bool
    lines: tuple[Line, ...]


def digest(config: Config) -> str:
    """Return the SHA-256 of everything that is set, wherever it came from."""
    tree = msgspec.to_builtins(config, enc_hook=str)
    return hashlib.sha256(rfc8785.dumps(tree)).hexdigest()


def last_report(folder: Path) -> Report | None:
    """Return the last report, None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / REPORT_NAME).read_bytes(), type=Report)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def ready(config: Config, folder: Path) -> bool:
    """Whether the kiosk may open: the last self-test of this configuration has passed."""
    report = last_report(folder)
    return report is not None and report.ready and report.configuration == digest(config)


def forget(folder: Path) -> None:
    """Have the next start begin with the self-test; the printed report stays until the next one. Raises OSError."""
    (folder / REPORT_NAME).unlink(missing_ok=True)
