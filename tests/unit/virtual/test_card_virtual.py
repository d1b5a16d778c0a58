"""The emulator contract, exchange by exchange: command and answer in hex."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.virtual.card import VirtualCard
from drivers.virtual.image import AppletImage, CardImage, File, Password
from drivers.virtual.personas import Habits

JPKI = "00a4040c0ad392f000260100000001"
TEXT = "00a4040c0ad3921000310001010408"
VISUAL = "00a4040c0ad3921000310001010402"
COMMON = "00a4040c0ad3921000310001010100"
UNKNOWN = "00a4040c0aaabbccddeeff00112233"
MANAGER = "00a4040c07a0000001510000"
PASSWORD = "00200080094b494f534b32303236"
LOWER = "00200080096b696f736b32303236"
QUERY = "00200080"
SIGN = "802a008033" + "11" * 51 + "00"


def file(ef: int) -> str:
    return f"00a4020c02{ef:04x}"


def talk(card: VirtualCard, *pairs: str) -> None:
    """Send every first of two, expect every second; an answer ending in … is compared by its beginning and 9000."""
    for command, answer in zip(pairs[::2], pairs[1::2], strict=True):
        got = card.transmit(bytes.fromhex(command)).hex()
        if answer.endswith("…"):
            assert got.startswith(answer[:-1]), command
            assert got.endswith("9000"), command
        else:
            assert got == answer, command


def test_before_an_applet_is_selected(card) -> None:
    talk(card(), file(0x0006), "6a82", "00b0000000", "6986", QUERY, "6986", SIGN, "6986", "00a40000", "6a86")


def test_selecting_applets(card) -> None:
    talk(card(), UNKNOWN, "6a82", JPKI, "9000", file(6), "9000", UNKNOWN, "6a82", "00b0000004", "4a504b499000")
    talk(card(), JPKI, "9000", file(6), "9000", JPKI, "9000", "00b0000004", "6986")
    talk(card(), JPKI + "00", "6700")
    talk(card(), JPKI, "9000", "00a40000", "9000", "00a40000023f00", "6a82", file(6), "9000")
    talk(card(), JPKI, "9000", MANAGER, "9000", file(6), "6a82")


def test_selecting_files(card) -> None:
    talk(card(), JPKI, "9000", file(1), "9000", file(0x1B), "9000", file(0x1A), "9000", file(0x16), "6a82")
    talk(card(), JPKI, "9000", "00a4020c011b", "6700")


def test_reading(card) -> None:
    talk(card(), JPKI, "9000", file(8), "9000", "00b0000003", "8f8f009000", "00b0000000", "8f8f009000")
    talk(card(), JPKI, "9000", file(8), "9000", "00b0000200", "009000", "00b0000300", "6b00")
    talk(card(), JPKI, "9000", file(1), "9000", "00b0000000", "6982")
    talk(card(), JPKI, "9000", file(0x1B), "9000", "00b0000000", "6981", file(0x1A), "9000", "00b0000000", "6981")
    talk(card(), JPKI, "9000", "00b0880003", "8f8f009000", "00b0000001", "8f9000", "00b09f0001", "6a82")
    talk(card(), JPKI, "9000", file(2), "9000", "00b00000000000", "3082…", "00b0000000", "3082…")


def test_passwords(card) -> None:
    mine = card()
    talk(mine, JPKI, "9000", file(0x1B), "9000", QUERY, "63c5", LOWER, "63c4", QUERY, "63c4", PASSWORD, "9000")
    talk(mine, QUERY, "63c5", "0020009b", "63c5", "00200098", "63c3", "00200000", "6a86")
    talk(mine, file(6), "9000", QUERY, "6981", "00200096", "6a82")
    assert mine.verifies == 2
    assert mine.attempts_left() == 5


def test_locking(card) -> None:
    mine = card()
    talk(mine, JPKI, "9000", file(0x1B), "9000", *[x for n in (4, 3, 2, 1, 0) for x in (LOWER, f"63c{n}")])
    talk(mine, LOWER, "6984", PASSWORD, "6984", QUERY, "63c0")
    mine.power_off()
    talk(mine, JPKI, "9000", file(0x1B), "9000", PASSWORD, "6984")


def test_signing(card) -> None:
    mine = card()
    talk(mine, JPKI, "9000", SIGN, "6986", file(0x1A), "9000", SIGN, "6982", file(0x1B), "9000", PASSWORD, "9000")
    talk(mine, SIGN, "6981", file(1), "9000", "00b0000004", "3082…", file(0x1A), "9000", SIGN, "…")
    talk(mine, "802a008000", "6700", "802a0080f6" + "11" * 246 + "00", "6985", "802a068001aa00", "6a86")
    talk(mine, "802a029a20" + "11" * 32 + "00", "…", "802a029a1f" + "11" * 31 + "00", "6985")


def test_a_wrong_password_closes_what_was_open(card) -> None:
    talk(
        card(), JPKI, "9000", file(0x1B), "9000", PASSWORD, "9000", LOWER, "63c4", file(1), "9000", "00b0000000", "6982"
    )


def test_power_and_reset_close_what_was_open(card) -> None:
    for close in (VirtualCard.power_off, VirtualCard.reset):
        mine = card()
        talk(mine, JPKI, "9000", file(0x1B), "9000", PASSWORD, "9000")
        close(mine)
        talk(mine, file(1), "6a82", JPKI, "9000", file(1), "9000", "00b0000000", "6982")


def test_another_applet_closes_what_was_open_and_the_same_does_not(card) -> None:
    mine = card()
    talk(
        mine, JPKI, "9000", file(0x1B), "9000", PASSWORD, "9000", JPKI, "9000", file(1), "9000", "00b0000001", "309000"
    )
    talk(mine, TEXT, "9000", JPKI, "9000", file(1), "9000", "00b0000001", "6982")


def test_a_card_that_keeps_what_was_opened_until_the_power_goes(card) -> None:
    mine = card("quirks")
    talk(mine, JPKI, "6f00", JPKI, "9000", file(0x1B), "9000", PASSWORD, "9000", QUERY, "9000", TEXT, "9000")
    mine.reset()
    talk(mine, JPKI, "9000", file(1), "9000", "00b0000001", "309000", "00b00000000000", "6700")
    mine.power_off()
    talk(mine, JPKI, "6f00", JPKI, "9000", file(1), "9000", "00b0000001", "6982")


def test_the_other_way_of_being_locked(card) -> None:
    mine = card("quirks")
    talk(
        mine, JPKI, "6f00", JPKI, "9000", file(0x1B), "9000", *[x for n in (4, 3, 2, 1, 0) for x in (LOWER, f"63c{n}")]
    )
    talk(mine, PASSWORD, "6983")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("01a4040c00", "6881"),
        ("0ca4040c00", "6882"),
        ("00880000", "6d00"),
        ("90a4040c00", "6e00"),
        ("002a008001aa00", "6e00"),
        ("00ca010000", "6a88"),
        ("00b0", "6700"),
        ("0024018004aabbccdd", "6d00"),
    ],
)
def test_commands_a_card_does_not_know(card, command: str, answer: str) -> None:
    talk(card(), JPKI, "9000", command, answer)


def test_challenges(card) -> None:
    assert len(card().transmit(bytes.fromhex("0084000008"))) == 10
    talk(card(), "00840000000010", "6985")


def test_text_applet_with_pin_and_number_b(card) -> None:
    pin, number = "00200080" + "04" + b"1234".hex(), "00200080" + "0e" + b"29040120352285".hex()
    for ef, key in ((0x11, pin), (0x15, number)):
        mine = card()
        talk(mine, TEXT, "9000", file(2), "9000", "00b0000000", "6982", file(ef), "9000", key, "9000")
        talk(mine, file(2), "9000", "00b0000000", "ff20…")
        assert mine.tripwires == 0
    talk(card(), TEXT, "9000", file(0x12), "9000", QUERY, "63c0", pin, "6984")


@pytest.mark.parametrize(
    ("applet", "commands"),
    [
        (TEXT, [file(1), "00b0000000"]),
        (TEXT, [file(3), "00b0000000"]),
        (TEXT, ["00b0810000"]),
        (TEXT, [file(0x14), "002000800c" + "30" * 12]),
        (TEXT, ["002000940c" + "31" * 12]),
        (VISUAL, [file(5), "00b0000000"]),
        (VISUAL, [file(0x13), "002000800c" + "30" * 12]),
    ],
)
def test_tripwires(card, applet: str, commands: list[str]) -> None:
    mine = card()
    for command in (applet, *commands):
        mine.transmit(bytes.fromhex(command))
    assert mine.tripwires == 1


def test_number_b_opens_no_individual_number(card) -> None:
    number = "00200080" + "0e" + b"29040120352285".hex()
    talk(card(), TEXT, "9000", file(0x15), "9000", number, "9000", file(1), "9000", "00b0000000", "6982")


def test_common_applet_has_a_record(card) -> None:
    talk(card(), COMMON, "9000", file(1), "9000", "00b2010400", "011c…", "00b2020400", "6a83", "00b0000000", "6981")


def test_a_card_without_applets_answers_only_through_the_reader(card) -> None:
    mine = card("felica")
    talk(mine, JPKI, "6e00")
    assert len(mine.transmit(bytes.fromhex("ffca000000"))) == 10


def test_counts(card) -> None:
    mine = card()
    talk(mine, JPKI, "9000", file(8), "9000", "00b0000003", "8f8f009000")
    assert (mine.counts.apdus, mine.counts.bytes_out, mine.counts.bytes_in) == (3, 27, 9)
    assert mine.counts.power_ups == 1


def test_a_torn_verify_costs_a_try_even_with_the_right_password(card) -> None:
    mine = card()
    talk(mine, JPKI, "9000", file(0x1B), "9000")
    mine.tear(bytes.fromhex(PASSWORD))
    assert mine.attempts_left() == 4
    assert mine.verifies == 1
    mine.tear(bytes.fromhex(QUERY))
    assert mine.attempts_left() == 4


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=8))
def test_whatever_is_sent_gets_an_answer(commands: list[bytes]) -> None:
    applet = AppletImage(
        bytes.fromhex("d392f000260100000001"),
        files={1: File(b"\x30\x01\x00", (0x1B,)), 6: File(b"x" * 160)},
        passwords={0x1B: Password(b"KIOSK2026", 5, 5)},
    )
    mine = VirtualCard(CardImage("x", "x", "my_number", b"\x3b\x00", b"\1\2\3\4", [applet], Habits()))
    mine.transmit(bytes.fromhex(JPKI))
    for command in commands:
        assert len(mine.transmit(command)) >= 2
        assert len(mine.transmit(b"\0" + command)) >= 2
