"""Whole files from cards and readers with every manner that is known of them."""

from __future__ import annotations

import pytest
from card_lines import FileCard, Script
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.exchange import exchange
from drivers.card.files import ChunkLadder, read_object
from drivers.errors import CardRemoved, CardUnreadable, NotUnlocked
from drivers.virtual.encode import filled, tlv

CERTIFICATE = tlv(0x30, bytes(range(256)) * 7)


@given(
    size=st.integers(0, 2000),
    filler=st.integers(0, 40),
    extended=st.booleans(),
    most=st.sampled_from([1, 7, 100, 256, 65536]),
    end=st.sampled_from([0x6B00, 0x6282]),
)
def test_every_file_is_read_whole_and_without_filler(size, filler, extended, most, end) -> None:
    data = tlv(0xFF20, bytes(index % 251 for index in range(size)))
    card = FileCard(filled(data, len(data) + filler), extended=extended, most=most, end=end)
    assert read_object(card, ChunkLadder()) == data


def test_one_extended_command_reads_a_certificate() -> None:
    card = FileCard(CERTIFICATE)
    assert read_object(card, ChunkLadder()) == CERTIFICATE
    assert card.commands == [65536]


def test_without_extended_it_takes_pieces_of_256_and_the_rest() -> None:
    card = FileCard(CERTIFICATE)
    assert read_object(card, ChunkLadder(extended=False)) == CERTIFICATE
    assert card.commands == [256] * 7 + [len(CERTIFICATE) - 7 * 256]


@pytest.mark.parametrize("refusal", [0x6700, 0x6985, 0x6C00])
def test_a_refused_extended_command_is_not_tried_again(refusal: int) -> None:
    card, ladder = FileCard(CERTIFICATE, extended=False, refusal=refusal), ChunkLadder()
    assert read_object(card, ladder) == CERTIFICATE
    assert read_object(card, ladder) == CERTIFICATE
    assert card.commands.count(65536) == 1
    assert not ladder.extended


@pytest.mark.parametrize(("limit", "most"), [(256, 255), (255, 231), (231, 128)])
def test_a_reader_that_refuses_long_answers_gets_shorter_ones(limit: int, most: int) -> None:
    card, ladder = FileCard(CERTIFICATE, refuses_from=limit), ChunkLadder()
    assert read_object(card, ladder) == CERTIFICATE
    assert ladder.most == most


def test_a_card_that_refuses_every_length_is_unreadable() -> None:
    with pytest.raises(CardUnreadable):
        read_object(FileCard(CERTIFICATE, refuses_from=1), ChunkLadder())


def test_a_reader_that_fails_in_transport_is_asked_for_less_next_time() -> None:
    card, ladder = FileCard(CERTIFICATE, torn_from=256), ChunkLadder()
    for _ in range(2):  # extended, then 256: each ends a session
        with pytest.raises(CardRemoved):
            read_object(card, ladder)
    assert read_object(card, ladder) == CERTIFICATE
    assert ladder.most == 255


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (["6982"], NotUnlocked),
        (["6f00"], CardUnreadable),
        (["6400"], CardUnreadable),
        (["9000"], CardUnreadable),  # success, and nothing came
        (["300500009000", "6b00"], CardUnreadable),  # the file ends before its object
        (["30840000000000009000"], CardUnreadable),
        (["3082ffff9000"], CardUnreadable),  # longer than any file
    ],
)
def test_files_that_cannot_be_read(answers: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_object(Script(*answers), ChunkLadder(extended=False))


def test_more_bytes_than_were_asked_for_are_no_answer() -> None:
    with pytest.raises(CardUnreadable):
        read_object(Script("30820180" + "00" * 253 + "9000"), ChunkLadder(extended=False))


def test_the_rest_of_an_answer_is_fetched() -> None:
    line = Script("aabb6102", "ccdd6101", "ee9000")
    assert exchange(line, bytes.fromhex("00b0000000")) == (b"\xaa\xbb\xcc\xdd\xee", 0x9000)
    assert line.sent == ["00b0000000", "00c0000002", "00c0000001"]


def test_the_right_length_is_asked_for_once() -> None:
    line = Script("6c11", "aa9000")
    assert exchange(line, bytes.fromhex("00b0000000")) == (b"\xaa", 0x9000)
    assert line.sent == ["00b0000000", "00b0000011"]
    assert exchange(Script("6c11", "6c12"), bytes.fromhex("00b0000000")) == (b"", 0x6C12)


def test_a_card_that_announces_bytes_for_ever_is_left() -> None:
    with pytest.raises(CardUnreadable):
        exchange(Script("6110", "6110", "6110"), bytes.fromhex("00b0000000"))
    with pytest.raises(CardUnreadable):
        exchange(Script(*["00" * 256 + "6100"] * 300), bytes.fromhex("00b0000000"))
