"""What PC/SC's return codes mean in device terms."""

from __future__ import annotations

import pytest

from drivers.errors import CardAbsent, CardBusy, CardRemoved, CardUnreadable, DeviceError, ReaderLost
from drivers.readers.codes import connect_error, plain, split_answer, transmit_error


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (0x8010000C, CardAbsent),
        (0x80100069, CardAbsent),
        (0x8010000B, CardBusy),
        (0x80100066, CardUnreadable),
        (0x8010000F, CardUnreadable),
        (0x80100009, ReaderLost),
        (0x8010001D, ReaderLost),
        (0x80100013, ReaderLost),
        (0x80100001, ReaderLost),
    ],
)
def test_connecting_fails_by_name(code: int, error: type[DeviceError]) -> None:
    assert type(connect_error(code)) is error
    assert type(connect_error(code - (1 << 32))) is error


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (0x80100016, CardRemoved),
        (0x80100069, CardRemoved),
        (0x80100068, CardRemoved),
        (0x8010001D, ReaderLost),
        (0x80100013, ReaderLost),
        (0x80100003, ReaderLost),
        (0x80100017, ReaderLost),
    ],
)
def test_transmitting_fails_by_name(code: int, error: type[DeviceError]) -> None:
    assert type(transmit_error(code)) is error


def test_a_signed_code_is_the_same_code() -> None:
    assert plain(-2146435043) == 0x8010001D


def test_success_without_a_status_word_is_a_lost_card() -> None:
    assert split_answer(b"\x01\x90\x00") == (b"\x01", 0x9000)
    for torn in (b"", b"\x90"):
        with pytest.raises(CardRemoved):
            split_answer(torn)
