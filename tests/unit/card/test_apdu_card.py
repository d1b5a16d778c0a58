"""The commands byte for byte as the card's reference lists them, and traces that tell nothing."""

from __future__ import annotations

import pytest

from drivers.card import aids, apdu


def test_commands_are_those_of_the_reference() -> None:
    assert apdu.select_applet(aids.JPKI).hex() == "00a4040c0ad392f000260100000001"
    assert apdu.select_applet(aids.SURFACE_TEXT).hex() == "00a4040c0ad3921000310001010408"
    assert apdu.select_file(0x001B).hex() == "00a4020c02001b"
    assert apdu.query_tries().hex() == "00200080"
    assert apdu.verify(memoryview(b"ABC123")).hex() == "0020008006414243313233"
    assert apdu.sign(b"\xaa" * 51).hex() == "802a008033" + "aa" * 51 + "00"
    assert apdu.get_response(256).hex() == "00c0000000"


@pytest.mark.parametrize(
    ("offset", "expected", "extended", "command"),
    [
        (0, 256, False, "00b0000000"),
        (256, 255, False, "00b00100ff"),
        (0x7FFF, 1, False, "00b07fff01"),
        (0, 65536, True, "00b00000000000"),
        (0x0102, 300, True, "00b0010200012c"),
    ],
)
def test_reading(offset: int, expected: int, extended: bool, command: str) -> None:
    assert apdu.read_binary(offset, expected, extended=extended).hex() == command


@pytest.mark.parametrize(
    ("offset", "expected", "extended"), [(0x8000, 1, False), (-1, 1, False), (0, 257, False), (0, 0, True)]
)
def test_a_read_that_fits_no_command_is_refused(offset: int, expected: int, extended: bool) -> None:
    with pytest.raises(ValueError, match=r"READ BINARY|Le"):
        apdu.read_binary(offset, expected, extended=extended)


@pytest.mark.parametrize("command", [apdu.verify(memoryview(b"SECRET99")), apdu.sign(b"SECRET99")])
def test_a_trace_holds_header_and_lengths_only(command: bytes) -> None:
    line = apdu.describe(command, 256, 0x9000)
    assert line.startswith(command[:4].hex(" ").upper())
    assert line.endswith("-> 256 9000")
    assert "SECRET99" not in line
    assert b"SECRET99".hex() not in line.replace(" ", "").lower()
