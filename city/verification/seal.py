"""Opening what the kiosk sealed: HPKE base mode (RFC 9180), X25519, HKDF-SHA256, AES-256-GCM."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from city.errors import FileUnusable
from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def key_id(raw_public_key: bytes) -> str:
    """Return a public key's name in the protocol: the first 16 hex digits of the SHA-256 of its 32 raw bytes."""
    return hashlib.sha256(raw_public_key).hexdigest()[:16]


def _private_key(path: Path) -> X25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        raise FileUnusable(path, "an X25519 private key (PEM)") from None
    if not isinstance(key, X25519PrivateKey):
        raise FileUnusable(path, "an X25519 private key (PEM)")
    return key


@dataclass(frozen=True, slots=True, repr=False)
class Opener:
    """The city's sealing keys by key id: the present one and those it replaces."""

    keys: Mapping[str, X25519PrivateKey]

    @classmethod
    def load(cls, paths: Iterable[Path]) -> Opener:
        """Read the private keys; raises FileUnusable."""
        keys = [_private_key(path) for path in paths]
        return cls({key_id(key.public_key().public_bytes_raw()): key for key in keys})

    def open(self, sealed: bytes, sealing_key: str, kiosk: str, transaction_id: str) -> bytes:
        """Return the container; raises Refused unless sealed for us under this kiosk and this transaction."""
        key = self.keys.get(sealing_key)
        if key is None:
            raise Refused(Code.NOT_OPENED, "sealing key unknown")
        info = f"madoguchi/1|{kiosk}|{transaction_id}".encode()
        try:
            return _SUITE.decrypt(sealed, key, info=info)
        except (InvalidTag, ValueError):
            raise Refused(Code.NOT_OPENED, "seal") from None
