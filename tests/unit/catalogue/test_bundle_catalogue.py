"""A bundle is believed whole or not at all: every sampled byte, every cut, every foreign or senseless statement."""

from __future__ import annotations

import random

import pytest
from catalogue_press import CITY, ISSUED, Press

from kiosk.application.archive import pack, unpack
from kiosk.catalogue.bundle import LARGEST, read_bundle
from kiosk.catalogue.errors import CatalogueFaulty, Fault
from kiosk.catalogue.keys import CatalogueKeys


def refused(press: Press, packed: bytes) -> Fault:
    with pytest.raises(CatalogueFaulty) as told:
        read_bundle(packed, press.keys, CITY)
    return told.value.fault


def repacked(packed: bytes, change) -> bytes:
    return pack(change(list(unpack(packed))))


def test_a_good_one_is_read(press):
    bundle = read_bundle(press.print(12), press.keys, CITY)
    assert (bundle.catalogue.serial, bundle.catalogue.issued) == (12, ISSUED)
    assert [form.id for form in bundle.catalogue.forms] == ["juminhyo"]


def test_every_flipped_bit_is_noticed(press):
    """Each byte of the headers, statement and signature; of the rest a sample of 500; a random bit of each."""
    packed = press.print(12)
    chance = random.Random(12)
    head = packed.index(b"forms/")
    tail = packed.index(b"PK\x01\x02")
    sampled = chance.sample(range(head, tail), 500)
    for at in [*range(head), *sampled, *range(tail, len(packed))]:
        spoilt = bytearray(packed)
        spoilt[at] ^= 1 << chance.randrange(8)
        refused(press, bytes(spoilt))


def test_every_cut_is_noticed(press):
    packed = press.print(12)
    for length in [*range(0, len(packed), 97), len(packed) - 1]:
        refused(press, packed[:length])
    assert refused(press, packed + b"\0") is Fault.BUNDLE


def test_a_foreign_key_is_refused(press, tmp_path):
    (tmp_path / "other").mkdir()
    assert refused(press, Press(tmp_path / "other").print(12)) is Fault.SIGNATURE
    assert refused(press, b"") is Fault.BUNDLE
    assert refused(press, bytes(LARGEST + 1)) is Fault.BUNDLE
    assert refused(press, b"<html>log in</html>") is Fault.BUNDLE


def test_two_keys_are_believed_while_the_city_changes_its_key(press, tmp_path):
    (tmp_path / "other").mkdir()
    successor = Press(tmp_path / "other")
    both = CatalogueKeys((press.key.public_key(), successor.key.public_key()))
    for each in (press, successor):
        assert read_bundle(each.print(12), both, CITY).catalogue.serial == 12


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries[:-1],
        lambda entries: [*entries, ("forms/juminhyo/more.json", b"{}")],
        lambda entries: [*entries, ("forms/other/schema.json", b"{}")],
        lambda entries: [*entries[:2], *reversed(entries[2:])],
        lambda entries: [entries[1], entries[0], *entries[2:]],
        lambda entries: [*entries[:-1], (entries[-1][0], entries[-1][1] + b" ")],
        lambda entries: [*entries[:-1], (f"../{entries[-1][0]}", entries[-1][1])],
    ],
    ids=["missing", "surplus", "surplus-form", "order", "signature-first", "longer", "path"],
)
def test_files_that_were_not_signed_like_this_are_refused(press, change):
    assert refused(press, repacked(press.print(12), change)) in {Fault.CONTENT, Fault.BUNDLE}


@pytest.mark.parametrize(
    "members",
    [
        {"serial": 0},
        {"serial": 10**12},
        {"serial": 1.5},
        {"serial": "12"},
        {"spec": "madoguchi/catalogue/2"},
        {"forms": []},
        {"more": 1},
        {"expires": "2026-11-25T09:00:00+09:00"},
        {"expires": "2026-12-25T09:00:00"},
        {"issued": "yesterday"},
        {"city": ""},
    ],
    ids=lambda members: "-".join(f"{name}={value}" for name, value in members.items()),
)
def test_a_senseless_statement_is_refused_although_signed(press, members):
    assert refused(press, press.print(12, members=members)) is Fault.STATEMENT


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "../up"},
        {"id": "UP"},
        {"sha256": "00"},
        {"opens": "2026-12-02", "closes": "2026-12-01"},
        {"opens": "2026-02-30"},
        {"files": []},
        {"files": [{"path": "../../schema.json", "sha256": "00" * 32, "size": 1}]},
        {"files": [{"path": "a/b.json", "sha256": "00" * 32, "size": 1}]},
        {"files": [{"path": "schema.json\n", "sha256": "00" * 32, "size": 1}]},
        {"files": [{"path": "schema.json", "sha256": "00" * 32, "size": 1}] * 2},
    ],
    ids=str,
)
def test_a_senseless_form_is_refused_although_signed(press, facts):
    form = read_bundle(press.print(12), press.keys, CITY).catalogue.forms[0]
    stated = {
        "id": form.id, "version": form.version, "sha256": form.sha256, "opens": None, "closes": None,
        "files": [{"path": file.path, "sha256": file.sha256, "size": file.size} for file in form.files],
    }  # fmt: skip
    assert refused(press, press.print(12, members={"forms": [stated | facts]})) is Fault.STATEMENT
    assert refused(press, press.print(12, members={"forms": [stated, stated]})) is Fault.STATEMENT


def test_another_citys_catalogue_is_refused_although_signed(press):
    assert refused(press, press.print(12, city="坂戸市")) is Fault.OTHER_CITY


def test_statement_that_is_not_canonical_is_refused_although_signed(press):
    entries = dict(unpack(press.print(12)))
    loose = entries["catalogue.json"].replace(b",", b", ", 1)
    entries |= {"catalogue.json": loose, "catalogue.sig": press.key.sign(loose)}
    assert refused(press, pack(entries.items())) is Fault.STATEMENT
    entries |= {"catalogue.json": b"[" * 100_000, "catalogue.sig": press.key.sign(b"[" * 100_000)}
    assert refused(press, pack(entries.items())) is Fault.STATEMENT
