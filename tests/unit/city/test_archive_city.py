"""A zip has one form: everything else is refused, however valid a zip it is."""

from __future__ import annotations

import io
import zipfile

import pytest

from city.verification.archive import MAX_ENTRIES, take_apart
from city.verification.refusal import Refused


def plain(name: str) -> zipfile.ZipInfo:
    fact = zipfile.ZipInfo(name)
    fact.create_system = 3
    fact.external_attr = 0o100644 << 16
    return fact


def packed(*entries, method=zipfile.ZIP_STORED, comment=b"") -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.comment = comment
        for name, data in entries:
            archive.writestr(plain(name) if isinstance(name, str) else name, data, method)
    return raw.getvalue()


def taken(raw: bytes, largest: int = 1 << 20):
    return take_apart(raw, lambda _: largest)


def rule(raw: bytes, largest: int = 1 << 20) -> str:
    with pytest.raises(Refused) as refused:
        taken(raw, largest)
    return refused.value.rule


PLAIN = packed(("b", b"two" * 100), ("a", b"one"))


def test_plain_entries_come_out_in_order():
    assert taken(PLAIN) == [("b", b"two" * 100), ("a", b"one")]


def test_a_changed_byte_anywhere_outside_names_and_data_is_refused():
    free = {30, *range(31, 331), 361, *range(362, 365)}  # names and data; their CRC binds the data
    for place in set(range(len(PLAIN))) - free:
        raw = bytearray(PLAIN)
        raw[place] ^= 1
        assert rule(bytes(raw)).startswith("zip")
    raw = bytearray(PLAIN)
    raw[40] ^= 1
    assert rule(bytes(raw)) == "zip header"


@pytest.mark.parametrize("raw", [b"", b"PK", b"x" * 100, PLAIN[:-1], PLAIN[:40], b"\0" * 22, packed()])
def test_what_is_no_zip_is_refused(raw):
    assert rule(raw).startswith("zip")


def test_bytes_before_between_and_after_are_refused():
    assert rule(b"x" + PLAIN) == "zip directory"
    assert rule(PLAIN + b"x") == "zip directory"
    assert rule(packed(("a", b"one"), comment=b"hello")) == "zip directory"
    hole = io.BytesIO()
    with zipfile.ZipFile(hole, "w") as archive:
        archive.writestr(plain("a"), b"one")
        archive.fp.write(b"between")
        archive.start_dir = archive.fp.tell()
        archive.writestr(plain("b"), b"two")
    assert rule(hole.getvalue()) == "zip directory"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_twice_is_refused():
    assert rule(packed(("a", b"one"), ("a", b"two"))) == "zip entry twice"


def test_too_many_entries_are_refused():
    assert len(taken(packed(*((f"e{index}", b"") for index in range(MAX_ENTRIES))))) == MAX_ENTRIES
    assert rule(packed(*((f"e{index}", b"") for index in range(MAX_ENTRIES + 1)))) == "zip entries"


def test_nothing_compressed_is_ever_inflated():
    bomb = packed(("a", b"\0" * (20 << 20)), method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 1 << 20
    assert rule(bomb) == "zip header"


def test_extra_fields_dates_and_attributes_are_fixed():
    extra, dated, marked = plain("a"), plain("a"), plain("a")
    extra.extra = b"\xfe\xca\x02\x00\x00\x00"
    dated.date_time = (2026, 11, 24, 10, 43, 0)
    marked.external_attr = 0o120777 << 16
    assert rule(packed((extra, b"one"))) == "zip header"
    assert rule(packed((dated, b"one"))) == "zip header"
    assert rule(packed((marked, b"one"))) == "zip directory"


def test_a_header_that_lies_about_its_size_is_refused():
    for size in (0, 299, 301, 0xFFFFFFFF):
        raw = bytearray(PLAIN)
        raw[18:22] = raw[22:26] = size.to_bytes(4, "little")
        assert rule(bytes(raw)) == "zip header"


def test_the_limit_of_an_entry_holds():
    assert rule(PLAIN, 299) == "entry too large"
    assert len(taken(PLAIN, 300)) == 2
