"""Receipts: canonical JSON (RFC 8785) signed with the city's Ed25519 key."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from city.errors import FileUnusable
from city.verification.seal import key_id

if TYPE_CHECKING:
    from pathlib import Path

SPEC = "madoguchi/receipt/1"
JAPAN = timezone(timedelta(hours=9), "JST")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the city confirms; digests are lower-case hex of SHA-256."""

    number: str
    transaction_id: str
    kiosk: str
    city: str
    status: Literal["accepted", "on_hold"]
    received: datetime
    container_sha256: str
    sealed_sha256: str
    demo: bool

    def canonical(self) -> bytes:
        """Return the bytes that are signed."""
        facts: dict[str, str | bool] = {
            "spec": SPEC,
            "number": self.number,
            "transaction_id": self.transaction_id,
            "kiosk": self.kiosk,
            "city": self.city,
            "status": self.status,
            "received": self.received.astimezone(JAPAN).isoformat(timespec="seconds"),
            "container_sha256": self.container_sha256,
            "sealed_sha256": self.sealed_sha256,
            "demo": self.demo,
        }
        return rfc8785.dumps(facts)


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptKey:
    """The city's key for receipts."""

    private: Ed25519PrivateKey

    @property
    def key_id(self) -> str:
        """Its name in the answers."""
        return key_id(self.private.public_key().public_bytes_raw())

    @classmethod
    def load(cls, path: Path) -> ReceiptKey:
        """Read the private key; raises FileUnusable."""
        try:
            key = load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError, TypeError):
            raise FileUnusable(path, "an Ed25519 private key (PEM)") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise FileUnusable(path, "an Ed25519 private key (PEM)")
        return cls(key)

    def answer(self, receipt: Receipt) -> bytes:
        """Return the whole answer, itself canonical: key id, receipt and signature."""
        facts = receipt.canonical()
        signature = base64.b64encode(self.private.sign(facts)).decode()
        # The receipt's canonical form stands unchanged inside: members are sorted key, receipt, signature.
        return b'{"key":"%s","receipt":%s,"signature":"%s"}' % (self.key_id.encode(), facts, signature.encode())
