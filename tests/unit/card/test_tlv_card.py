"""TLV in every length form, and no other error than TlvMalformed whatever the bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card import tlv
from drivers.virtual.encode import tlv as encoded


@given(st.sampled_from([0x30, 0xDF21, 0xFF20, 0x7F21]), st.binary(max_size=700))
def test_what_is_written_is_read(tag: int, value: bytes) -> None:
    data = encoded(tag, value)
    assert tlv.total_length(data) == len(data)
    assert tlv.only_object(data, tag) == value


@pytest.mark.parametrize(("count", "head"), [(0x7F, "307f"), (0x80, "308180"), (0xFF, "3081ff"), (0x100, "30820100")])
def test_length_forms(count: int, head: str) -> None:
    data = encoded(0x30, bytes(count))
    assert data.startswith(bytes.fromhex(head))
    assert tlv.total_length(data[:5]) == len(data)


@pytest.mark.parametrize("start", ["", "30", "ff", "ff20", "3082", "308206", "ff208206"])
def test_too_few_bytes_to_tell_the_length(start: str) -> None:
    assert tlv.total_length(bytes.fromhex(start)) is None


@pytest.mark.parametrize("data", ["3005aa", "30", "3080", "308300000100", "1f810100", "ff20", "3001aa30"])
def test_malformed(data: str) -> None:
    with pytest.raises(tlv.TlvMalformed):
        list(tlv.objects(bytes.fromhex(data)))


@pytest.mark.parametrize("data", ["", "3101aa", "3001aa3001aa"])
def test_not_the_one_object_that_was_expected(data: str) -> None:
    with pytest.raises(tlv.TlvMalformed):
        tlv.only_object(bytes.fromhex(data), 0x30)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        objects = list(tlv.objects(data))
    except tlv.TlvMalformed:
        return
    assert sum(len(each.value) for each in objects) <= len(data)
