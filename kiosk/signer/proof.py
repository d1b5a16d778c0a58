"""The signature's own proof, made before the card is let go: the certificate's key must confirm it.

Plain arithmetic on public numbers (RFC 8017 §8.2.2), because the signer carries no cryptographic library.
"""

from __future__ import annotations

from drivers.card.tlv import objects, only_object
from drivers.errors import CardUnreadable, SignatureFaulty

DIGEST_BYTES = 32
# DigestInfo for SHA-256 with the NULL parameter, which the card does not add (RFC 8017 §9.2 note 1).
SHA256_PREFIX = bytes.fromhex("3031300D060960864801650304020105000420")
SEQUENCE, EXPLICIT_VERSION = 0x30, 0xA0  # DER tags (X.690; RFC 5280 §4.1)
FIELDS_BEFORE_KEY = 5  # serial number, algorithm, issuer, validity, subject (RFC 5280 §4.1)


def digest_info(digest: bytes) -> bytes:
    """Wrap a SHA-256 digest for the card: 51 bytes."""
    if len(digest) != DIGEST_BYTES:
        raise ValueError("a SHA-256 digest has 32 bytes")
    return SHA256_PREFIX + digest


def confirm(certificate: bytes, info: bytes, signature: bytes) -> None:
    """Raise SignatureFaulty unless `signature` over the DigestInfo is by the certificate's RSA key."""
    modulus, exponent = rsa_key(certificate)
    size = (modulus.bit_length() + 7) // 8
    padded = b"\x00\x01".ljust(size - len(info) - 1, b"\xff") + b"\x00" + info
    if (
        len(signature) != size
        or pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(size, "big") != padded
    ):
        raise SignatureFaulty


def rsa_key(certificate: bytes) -> tuple[int, int]:
    """Return modulus and exponent of a DER certificate; raises CardUnreadable when it has none."""
    try:
        to_be_signed, _, _ = objects(only_object(certificate, SEQUENCE))
        fields = [field for field in objects(to_be_signed.value) if field.tag != EXPLICIT_VERSION]
        _, key = objects(fields[FIELDS_BEFORE_KEY].value)
        modulus, exponent = objects(only_object(key.value[1:], SEQUENCE))  # a BIT STRING without unused bits
    except (ValueError, IndexError):
        raise CardUnreadable from None
    return int.from_bytes(modulus.value, "big"), int.from_bytes(exponent.value, "big")
