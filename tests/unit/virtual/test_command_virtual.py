"""Commands are taken apart as ISO/IEC 7816-3 says, short and extended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.virtual.command import Refused, parse


@pytest.mark.parametrize(
    ("raw", "body", "expected", "extended"),
    [
        ("00a40000", None, None, False),
        ("00b0000000", None, 256, False),
        ("00b0000004", None, 4, False),
        ("00a4020c02001b", "001b", None, False),
        ("802a008002aabb00", "aabb", 256, False),
        ("00b00000000000", None, 65536, True),
        ("00b0000000012c", None, 300, True),
        ("802a0080000002aabb", "aabb", None, True),
        ("802a0080000002aabb0100", "aabb", 256, True),
    ],
)
def test_cases(raw: str, body: str | None, expected: int | None, extended: bool) -> None:
    command = parse(bytes.fromhex(raw))
    assert command.body == (None if body is None else bytes.fromhex(body))
    assert (command.expected, command.extended) == (expected, extended)


@pytest.mark.parametrize(
    "raw",
    ["", "00a400", "00a4040c05aa", "00a4040c01aabbcc", "0020008000000500", "0020008000000001", "002000800000001aa0"],
)
def test_lengths_that_do_not_add_up(raw: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(bytes.fromhex(raw))
    assert refused.value.status == 0x6700


@given(st.binary(max_size=300))
def test_any_bytes_are_a_command_or_refused(raw: bytes) -> None:
    try:
        command = parse(raw)
    except Refused:
        return
    assert len(command.body or b"") <= len(raw)
