"""The card's signature schemes, checked with the public key by another implementation."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from drivers.virtual.command import Refused
from drivers.virtual.signing import DIGEST_INFO_SHA256, sign

MESSAGE = b"page"
DIGEST = hashlib.sha256(MESSAGE).digest()
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def pkcs8(key):
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("scheme", "given", "scheme_of_proof"),
    [
        (0, DIGEST_INFO_SHA256 + DIGEST, padding.PKCS1v15()),
        (2, DIGEST, padding.PKCS1v15()),
        (3, MESSAGE, padding.PKCS1v15()),
        (4, DIGEST, PSS),
        (5, MESSAGE, PSS),
    ],
)
def test_schemes(key, pkcs8, scheme, given, scheme_of_proof) -> None:
    key.public_key().verify(sign(pkcs8, scheme, given), MESSAGE, scheme_of_proof, hashes.SHA256())


def test_bytes_are_signed_as_given_and_always_alike(key, pkcs8) -> None:
    signature = sign(pkcs8, 0, b"any bytes")
    assert signature == sign(pkcs8, 0, b"any bytes")
    assert key.public_key().recover_data_from_signature(signature, padding.PKCS1v15(), None) == b"any bytes"
    assert key.public_key().recover_data_from_signature(sign(pkcs8, 1, MESSAGE), padding.PKCS1v15(), None) == DIGEST


def test_a_digest_info_without_null_is_signed_and_is_no_signature(key, pkcs8) -> None:
    """The card looks at nothing: a malformed DigestInfo is found by verifying only."""
    malformed = bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20" + DIGEST
    with pytest.raises(InvalidSignature):
        key.public_key().verify(sign(pkcs8, 0, malformed), MESSAGE, padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize(
    ("scheme", "given", "status"), [(6, DIGEST, 0x6A86), (0, bytes(246), 0x6985), (2, b"x", 0x6985)]
)
def test_refusals(pkcs8, scheme, given, status) -> None:
    with pytest.raises(Refused) as refused:
        sign(pkcs8, scheme, given)
    assert refused.value.status == status
