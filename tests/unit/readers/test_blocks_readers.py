"""The block protocol as a conversation: what the reader must send, and what the card answers to it."""

from __future__ import annotations

import pytest

from drivers.errors import CardRemoved, CardUnreadable
from drivers.readers.isodep import BlockLost, IsoDep

LOST = None
FRAME = 8  # five bytes of payload in a block
WAIT = 0.25


class Script:
    """Plays a card; each line is the block expected from the reader and the answer to it."""

    def __init__(self, *lines: tuple[str, str | None]) -> None:
        self.lines = list(lines)
        self.waits: list[float] = []

    def exchange(self, block: bytes, wait: float) -> bytes:
        expected, answer = self.lines.pop(0)
        assert block.hex() == expected
        self.waits.append(wait)
        if answer is LOST:
            raise BlockLost
        return bytes.fromhex(answer)

    def talk(self, *commands: str) -> list[str]:
        dep = IsoDep(self.exchange, FRAME, WAIT)
        answers = [dep.transceive(bytes.fromhex(command)).hex() for command in commands]
        assert not self.lines
        return answers


def test_block_numbers_alternate() -> None:
    script = Script(("0200a4", "029000"), ("0300b0", "036a82"), ("0200c0", "029001"))
    assert script.talk("00a4", "00b0", "00c0") == ["9000", "6a82", "9001"]


def test_a_long_command_goes_in_a_chain() -> None:
    script = Script(("120102030405", "a2"), ("13060708090a", "a3"), ("020b", "029000"), ("030c", "039000"))
    assert script.talk("0102030405060708090a0b", "0c") == ["9000", "9000"]


def test_a_command_that_just_fits_is_no_chain() -> None:
    assert Script(("020102030405", "029000")).talk("0102030405") == ["9000"]


def test_a_long_answer_is_fetched_piece_by_piece() -> None:
    script = Script(("02aa", "120102"), ("a3", "130304"), ("a2", "029000"))
    assert script.talk("aa") == ["010203049000"]


def test_waiting_time_is_granted_even_inside_a_chain_of_answers() -> None:
    script = Script(
        ("02aa", "f203"), ("f203", "1201"), ("a3", "f202"), ("f202", "f202"), ("f202", "039000"), ("02bb", "029000")
    )  # fmt: skip
    assert script.talk("aa", "bb") == ["019000", "9000"]
    assert script.waits == [WAIT, 3 * WAIT, WAIT, 2 * WAIT, 2 * WAIT, WAIT]


def test_a_lost_answer_is_asked_for_again_and_the_command_is_not() -> None:
    assert Script(("02aa", LOST), ("b2", LOST), ("b2", "029000")).talk("aa") == ["9000"]


def test_a_command_that_did_not_arrive_is_sent_again() -> None:
    assert Script(("02aa", LOST), ("b2", "a3"), ("02aa", "029000")).talk("aa") == ["9000"]


def test_a_lost_piece_of_the_answer_is_asked_for_again() -> None:
    assert Script(("02aa", "1201"), ("a3", LOST), ("a3", "039000")).talk("aa") == ["019000"]


def test_after_three_retries_the_card_is_gone() -> None:
    with pytest.raises(CardRemoved):
        Script(("02aa", LOST), ("b2", LOST), ("b2", LOST), ("b2", LOST)).talk("aa")


@pytest.mark.parametrize("answer", ["039000", "a2", "b2", "f2", "c2", "e2", "00"])
def test_a_block_out_of_place_is_refused(answer: str) -> None:
    with pytest.raises(CardUnreadable):
        Script(("02aa", answer)).talk("aa")


def test_a_chain_of_commands_needs_its_acknowledgement() -> None:
    with pytest.raises(CardUnreadable):
        Script(("120102030405", "029000")).talk("010203040506")
