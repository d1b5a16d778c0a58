"""What the updater remembers over a start: which version proved itself, which is being tried, which failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.durable import keep

if TYPE_CHECKING:
    from pathlib import Path

KEPT_FAILURES: Final = 20


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`boot` is the boot (a random number of the kernel's) in which `trying` was installed."""

    proved: str = ""
    trying: str = ""
    boot: str = ""
    failed: tuple[str, ...] = ()

    def installed(self, version: str, boot: str) -> Record:
        """Remember what was written into the other slot."""
        return msgspec.structs.replace(self, trying=version, boot=boot)

    def proven(self, version: str) -> Record:
        """Remember that this version serves."""
        return msgspec.structs.replace(self, proved=version, trying="", boot="")

    def returned(self) -> Record:
        """Remember that the version that was tried did not serve."""
        failed = (*self.failed, self.trying)[-KEPT_FAILURES:] if self.trying else self.failed
        return msgspec.structs.replace(self, trying="", boot="", failed=failed)


def load(path: Path) -> Record:
    """Read it; one that is not there or damaged is an empty one: then the version that runs counts as proved."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Record)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return Record()


def save(path: Path, record: Record) -> None:
    """Write it so that a power cut leaves the old or the new one; raises OSError."""
    keep(path, msgspec.json.encode(record))
