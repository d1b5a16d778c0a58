"""Who may publish: the city's catalogue keys, which serve no other purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.application.errors import TrustFileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kiosk.application.receipt import ReceiptKey


@dataclass(frozen=True, slots=True)
class CatalogueKeys:
    """The keys that are believed now: one, or two while the city changes its key."""

    public: tuple[Ed25519PublicKey, ...]

    @classmethod
    def load(cls, paths: Iterable[Path], receipt_key: ReceiptKey | None = None) -> CatalogueKeys:
        """Read PEM files; raises TrustFileUnusable, also for the key of the receipts: each has one purpose."""
        return cls(tuple(_load(path, receipt_key) for path in paths))

    def signed(self, statement: bytes, signature: bytes) -> bool:
        """Whether one of the keys signed these bytes."""
        return any(_verifies(key, statement, signature) for key in self.public)


def _load(path: Path, receipt_key: ReceiptKey | None) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise TrustFileUnusable(str(path), "an Ed25519 public key (PEM)") from None
    if not isinstance(key, Ed25519PublicKey):
        raise TrustFileUnusable(str(path), "an Ed25519 public key (PEM)")
    if receipt_key is not None and key.public_bytes_raw() == receipt_key.public.public_bytes_raw():
        raise TrustFileUnusable(str(path), "another key than the receipts'")
    return key


def _verifies(key: Ed25519PublicKey, statement: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, statement)
    except InvalidSignature:
        return False
    return True
