"""The city's receipt: read from its answer, and believed only when its signature and its facts fit."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.application.document import canonical
from kiosk.application.envelope import key_id
from kiosk.application.errors import DocumentUnfit, ReceiptFaulty, TrustFileUnusable

if TYPE_CHECKING:
    from pathlib import Path

SPEC = "madoguchi/receipt/1"
_NUMBER = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}")
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ReceiptStatus(StrEnum):
    """How the city took it: accepted, or stored while the certificate's revocation could not be checked (受付保留)."""

    ACCEPTED = "accepted"
    ON_HOLD = "on_hold"


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """The city's public key for receipts (Ed25519)."""

    public: Ed25519PublicKey

    @property
    def key_id(self) -> str:
        """The name that the city's answers give it."""
        return key_id(self.public.public_bytes_raw())

    @classmethod
    def load(cls, path: Path) -> ReceiptKey:
        """Read the key from a PEM file; raises TrustFileUnusable."""
        try:
            public = load_pem_public_key(path.read_bytes())
        except (OSError, ValueError):
            raise TrustFileUnusable(str(path), "an Ed25519 public key (PEM)") from None
        if not isinstance(public, Ed25519PublicKey):
            raise TrustFileUnusable(str(path), "an Ed25519 public key (PEM)")
        return cls(public)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the city confirmed; `number` is the one people read to each other, without 0, 1, I and O."""

    number: str
    transaction_id: str
    kiosk_id: str
    city: str
    status: ReceiptStatus
    received: datetime
    container_sha256: str
    sealed_sha256: str
    demo: bool


def _signed_facts(answer: bytes, key: ReceiptKey) -> dict[str, Any]:
    """Return the receipt object of an answer whose signature is the city's."""
    try:
        outer = json.loads(answer)
        facts = outer["receipt"]
        signature = base64.b64decode(outer["signature"], validate=True)
        if outer["key"] != key.key_id:
            raise ReceiptFaulty("key")
        key.public.verify(signature, canonical(facts))
    except InvalidSignature:
        raise ReceiptFaulty("signature") from None
    except (ValueError, KeyError, TypeError, RecursionError, DocumentUnfit):
        raise ReceiptFaulty("answer") from None
    if not isinstance(facts, dict):
        raise ReceiptFaulty("answer")
    return facts


def _text(facts: dict[str, Any], name: str, pattern: re.Pattern[str] | None = None) -> str:
    value = facts.get(name)
    if not isinstance(value, str) or (pattern is not None and pattern.fullmatch(value) is None):
        raise ReceiptFaulty(name)
    return value


def _number(facts: dict[str, Any]) -> str:
    """Return the number, whose last character checks the others (docs/protocol.md section 8, ISO/IEC 7064, M = 32)."""
    number = _text(facts, "number", _NUMBER)
    *first, last = (_ALPHABET.index(character) for character in number if character != "-")
    product = 32
    for value in first:
        product = 2 * ((product + value) % 32 or 32) % 33
    if (33 - product) % 32 != last:
        raise ReceiptFaulty("number")
    return number


def _moment(facts: dict[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(facts, "received"))
    except ValueError:
        raise ReceiptFaulty("received") from None
    if moment.tzinfo is None:
        raise ReceiptFaulty("received")
    return moment


def _status(facts: dict[str, Any]) -> ReceiptStatus:
    try:
        return ReceiptStatus(_text(facts, "status"))
    except ValueError:
        raise ReceiptFaulty("status") from None


def read_receipt(answer: bytes, key: ReceiptKey) -> Receipt:
    """Return the receipt of a city's answer (JSON bytes); raises ReceiptFaulty unless it is well formed and signed."""
    facts = _signed_facts(answer, key)
    if facts.get("spec") != SPEC:
        raise ReceiptFaulty("spec")
    if not isinstance(facts.get("demo"), bool):
        raise ReceiptFaulty("demo")
    return Receipt(
        number=_number(facts),
        transaction_id=_text(facts, "transaction_id"),
        kiosk_id=_text(facts, "kiosk"),
        city=_text(facts, "city"),
        status=_status(facts),
        received=_moment(facts),
        container_sha256=_text(facts, "container_sha256", _DIGEST),
        sealed_sha256=_text(facts, "sealed_sha256", _DIGEST),
        demo=facts["demo"],
    )


def check_receipt(receipt: Receipt, kiosk_id: str, transaction_id: str, sealed: bytes) -> None:
    """Raise ReceiptFaulty unless the receipt is for these very sealed bytes of this kiosk's transaction."""
    if receipt.kiosk_id != kiosk_id:
        raise ReceiptFaulty("kiosk")
    if receipt.transaction_id != transaction_id:
        raise ReceiptFaulty("transaction_id")
    if receipt.sealed_sha256 != hashlib.sha256(sealed).hexdigest():
        raise ReceiptFaulty("sealed_sha256")
