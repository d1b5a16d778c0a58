"""Sealing for the city: after this the kiosk itself cannot read the application any more (HPKE, RFC 9180)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.application.errors import TrustFileUnusable

if TYPE_CHECKING:
    from pathlib import Path

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def key_id(raw_public_key: bytes) -> str:
    """Return a public key's name: the first 16 hex digits of the SHA-256 of its 32 raw bytes."""
    return hashlib.sha256(raw_public_key).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class CityKey:
    """The city's public sealing key (X25519)."""

    public: X25519PublicKey

    @property
    def key_id(self) -> str:
        """The name by which the city finds its private half."""
        return key_id(self.public.public_bytes_raw())

    @classmethod
    def load(cls, path: Path) -> CityKey:
        """Read the key from a PEM file; raises TrustFileUnusable."""
        try:
            public = load_pem_public_key(path.read_bytes())
        except (OSError, ValueError):
            raise TrustFileUnusable(str(path), "an X25519 public key (PEM)") from None
        if not isinstance(public, X25519PublicKey):
            raise TrustFileUnusable(str(path), "an X25519 public key (PEM)")
        return cls(public)


def sealing_context(kiosk_id: str, transaction_id: str) -> bytes:
    """Return the HPKE `info`: a seal opens only under the kiosk and the transaction it was made for."""
    return f"madoguchi/1|{kiosk_id}|{transaction_id}".encode()


def seal(container: bytes, key: CityKey, kiosk_id: str, transaction_id: str) -> bytes:
    """Return `enc || ciphertext`, 48 bytes longer than the container; never the same twice."""
    return _SUITE.encrypt(container, key.public, info=sealing_context(kiosk_id, transaction_id))
