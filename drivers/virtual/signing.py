"""What the card's RSA key does for each P1 of COMPUTE DIGITAL SIGNATURE; only P1 00 is more than one author's word."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils

from drivers.card.iso7816 import StatusWord
from drivers.virtual.command import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

DIGEST_INFO_SHA256: Final = bytes.fromhex("3031300D060960864801650304020105000420")
_PADDING_LEAST: Final = 11


def sign(pkcs8: bytes, scheme: int, given: bytes) -> bytes:
    """Return the signature of `given` under scheme P1; raises Refused with 6A86 or 6985."""
    prepare = _SCHEMES.get(scheme)
    if prepare is None:
        raise Refused(StatusWord.WRONG_P1P2)
    return prepare(_key(pkcs8), given)


def _key(pkcs8: bytes) -> rsa.RSAPrivateKey:
    # The authority made it a moment ago: checking its primes again would take longer than signing.
    key = serialization.load_der_private_key(pkcs8, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the card's keys are RSA keys")
    return key


def _pkcs1(key: rsa.RSAPrivateKey, given: bytes) -> bytes:
    """PKCS#1 v1.5 type 1 padding around the bytes as given, then the private operation by the remainder theorem."""
    size = key.key_size // 8
    if not 0 < len(given) <= size - _PADDING_LEAST:
        raise Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
    block = b"\0\1" + b"\xff" * (size - 3 - len(given)) + b"\0" + given
    number = int.from_bytes(block, "big")
    parts = key.private_numbers()
    by_p = pow(number, parts.dmp1, parts.p)
    by_q = pow(number, parts.dmq1, parts.q)
    return (by_q + parts.q * (parts.iqmp * (by_p - by_q) % parts.p)).to_bytes(size, "big")


def _digest_only(given: bytes) -> bytes:
    if len(given) != hashlib.sha256().digest_size:
        raise Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
    return given


def _pss(key: rsa.RSAPrivateKey, digest: bytes) -> bytes:
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256().digest_size)
    return key.sign(_digest_only(digest), scheme, utils.Prehashed(hashes.SHA256()))


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


_SCHEMES: Final[dict[int, Callable[[rsa.RSAPrivateKey, bytes], bytes]]] = {
    0x00: _pkcs1,
    0x01: lambda key, given: _pkcs1(key, _sha256(given)),
    0x02: lambda key, given: _pkcs1(key, DIGEST_INFO_SHA256 + _digest_only(given)),
    0x03: lambda key, given: _pkcs1(key, DIGEST_INFO_SHA256 + _sha256(given)),
    0x04: _pss,
    0x05: lambda key, given: _pss(key, _sha256(given)),
}
