"""The file on the stick: sixty-four bytes of signature over bytes that nobody looks into before it is right.

MADOGUCHI-PROVISION-1 LF     22 bytes
signature                    64 bytes, Ed25519 over everything else: the first line and the statement
statement                    canonical JSON (docs/protocol.md)
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.provision.errors import Fault, StickRefused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME: Final = "madoguchi.provision"
MAGIC: Final = b"MADOGUCHI-PROVISION-1\n"
SIGNATURE: Final = 64
LARGEST: Final = 256 << 10  # bytes


@dataclass(frozen=True, slots=True)
class ProvisionKeys:
    """Who may provision this machine."""

    public: tuple[Ed25519PublicKey, ...]

    @classmethod
    def load(cls, paths: Iterable[Path]) -> ProvisionKeys:
        """Read the PEM files that are there; raises StickRefused when there is none, or one is no such key."""
        keys = tuple(_key(path) for path in paths if path.exists())
        if not keys:
            raise StickRefused(Fault.NO_KEY)
        return cls(keys)


def _key(path: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise StickRefused(Fault.NO_KEY, str(path), "", "an Ed25519 public key (PEM)")
    return key


def read_file(path: Path) -> bytes:
    """Return the bytes of a plain file of a size that such a file can have; follows no link. Raises StickRefused."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise StickRefused(Fault.NO_FILE, path.name) from None
    except OSError:  # a link is ELOOP
        raise StickRefused(Fault.NOT_A_FILE if path.is_symlink() else Fault.UNREADABLE, path.name) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise StickRefused(Fault.NOT_A_FILE, path.name)
    with os.fdopen(handle, "rb") as file:
        try:
            return bounded(file.read(LARGEST + 1))
        except OSError:
            raise StickRefused(Fault.UNREADABLE, path.name) from None


def bounded(data: bytes) -> bytes:
    """Return bytes that are not too many; raises StickRefused."""
    if len(data) > LARGEST:
        raise StickRefused(Fault.TOO_LARGE)
    return data


def statement_of(data: bytes, keys: ProvisionKeys) -> bytes:
    """Return the statement of a file that one of the keys signed; raises StickRefused."""
    if not data.startswith(MAGIC) or len(data) <= len(MAGIC) + SIGNATURE:
        raise StickRefused(Fault.FORMAT)
    signature, statement = data[len(MAGIC) :][:SIGNATURE], data[len(MAGIC) + SIGNATURE :]
    if not any(_signed(key, signature, MAGIC + statement) for key in keys.public):
        raise StickRefused(Fault.SIGNATURE)
    return statement


def signed_file(statement: bytes, key: Ed25519PrivateKey) -> bytes:
    """Return the file that carries a statement; raises StickRefused for one that is too large."""
    return bounded(MAGIC + key.sign(MAGIC + statement) + statement)


def _signed(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
