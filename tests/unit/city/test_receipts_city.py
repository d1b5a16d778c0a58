"""Numbers people read to each other, and receipts that are the same bytes every time."""

from __future__ import annotations

import base64
import json
import random
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from city.receipts.numbers import ALPHABET, check_character, is_number, new_number, normal_form
from city.receipts.receipt import Receipt, ReceiptKey
from kiosk.application.receipt import ReceiptKey as KioskReceiptKey
from kiosk.application.receipt import check_receipt, read_receipt

FACTS = Receipt(
    number="K7P4-29XD-6Z",
    transaction_id="txn-00000001",
    kiosk="kiosk-demo",
    city="鶴ヶ島市",
    status="accepted",
    received=datetime(2026, 11, 24, 1, 43, tzinfo=UTC),
    container_sha256="ab" * 32,
    sealed_sha256="cd" * 32,
    demo=True,
)


def test_numbers_avoid_what_people_confuse():
    assert not set("01IO") & set(ALPHABET)
    numbers = {new_number() for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(number) == 12 and number[4] == number[9] == "-" and is_number(number) for number in numbers)


def test_every_single_wrong_character_is_noticed():
    plain = new_number().replace("-", "")
    for place in range(10):
        for other in set(ALPHABET) - {plain[place]}:
            assert not is_number(plain[:place] + other + plain[place + 1 :])


def test_nearly_every_swap_of_neighbours_is_noticed():
    chance = random.Random(7)
    swaps = missed = 0
    for _ in range(2000):
        text = "".join(chance.choice(ALPHABET) for _ in range(9))
        plain = text + check_character(text)
        place = chance.randrange(9)
        if plain[place] != plain[place + 1]:
            swaps += 1
            missed += is_number(plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :])
    assert missed / swaps < 0.01


@pytest.mark.parametrize("typed", ["k7p4-29xd-6z", "K7P4 29XD 6Z", "k7p429xd6z", " K7P4-29XD-6Z "])
def test_a_number_is_recognised_however_it_is_typed(typed):
    number = "K7P4-29XD-6" + check_character("K7P429XD6")
    typed = typed.replace("6c", "6" + number[-1].lower()).replace("6C", "6" + number[-1])
    assert is_number(typed)
    assert normal_form(typed) == number


@pytest.mark.parametrize("text", ["", "K7P4", "O000-0000-00", "K7P4-29XD-6ZA"])
def test_what_is_no_number_is_not_taken_for_one(text):
    assert not is_number(text)


def test_the_kiosk_believes_the_city():
    key = ReceiptKey(Ed25519PrivateKey.generate())
    answer = key.answer(FACTS)
    receipt = read_receipt(answer, KioskReceiptKey(key.private.public_key()))
    assert (receipt.number, receipt.city, receipt.status.value) == (FACTS.number, "鶴ヶ島市", "accepted")
    assert receipt.received == FACTS.received
    assert receipt.sealed_sha256 == FACTS.sealed_sha256
    with pytest.raises(Exception, match="sealed_sha256"):
        check_receipt(receipt, "kiosk-demo", "txn-00000001", b"other bytes")


def test_the_answer_is_canonical_and_the_signature_is_over_the_receipt_alone():
    key = ReceiptKey(Ed25519PrivateKey.generate())
    answer = key.answer(FACTS)
    assert answer == key.answer(FACTS)
    outer = json.loads(answer)
    assert list(outer) == ["key", "receipt", "signature"]
    key.private.public_key().verify(base64.b64decode(outer["signature"]), FACTS.canonical())
    with pytest.raises(InvalidSignature):
        key.private.public_key().verify(base64.b64decode(outer["signature"]), FACTS.canonical() + b" ")


def test_times_are_japanese_and_without_fractions():
    assert b'"received":"2026-11-24T10:43:00+09:00"' in FACTS.canonical()
