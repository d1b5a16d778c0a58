"""What lies in the spool: a sealed application with its address label, and what the city answered to it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I, O: read aloud and typed by people


@dataclass(frozen=True, slots=True)
class Parcel:
    """One sealed application; only `sealed` holds anything personal, and only the city can open it."""

    transaction_id: str
    holding_number: str  # 預り番号: what the citizen gets as long as the city has not answered
    sealed: bytes
    key_id: str  # the city's key that it was sealed for
    created: datetime

    def digest(self) -> bytes:
        """Return the checksum over bytes and label: neither may change unnoticed on the disk."""
        label = f"{self.transaction_id}\n{self.holding_number}\n{self.key_id}\n"
        return hashlib.sha256(label.encode() + self.sealed).digest()


class State(StrEnum):
    """Where a sealed application stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CityAnswer:
    """What is known about one application: `receipt` when it was accepted, `code` when it was refused."""

    state: State
    receipt: bytes | None = None  # the city's answer as it came, its signature already checked
    code: str | None = None  # the refusal's code of docs/protocol.md


@dataclass(frozen=True, slots=True)
class Due:
    """The label of an application whose turn has come; its bytes are fetched one at a time."""

    row: int  # its place in the file: even a damaged label can be put aside by it
    transaction_id: str
    holding_number: str
    key_id: str
    attempts: int  # made so far


class SpoolError(Exception):
    """Anything the spool could not do."""


class SpoolFull(SpoolError):
    """No more applications fit: too many are waiting, or the disk is full."""


class SpoolFailed(SpoolError):
    """The spool could not be read or written; `reason` is SQLite's or the system's error name.

    `path` is given where the spool cannot even be opened: then the configuration's spool.path is what to look at.
    """

    def __init__(self, reason: str, path: Path | None = None) -> None:
        super().__init__(f"spool.path: {path}: {reason}" if path else reason)
        self.reason = reason


class SpoolDamaged(SpoolFailed):
    """The file is no spool any more: SQLite cannot make sense of it."""


class ParcelDamaged(SpoolError):
    """The stored bytes are not the ones that were put in."""


class ParcelConflict(SpoolError):
    """Other bytes lie in the spool under the same transaction id."""


def holding_number(transaction_id: str) -> str:
    """Derive the 預り番号 from a transaction id: `XXXX-XXXX`, never taken for one of the city's longer ones."""
    value = int.from_bytes(hashlib.sha256(transaction_id.encode()).digest()[:5], "big")
    letters = "".join(NUMBER_ALPHABET[value >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"
