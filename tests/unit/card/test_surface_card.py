"""The four attributes: the reference's vector, every persona, and bytes that are no such file."""

from __future__ import annotations

import pytest
from card_lines import Script
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.holder import Sex
from drivers.card.surface import SurfaceText, holder_in
from drivers.errors import CardUnreadable, NotUnlocked, PasswordLocked, WrongPassword
from drivers.virtual.encode import tlv
from drivers.virtual.personas import load_personas, number_b

VECTOR = bytes.fromhex(
    "ff2065df2108000e002300590064df2212e9b6b4e383b6e5b3b6e38080e88ab1e5ad90df2333e59fbce78e89e79c8ce9b6b4e383b6e5b3b6"
    "e5b882e5a4a7e5ad97e4b889e38384e69ca8efbc91efbc96e795aae59cb0efbc91df24083139363430353130df250132"
)
PEOPLE = {name: each for name, each in load_personas().items() if each.kind == "my_number"}


def test_the_reference_s_vector() -> None:
    holder = holder_in(VECTOR)
    assert holder.name == "鶴ヶ島　花子"
    assert holder.address == "埼玉県鶴ヶ島市大字三ツ木１６番地１"
    assert holder.birth == "19640510"
    assert holder.sex is Sex.FEMALE


@pytest.mark.parametrize("persona", PEOPLE)
def test_everybody_s_attributes_by_number_b(lay, persona: str) -> None:
    person = PEOPLE[persona].person
    surface = SurfaceText(lay(persona))
    surface.unlock_by_number_b(memoryview(number_b(person).encode()))
    holder = surface.holder()
    assert (holder.name, holder.address, holder.birth, holder.sex) == (
        person.name,
        person.address,
        person.birth,
        person.sex,
    )


def test_by_the_pin(lay) -> None:
    surface = SurfaceText(lay("hanako"))
    assert surface.pin_attempts_left() == 3
    surface.unlock_by_pin(memoryview(b"1234"))
    assert surface.holder().birth == "19540401"


def test_nothing_without_a_password(lay) -> None:
    with pytest.raises(NotUnlocked):
        SurfaceText(lay("hanako")).holder()


def test_the_two_counters_are_apart(lay) -> None:
    surface = SurfaceText(lay("hanako"))
    for _ in range(2):
        with pytest.raises(WrongPassword):
            surface.unlock_by_pin(memoryview(b"0000"))
    with pytest.raises(PasswordLocked):
        surface.unlock_by_pin(memoryview(b"0000"))
    assert surface.pin_attempts_left() == 0
    assert surface.number_b_attempts_left() == 10


@pytest.mark.parametrize("key", [b"123", b"12345", b"12a4", b""])
def test_what_can_be_no_pin_reaches_no_card(key: bytes) -> None:
    line = Script("9000")
    surface = SurfaceText(line)
    with pytest.raises(ValueError, match="no password"):
        surface.unlock_by_pin(memoryview(key))
    with pytest.raises(ValueError, match="no password"):
        surface.unlock_by_number_b(memoryview(key))
    assert len(line.sent) == 1


def parts(**other: bytes) -> bytes:
    values = {"df22": b"A", "df23": b"B", "df24": b"19640510", "df25": b"1"} | other
    return tlv(0xFF20, b"".join(tlv(int(tag, 16), value) for tag, value in values.items()))


def test_unknown_objects_and_codes_are_allowed() -> None:
    assert holder_in(parts(df77=b"new")).name == "A"
    assert holder_in(parts(df25=b"7")).sex is Sex.UNKNOWN
    assert holder_in(parts(df24=b"19500000")).birth == "19500000"


@pytest.mark.parametrize(
    "file",
    [
        tlv(0xFF20, b""),
        tlv(0xFF10, VECTOR[3:]),
        parts(df22=b"\xff\xfe"),
        parts(df24=b"1964"),
        parts(df24="１９６４".encode()),
        parts(df24=b"1964051x"),
    ],
)
def test_files_that_are_no_attributes(file: bytes) -> None:
    with pytest.raises(CardUnreadable) as unreadable:
        holder_in(file)
    assert unreadable.value.__cause__ is None


@given(st.binary(max_size=120), st.integers(0, 104))
def test_no_bytes_raise_anything_else(noise: bytes, at: int) -> None:
    for file in (noise, VECTOR[:at] + noise + VECTOR[at + len(noise) :]):
        try:
            holder_in(file)
        except CardUnreadable:
            continue
