"""The signature's proof by plain arithmetic, against the cryptographic library."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.errors import CardUnreadable, SignatureFaulty
from kiosk.signer.proof import confirm, digest_info, rsa_key

MESSAGE = b"message"
INFO = digest_info(hashlib.sha256(MESSAGE).digest())
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


CERTIFICATE = certificate(KEY)
SIGNATURE = KEY.sign(MESSAGE, PKCS1v15(), SHA256())


def test_a_good_signature_is_confirmed() -> None:
    assert len(INFO) == 51
    confirm(CERTIFICATE, INFO, SIGNATURE)


@pytest.mark.parametrize("at", [0, 100, 255])
def test_a_changed_byte_is_found(at: int) -> None:
    changed = bytearray(SIGNATURE)
    changed[at] ^= 1
    with pytest.raises(SignatureFaulty):
        confirm(CERTIFICATE, INFO, bytes(changed))


@pytest.mark.parametrize("signature", [b"", SIGNATURE[:-1], b"\x00" + SIGNATURE, bytes(256), b"\xff" * 256])
def test_what_is_no_signature_is_found(signature: bytes) -> None:
    with pytest.raises(SignatureFaulty):
        confirm(CERTIFICATE, INFO, signature)


def test_another_message_or_a_bare_digest_is_found() -> None:
    with pytest.raises(SignatureFaulty):
        confirm(CERTIFICATE, digest_info(hashlib.sha256(b"other").digest()), SIGNATURE)
    with pytest.raises(SignatureFaulty):
        confirm(CERTIFICATE, hashlib.sha256(MESSAGE).digest(), SIGNATURE)


def test_the_key_is_the_certificates() -> None:
    numbers = KEY.public_key().public_numbers()
    assert rsa_key(CERTIFICATE) == (numbers.n, numbers.e)


@pytest.mark.parametrize("cut", [0, 1, 4, 50, 300])
def test_a_broken_certificate_is_unreadable(cut: int) -> None:
    with pytest.raises(CardUnreadable):
        rsa_key(CERTIFICATE[:cut])


def test_a_certificate_with_another_kind_of_key_is_unreadable() -> None:
    with pytest.raises(CardUnreadable):
        rsa_key(certificate(ec.generate_private_key(ec.SECP256R1())))
