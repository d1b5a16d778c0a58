"""What a password may cost: the counter first, one VERIFY, and nothing left of it in the buffer."""

from __future__ import annotations

from contextlib import suppress

import pytest
from card_lines import Script

from drivers.card.jpki import JpkiSignature
from drivers.errors import CardRemoved, CardUnreadable, PasswordLocked, WrongPassword

PASSWORD = memoryview(b"KIOSK2026")
VERIFY = "0020008009" + bytes(PASSWORD).hex()
OK = "9000"


def applet(*answers: str | None) -> tuple[JpkiSignature, Script]:
    """An applet whose SELECT and password file's SELECT succeed; `answers` follow."""
    line = Script(OK, OK, *answers)
    return JpkiSignature(line), line


@pytest.mark.parametrize(
    ("status", "tries"), [("63c5", 5), ("63c1", 1), ("63c0", 0), ("6983", 0), ("6984", 0), ("9000", 5)]
)
def test_tries_left(status: str, tries: int) -> None:
    assert applet(status)[0].attempts_left() == tries


@pytest.mark.parametrize("status", ["6300", "6f00", "6a82", "6700"])
def test_a_counter_that_tells_no_number_is_unreadable(status: str) -> None:
    with pytest.raises(CardUnreadable):
        applet(status)[0].attempts_left()


def test_the_counter_is_read_before_the_password_goes() -> None:
    jpki, line = applet("63c5", OK)
    jpki.unlock(PASSWORD)
    assert line.sent[1:] == ["00a4020c02001b", "00200080", VERIFY]


@pytest.mark.parametrize("status", ["63c0", "6983", "6984"])
def test_a_locked_password_is_never_tried(status: str) -> None:
    jpki, line = applet(status)
    with pytest.raises(PasswordLocked):
        jpki.unlock(PASSWORD)
    assert VERIFY not in line.sent


@pytest.mark.parametrize("status", ["63c0", "6983", "6984"])
def test_the_try_that_locks(status: str) -> None:
    with pytest.raises(PasswordLocked):
        applet("63c1", status)[0].unlock(PASSWORD)


def test_a_wrong_password_tells_the_tries_left() -> None:
    with pytest.raises(WrongPassword) as wrong:
        applet("63c5", "63c4")[0].unlock(PASSWORD)
    assert wrong.value.attempts_left == 4


def test_a_refusal_without_a_number_is_looked_up() -> None:
    with pytest.raises(WrongPassword) as wrong:
        applet("63c5", "6300", "63c2")[0].unlock(PASSWORD)
    assert wrong.value.attempts_left == 2


@pytest.mark.parametrize("answer", [None, "6f00", "6700", "6982", "61f0", "6c00"])
def test_no_verify_is_ever_repeated(answer: str | None) -> None:
    jpki, line = applet("63c5", answer)
    with pytest.raises((CardRemoved, CardUnreadable)):
        jpki.unlock(PASSWORD)
    assert line.sent.count(VERIFY) == 1
    assert not line.answers


@pytest.mark.parametrize("answer", [OK, "63c4", "6984", None])
def test_the_command_is_sent_from_one_buffer_and_wiped(answer: str | None) -> None:
    jpki, line = applet("63c5", answer)
    with suppress(WrongPassword, PasswordLocked, CardRemoved):
        jpki.unlock(PASSWORD)
    buffer = line.buffers[-1]
    assert isinstance(buffer, bytearray)
    assert buffer == bytearray(len(buffer))


def test_a_second_password_asks_for_the_counter_again() -> None:
    jpki, line = applet("63c5", "63c4", "63c4", OK)
    with pytest.raises(WrongPassword):
        jpki.unlock(memoryview(b"WRONG1234"))
    jpki.unlock(PASSWORD)
    assert line.sent.count("00200080") == 2


@pytest.mark.parametrize("never", [b"", b"1234", b"AB123", b"A" * 17, b"kiosk2026", b"KIOSK 2026", "鶴ヶ島".encode()])
def test_what_can_be_no_password_reaches_no_card(never: bytes) -> None:
    jpki, line = applet()
    with pytest.raises(ValueError, match="no password") as refused:
        jpki.unlock(memoryview(never))
    assert len(line.sent) == 1
    assert not never or never.decode() not in str(refused.value)
