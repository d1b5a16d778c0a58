"""The receipt: only the city's signature over well-formed facts about these very bytes counts."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from city.receipts.numbers import check_character
from kiosk.application.errors import ReceiptFaulty, TrustFileUnusable
from kiosk.application.receipt import ReceiptKey, ReceiptStatus, check_receipt, read_receipt

CITY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
KEY = ReceiptKey(CITY.public_key())
SEALED = b"sealed bytes"
FACTS = {
    "spec": "madoguchi/receipt/1",
    "number": "K7P4-29XD-6Z",
    "transaction_id": "txn-1",
    "kiosk": "kiosk-demo",
    "city": "鶴ヶ島市",
    "status": "accepted",
    "received": "2026-11-24T10:43:00+09:00",
    "container_sha256": "ab" * 32,
    "sealed_sha256": hashlib.sha256(SEALED).hexdigest(),
    "demo": True,
}


def answer(key=CITY, key_id=KEY.key_id, **changes):
    facts = {name: value for name, value in (FACTS | changes).items() if value is not None}
    signature = base64.b64encode(key.sign(rfc8785.dumps(facts))).decode()
    return rfc8785.dumps({"receipt": facts, "key": key_id, "signature": signature})


def test_a_signed_answer_gives_its_receipt():
    receipt = read_receipt(answer(), KEY)
    assert receipt.number == "K7P4-29XD-6Z"
    assert receipt.status is ReceiptStatus.ACCEPTED
    assert receipt.received == datetime(2026, 11, 24, 1, 43, tzinfo=UTC)
    assert receipt.city == "鶴ヶ島市"
    assert receipt.demo is True
    check_receipt(receipt, "kiosk-demo", "txn-1", SEALED)


def test_an_application_on_hold_is_told_apart():
    assert read_receipt(answer(status="on_hold"), KEY).status is ReceiptStatus.ON_HOLD


def test_facts_of_later_versions_are_no_matter_but_signed():
    assert read_receipt(answer(counter="2階1番"), KEY).number == "K7P4-29XD-6Z"


VECTORS = json.loads((Path(__file__).parents[3] / "docs/protocol-vectors.json").read_text("utf-8"))["numbers"]


@pytest.mark.parametrize("number", VECTORS["right"])
def test_a_number_with_its_check_character_is_believed(number):
    assert read_receipt(answer(number=number), KEY).number == number


@pytest.mark.parametrize("last", ALPHABET)
def test_every_check_character_is_some_numbers(last):
    """By the city's own making of numbers: every value of the check character, the first of the alphabet too."""
    texts = (f"K7P429X{one}{other}" for one in ALPHABET for other in ALPHABET)
    text = next(text for text in texts if check_character(text) == last) + last
    number = f"{text[:4]}-{text[4:8]}-{text[8:]}"
    assert read_receipt(answer(number=number), KEY).number == number


@pytest.mark.parametrize("number", VECTORS["wrong"])
def test_a_number_that_the_protocol_calls_wrong_is_refused(number):
    with pytest.raises(ReceiptFaulty, match="number"):
        read_receipt(answer(number=number), KEY)


def test_every_single_wrong_character_is_noticed():
    right = FACTS["number"]
    for place in (place for place, character in enumerate(right) if character != "-"):
        for other in ALPHABET.replace(right[place], ""):
            with pytest.raises(ReceiptFaulty, match="number"):
                read_receipt(answer(number=right[:place] + other + right[place + 1 :]), KEY)


def test_another_signer_is_refused():
    with pytest.raises(ReceiptFaulty, match="signature"):
        read_receipt(answer(key=Ed25519PrivateKey.generate()), KEY)


def test_another_key_name_is_refused():
    with pytest.raises(ReceiptFaulty, match="key"):
        read_receipt(answer(key_id="0" * 16), KEY)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_changed_after_signing_is_refused(name):
    outer = json.loads(answer())
    outer["receipt"][name] = "x"
    with pytest.raises(ReceiptFaulty, match="signature"):
        read_receipt(json.dumps(outer).encode(), KEY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("spec", "madoguchi/receipt/2"),
        ("number", "K7P4-29XD-60"),
        ("number", "K7P4-29XD"),
        ("number", "I7P4-29XD-6M"),
        ("status", "approved"),
        ("received", "2026-11-24T10:43:00"),
        ("received", "yesterday"),
        ("container_sha256", "AB" * 32),
        ("sealed_sha256", "ab"),
        ("demo", "yes"),
        ("city", 1),
        *((name, None) for name in FACTS),
    ],
)
def test_a_signed_receipt_that_is_not_well_formed_is_refused_by_name(name, value):
    with pytest.raises(ReceiptFaulty) as caught:
        read_receipt(answer(**{name: value}), KEY)
    assert caught.value.rule == name


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"<html>login</html>",
        b"\xff",
        b"[" * 100_000,
        json.dumps({"receipt": FACTS, "key": KEY.key_id, "signature": "!"}).encode(),
        json.dumps({"receipt": FACTS, "key": KEY.key_id, "signature": 1}).encode(),
    ],
)
def test_anything_else_is_no_answer(data):
    with pytest.raises(ReceiptFaulty):
        read_receipt(data, KEY)


def test_a_signed_list_is_no_receipt():
    outer = {"receipt": [], "key": KEY.key_id, "signature": base64.b64encode(CITY.sign(b"[]")).decode()}
    with pytest.raises(ReceiptFaulty):
        read_receipt(json.dumps(outer).encode(), KEY)


@pytest.mark.parametrize(
    ("kiosk", "transaction", "sealed", "rule"),
    [
        ("kiosk-2", "txn-1", SEALED, "kiosk"),
        ("kiosk-demo", "txn-2", SEALED, "transaction_id"),
        ("kiosk-demo", "txn-1", b"other bytes", "sealed_sha256"),
    ],
)
def test_a_receipt_for_something_else_is_refused(kiosk, transaction, sealed, rule):
    with pytest.raises(ReceiptFaulty) as caught:
        check_receipt(read_receipt(answer(), KEY), kiosk, transaction, sealed)
    assert caught.value.rule == rule


def test_the_key_comes_from_a_pem_file(tmp_path):
    path = tmp_path / "receipt.pub"
    path.write_bytes(CITY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert read_receipt(answer(), ReceiptKey.load(path)).number
    path.write_bytes(b"no key")
    with pytest.raises(TrustFileUnusable, match=r"receipt\.pub"):
        ReceiptKey.load(path)
