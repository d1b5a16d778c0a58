"""A seal opens only under its key, its kiosk and its transaction."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from city.errors import FileUnusable
from city.verification.refusal import Code, Refused
from city.verification.seal import Opener
from kiosk.application.envelope import CityKey, seal


def pem(key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture
def keys(tmp_path):
    made = [X25519PrivateKey.generate(), X25519PrivateKey.generate()]
    paths = [tmp_path / "new.key", tmp_path / "old.key"]
    for key, path in zip(made, paths, strict=True):
        path.write_bytes(pem(key))
    return [CityKey(key.public_key()) for key in made], Opener.load(paths)


def test_the_kiosks_seal_opens_under_the_present_and_the_former_key(keys):
    cities, opener = keys
    for city in cities:
        sealed = seal(b"container", city, "kiosk-demo", "txn-00000001")
        assert opener.open(sealed, city.key_id, "kiosk-demo", "txn-00000001") == b"container"


@pytest.mark.parametrize(
    ("kiosk", "transaction", "key_id"),
    [("kiosk-2", "txn-00000001", None), ("kiosk-demo", "txn-00000002", None), ("kiosk-demo", "txn-00000001", "0" * 16)],
)
def test_it_does_not_open_under_anything_else(keys, kiosk, transaction, key_id):
    (city, _), opener = keys
    sealed = seal(b"container", city, "kiosk-demo", "txn-00000001")
    with pytest.raises(Refused) as refused:
        opener.open(sealed, key_id or city.key_id, kiosk, transaction)
    assert refused.value.code is Code.NOT_OPENED


def test_every_changed_byte_is_noticed(keys):
    (city, _), opener = keys
    sealed = seal(b"container", city, "kiosk-demo", "txn-00000001")
    for place in range(len(sealed)):
        broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Refused):
            opener.open(broken, city.key_id, "kiosk-demo", "txn-00000001")


@pytest.mark.parametrize("length", [0, 1, 31, 32, 47])
def test_what_is_too_short_is_refused(keys, length):
    (city, _), opener = keys
    with pytest.raises(Refused):
        opener.open(b"\1" * length, city.key_id, "kiosk-demo", "txn-00000001")


def test_a_key_file_of_another_kind_is_named(tmp_path):
    path = tmp_path / "sealing.key"
    path.write_bytes(pem(Ed25519PrivateKey.generate()))
    with pytest.raises(FileUnusable, match="X25519"):
        Opener.load([path])
    with pytest.raises(FileUnusable, match=r"missing\.key"):
        Opener.load([tmp_path / "missing.key"])
