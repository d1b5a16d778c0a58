"""The JPKI applet against the virtual card: kinds, certificates, signatures, and what is refused."""

from __future__ import annotations

import hashlib

import pytest
from card_lines import Script
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from drivers.card.jpki import JpkiSignature, TokenKind
from drivers.card.recorded import CountingConnection
from drivers.errors import AppletMissing, CardUnreadable, FileMissing, NotUnlocked, PasswordLocked, WrongPassword

PASSWORD = memoryview(b"KIOSK2026")
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


@pytest.mark.parametrize(
    ("persona", "kind"),
    [
        ("hanako", TokenKind.MY_NUMBER),
        ("juki", TokenKind.JUKI),
        ("android", TokenKind.ANDROID),
        ("iphone", TokenKind.IPHONE),
    ],
)
def test_kind(lay, persona: str, kind: TokenKind) -> None:
    assert JpkiSignature(lay(persona)).kind() is kind


@pytest.mark.parametrize("label", [b"JPKIAPICCTOKEN3", b"JPKI", b"", b"\xff" * 32, b"JPKIAPICCTOKEN2X"])
def test_any_other_label_is_unknown(label: bytes) -> None:
    line = Script("9000", "9000", label.ljust(32).hex() + "9000")
    assert JpkiSignature(line).kind() is TokenKind.UNKNOWN


def test_a_card_without_token_information_is_unknown() -> None:
    assert JpkiSignature(Script("9000", "6a82")).kind() is TokenKind.UNKNOWN


def test_who_holds_a_signing_certificate(lay) -> None:
    assert JpkiSignature(lay("hanako")).holds_sign_certificate()
    assert not JpkiSignature(lay("child")).holds_sign_certificate()


def test_a_card_that_does_not_say_is_asked_later() -> None:
    assert JpkiSignature(Script("9000", "6a82")).holds_sign_certificate()


@pytest.mark.parametrize("persona", ["hanako", "oldkanji", "longaddress", "foreign", "formerca", "quirks"])
def test_the_signature_is_the_certificate_s(lay, persona: str) -> None:
    jpki = JpkiSignature(lay(persona))
    jpki.unlock(PASSWORD)
    key = x509.load_der_x509_certificate(jpki.certificate()).public_key()
    signature = jpki.sign(PREFIX + hashlib.sha256(b"page").digest())
    key.verify(signature, b"page", padding.PKCS1v15(), hashes.SHA256())


def test_the_flow_in_apdus(lay) -> None:
    line = CountingConnection(lay("hanako"))
    jpki = JpkiSignature(line)
    assert jpki.kind() is TokenKind.MY_NUMBER
    assert jpki.holds_sign_certificate()
    assert jpki.attempts_left() == 5
    jpki.unlock(PASSWORD)
    jpki.certificate()
    jpki.sign(bytes(51))
    assert line.apdus == 12


def test_nothing_secret_before_the_password(lay) -> None:
    jpki = JpkiSignature(lay("hanako"))
    with pytest.raises(NotUnlocked):
        jpki.certificate()
    with pytest.raises(NotUnlocked):
        jpki.sign(bytes(51))


def test_five_wrong_passwords_lock_the_right_one_out(lay) -> None:
    jpki = JpkiSignature(lay("hanako"))
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPassword) as wrong:
            jpki.unlock(memoryview(b"WRONG1"))
        assert wrong.value.attempts_left == left
    with pytest.raises(PasswordLocked):
        jpki.unlock(memoryview(b"WRONG1"))
    with pytest.raises(PasswordLocked):
        jpki.unlock(PASSWORD)
    assert jpki.attempts_left() == 0


def test_a_right_password_fills_the_counter(lay) -> None:
    jpki = JpkiSignature(lay("lasttry"))
    assert jpki.attempts_left() == 1
    jpki.unlock(PASSWORD)
    assert jpki.attempts_left() == 5


def test_a_child_s_card_has_neither_certificate_nor_key(lay) -> None:
    jpki = JpkiSignature(lay("child"))
    with pytest.raises(FileMissing):
        jpki.certificate()
    with pytest.raises(FileMissing):
        jpki.sign(bytes(51))


@pytest.mark.parametrize("status", ["6a82", "6d00", "6e00", "6a81", "6a86", "6700"])
def test_a_card_without_the_applet(status: str) -> None:
    with pytest.raises(AppletMissing):
        JpkiSignature(Script(status))


@pytest.mark.parametrize("status", ["6283", "6400", "6581", "6881"])
def test_a_faulty_card(status: str) -> None:
    with pytest.raises(CardUnreadable) as unreadable:
        JpkiSignature(Script(status))
    assert unreadable.value.status == int(status, 16)


def test_the_first_command_after_power_up_may_fail_once() -> None:
    line = Script("6f00", "9000")
    JpkiSignature(line)
    assert line.sent[0] == line.sent[1]
    with pytest.raises(CardUnreadable):
        JpkiSignature(Script("6f00", "6f00"))


@pytest.mark.parametrize("answer", ["9000", "00" * 255 + "9000", "00" * 257 + "9000"])
def test_a_signature_of_another_length_is_none(answer: str) -> None:
    with pytest.raises(CardUnreadable):
        JpkiSignature(Script("9000", "9000", answer)).sign(bytes(51))


@pytest.mark.parametrize("length", [0, 246])
def test_only_what_fits_is_signed(length: int) -> None:
    with pytest.raises(ValueError, match="245"):
        JpkiSignature(Script("9000")).sign(bytes(length))


def test_a_certificate_begins_as_one() -> None:
    with pytest.raises(CardUnreadable):
        JpkiSignature(Script("9000", "9000", "3103aabbcc9000")).certificate()
