"""The seal: opens only with the city's key, for the same kiosk and transaction, and untouched."""

import hashlib

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.application.envelope import CityKey, seal
from kiosk.application.errors import TrustFileUnusable

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CITY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
INFO = b"madoguchi/1|kiosk-demo|txn-1"
CONTAINER = b"PK a signed application" * 50


def pem(key):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def city_key(tmp_path):
    path = tmp_path / "sealing.pub"
    path.write_bytes(pem(CITY))
    return CityKey.load(path)


def test_the_city_opens_what_the_kiosk_sealed(city_key):
    sealed = seal(CONTAINER, city_key, "kiosk-demo", "txn-1")
    assert len(sealed) == len(CONTAINER) + 48
    assert SUITE.decrypt(sealed, CITY, info=INFO) == CONTAINER


def test_no_two_seals_are_the_same(city_key):
    assert seal(CONTAINER, city_key, "kiosk-demo", "txn-1") != seal(CONTAINER, city_key, "kiosk-demo", "txn-1")


def test_nothing_of_the_application_can_be_read_in_the_seal(city_key):
    assert b"signed" not in seal(CONTAINER, city_key, "kiosk-demo", "txn-1")


@pytest.mark.parametrize("info", [b"madoguchi/1|kiosk-demo|txn-2", b"madoguchi/1|kiosk-2|txn-1", b""])
def test_a_seal_of_another_transaction_or_kiosk_does_not_open(city_key, info):
    with pytest.raises(InvalidTag):
        SUITE.decrypt(seal(CONTAINER, city_key, "kiosk-demo", "txn-1"), CITY, info=info)


def test_a_touched_seal_does_not_open(city_key):
    sealed = seal(b"short", city_key, "kiosk-demo", "txn-1")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises((InvalidTag, ValueError)):
            SUITE.decrypt(bytes(changed), CITY, info=INFO)


def test_the_key_is_named_by_its_digest(city_key):
    raw = CITY.public_key().public_bytes_raw()
    assert city_key.key_id == hashlib.sha256(raw).digest()[:8].hex()


@pytest.mark.parametrize(
    "data", [b"", b"no key", pem(Ed25519PrivateKey.generate())], ids=["empty", "text", "other kind"]
)
def test_other_files_are_refused_by_name(tmp_path, data):
    path = tmp_path / "sealing.pub"
    path.write_bytes(data)
    with pytest.raises(TrustFileUnusable, match=r"sealing\.pub"):
        CityKey.load(path)
    with pytest.raises(TrustFileUnusable):
        CityKey.load(tmp_path / "missing")
