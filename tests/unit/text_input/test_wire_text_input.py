"""The wire format of mozc: golden bytes, round trips, and bytes that are no message."""

from __future__ import annotations

import pytest

from kiosk.text_input.mozc import messages
from kiosk.text_input.mozc.messages import SessionCommand, SpecialKey, answer_of
from kiosk.text_input.mozc.wire import WireError, decode, encode

SESSION = 300


@pytest.mark.parametrize(
    ("request_bytes", "golden"),
    [
        (messages.create_session(), "0801"),
        (messages.send_special(SESSION, SpecialKey.ON), "080310ac021a021802"),
        (messages.send_special(SESSION, SpecialKey.SPACE), "080310ac021a021804"),
        (messages.send_text(SESSION, "あ"), "080310ac021a052a03e38182"),
        (messages.command(SESSION, SessionCommand.REVERT), "080510ac0222020801"),
        (messages.command(SESSION, SessionCommand.CONVERT_REVERSE, "髙"), "080510ac02220708082203e9ab99"),
        (messages.select(SESSION, 7), "080510ac02220408031007"),
    ],
)
def test_requests_are_these_bytes(request_bytes: bytes, golden: str) -> None:
    assert request_bytes.hex() == golden


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 2**32, 2**63, 2**64 - 1])
def test_numbers_come_back(number: int) -> None:
    assert decode(encode([(3, number)])).number(3) == number


def test_texts_and_messages_come_back() -> None:
    inner = encode([(1, "𠮷田"), (2, 5)])
    message = decode(encode([(9, inner), (9, inner), (1, "")]))
    assert [each.text(1) for each in message.each(9)] == ["𠮷田", "𠮷田"]
    assert (message.text(1), message.text(77), message.number(77)) == ("", "", 0)


def test_groups_are_read() -> None:
    group = b"\x13" + encode([(4, "渡辺"), (6, "わたなべ")]) + b"\x14"
    word = encode([(1, 2), (4, "渡邉")])
    half = encode([(1, 2**64 - 11), (4, "ﾜﾀﾅﾍﾞ")])
    answer = answer_of(decode(encode([(1, 8), (5, group), (14, encode([(2, word), (2, half)]))])))
    assert answer.session == 8
    assert [(part.value, part.reading) for part in answer.segments] == [("渡辺", "わたなべ")]
    assert [(each.id, each.value) for each in answer.words] == [(2, "渡邉")]


@pytest.mark.parametrize("broken", ["08", "0a05aa", "13", "14", "1314ff", "0f", "ff" * 11, "0b0c14"])
def test_what_is_no_message_is_told(broken: str) -> None:
    with pytest.raises(WireError):
        decode(bytes.fromhex(broken))


def test_every_cut_of_an_answer_is_told_or_harmless() -> None:
    whole = encode([(1, 300), (14, encode([(2, encode([(1, 2), (4, "渡邉")]))]))])
    for length in range(len(whole)):
        try:
            assert answer_of(decode(whole[:length])).words == ()
        except WireError:
            continue
