"""The contract of every reader: one suite, whatever lies between the program and the card."""

from __future__ import annotations

import hashlib
import time
from threading import Event, Thread

import pytest
from contract_stand import PATIENTLY, Stand
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from drivers.card.jpki import JpkiSignature, TokenKind
from drivers.card.recognise import CardKind, recognise
from drivers.card.recorded import CountingConnection
from drivers.card.surface import SurfaceText
from drivers.errors import CardAbsent, CardBusy, CardRemoved, NotUnlocked, WrongPassword
from drivers.readers.reader import Presence
from drivers.virtual.faults import FaultKind

SELECT = bytes.fromhex("00a4040c0ad392f000260100000001")
PASSWORD = memoryview(b"KIOSK2026")
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


def test_without_a_card(stand: Stand) -> None:
    assert stand.reader.presence() is Presence.ABSENT
    assert stand.reader.wait_for(Presence.ABSENT, 0, Event())
    with pytest.raises(CardAbsent):
        stand.reader.connect()


def test_a_card_comes_and_goes(stand: Stand) -> None:
    stand.lay("hanako")
    assert stand.reader.presence() is Presence.PRESENT
    stand.lift()
    assert stand.reader.presence() is Presence.ABSENT


def test_waiting_ends_with_its_time(stand: Stand) -> None:
    begun = time.monotonic()
    assert not stand.reader.wait_for(Presence.PRESENT, 0.1, Event())
    assert time.monotonic() - begun >= 0.1


def test_waiting_ends_when_stopped(stand: Stand) -> None:
    stop, told = Event(), []
    waiting = Thread(target=lambda: told.append(stand.reader.wait_for(Presence.PRESENT, PATIENTLY, stop)))
    waiting.start()
    stop.set()
    waiting.join(2)
    assert told == [False]


def test_a_card_is_opened_by_one_alone(stand: Stand) -> None:
    line = stand.open("hanako")
    with pytest.raises(CardBusy):
        stand.reader.connect()
    line.close()
    stand.reader.connect().close()


@pytest.mark.parametrize("form", [bytes, bytearray, memoryview])
def test_every_kind_of_buffer_is_sent(stand: Stand, form: type) -> None:
    line = stand.open("hanako")
    assert line.transmit(form(SELECT)) == (b"", 0x9000)
    line.close()


def test_the_signing_errand(stand: Stand) -> None:
    line = CountingConnection(stand.open("hanako"))
    jpki = JpkiSignature(line)
    assert jpki.kind() is TokenKind.MY_NUMBER
    assert jpki.holds_sign_certificate()
    assert jpki.attempts_left() == 5
    jpki.unlock(PASSWORD)
    key = x509.load_der_x509_certificate(jpki.certificate()).public_key()
    signature = jpki.sign(PREFIX + hashlib.sha256(b"page").digest())
    key.verify(signature, b"page", padding.PKCS1v15(), hashes.SHA256())
    line.close()
    assert (line.apdus, line.bytes_out, line.bytes_in) == (
        stand.count("apdus"),
        stand.count("bytes_out"),
        stand.count("bytes_in"),
    )
    assert stand.count("verifies") == 1
    assert stand.count("tripwires") == 0


@pytest.mark.parametrize("persona", ["longaddress", "oldkanji", "quirks"])
def test_the_four_attributes(stand: Stand, persona: str) -> None:
    line = stand.open(persona)
    surface = SurfaceText(line)
    surface.unlock_by_pin(memoryview(b"1234"))
    assert surface.holder().address.startswith("埼玉県鶴ヶ島市")
    line.close()
    assert stand.count("tripwires") == 0


@pytest.mark.parametrize("kind", [CardKind.LICENCE, CardKind.FELICA, CardKind.ANDROID, CardKind.UNKNOWN])
def test_other_cards(stand: Stand, kind: CardKind) -> None:
    line = stand.open(kind.value)
    assert recognise(line) is kind
    line.close()


def test_closing_takes_the_power_even_from_a_card_that_keeps_what_was_opened(stand: Stand) -> None:
    line = stand.open("quirks")
    jpki = JpkiSignature(line)
    jpki.unlock(PASSWORD)
    jpki.certificate()
    line.close()
    line.close()
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    line = stand.reader.connect()
    with pytest.raises(NotUnlocked):
        JpkiSignature(line).certificate()
    line.close()


def test_a_line_dies_with_its_card(stand: Stand) -> None:
    line = stand.open("hanako")
    line.transmit(SELECT)
    stand.hand.lift()
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    stand.wait(Presence.ABSENT)
    stand.lay("hanako")
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    line.close()
    line = stand.reader.connect()
    assert line.transmit(SELECT) == (b"", 0x9000)
    line.close()


def test_a_swapped_card_is_another_card(stand: Stand) -> None:
    line = stand.open("hanako")
    stand.hand.swap("locked")
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    line.close()
    stand.wait(Presence.PRESENT)
    line = stand.reader.connect()
    assert JpkiSignature(line).attempts_left() == 0
    line.close()


def test_a_wrong_password_costs_one_try_and_stays_spent(stand: Stand) -> None:
    line = stand.open("hanako")
    with pytest.raises(WrongPassword) as wrong:
        JpkiSignature(line).unlock(memoryview(b"WRONG1"))
    line.close()
    stand.lift()
    assert wrong.value.attempts_left == 4
    line = stand.open("hanako")
    assert JpkiSignature(line).attempts_left() == 4
    line.close()


def test_a_slow_card_is_waited_for(stand: Stand) -> None:
    line = stand.open("hanako")
    stand.hand.fault(FaultKind.SLOW, seconds=0.7)
    assert line.transmit(SELECT) == (b"", 0x9000)
    line.close()
