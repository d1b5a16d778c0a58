"""Persona files, eras and number B."""

from __future__ import annotations

import pytest

from drivers.virtual.manufacture import attributes_file
from drivers.virtual.personas import (
    DEFAULT_FOLDER,
    Person,
    PersonaInvalid,
    era_code,
    load_persona,
    load_personas,
    number_b,
)


def person(birth: str = "19800217", name: str = "鶴ヶ島　花子", address: str = "埼玉県") -> Person:
    return Person(name, address, birth, "2")


@pytest.mark.parametrize(
    ("birth", "number"),
    [
        ("19800217", "55021720352285"),  # the reference's example
        ("19540401", "29040120352285"),
        ("19890107", "64010720352285"),
        ("19890108", "01010820352285"),
        ("20190430", "31043020352285"),
        ("20190501", "01050120352285"),
        ("19261224", "15122420352285"),
        ("19350000", "10000020352285"),
    ],
)
def test_number_b_counts_years_by_the_era(birth: str, number: str) -> None:
    assert number_b(person(birth)) == number


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        ("18680125", 1),
        ("19120730", 2),
        ("19261225", 3),
        ("19890108", 4),
        ("20190501", 5),
        ("00000000", 0),
        ("18600101", 0),
    ],
)
def test_eras(birth: str, code: int) -> None:
    assert era_code(birth) == code


def test_the_attributes_file_is_the_reference_s_vector() -> None:
    one = Person("鶴ヶ島　花子", "埼玉県鶴ヶ島市大字三ツ木１６番地１", "19640510", "2")
    assert attributes_file(one).hex() == (
        "ff2065df2108000e002300590064df2212e9b6b4e383b6e5b3b6e38080e88ab1e5ad90df2333e59fbce78e89e79c8ce9b6b4e383b6e5b3"
        "b6e5b882e5a4a7e5ad97e4b889e38384e69ca8efbc91efbc96e795aae59cb0efbc91df24083139363430353130df250132"
    )


@pytest.mark.parametrize(("length", "head"), [(20, "ff206e"), (40, "ff2081"), (80, "ff2082"), (200, "ff2082")])
def test_offsets_point_at_their_objects_in_every_length_form(length: int, head: str) -> None:
    data = attributes_file(person(address="県" * length))
    assert data.hex().startswith(head)
    table = data.index(b"\xdf\x21") + 3
    offsets = [int.from_bytes(data[table + 2 * n : table + 2 * n + 2], "big") for n in range(4)]
    assert [data[at : at + 2].hex() for at in offsets] == ["df22", "df23", "df24", "df25"]


def test_personas_are_what_the_journeys_need() -> None:
    personas = load_personas()
    assert {"hanako", "lasttry", "locked", "child", "expired", "notyet", "revoked", "longaddress", "oldkanji"} <= set(
        personas
    )
    assert {"foreign", "android", "juki", "licence", "unknownbirth"} <= set(personas)
    hanako = personas["hanako"]
    assert (hanako.passwords.signing, hanako.passwords.pin, hanako.passwords.signing_tries) == ("KIOSK2026", "1234", 5)
    assert set("髙﨑𠮷") <= set(personas["oldkanji"].person.name)


def test_replaced_characters_and_flags_fit_each_other() -> None:
    for name, persona in load_personas().items():
        wishes = persona.certificate
        for printed, certified, flags in (
            (persona.person and persona.person.name, wishes.name, wishes.name_flags),
            (persona.person and persona.person.address, wishes.address, wishes.address_flags),
        ):
            if flags:
                assert len(printed) == len(certified) == len(flags), name
                differing = "".join("01"[one != other] for one, other in zip(printed, certified, strict=True))
                assert differing == flags, name


@pytest.mark.parametrize(
    "text",
    [
        'title = "x"\ntypo = 1',
        'title = "x"\nkind = "cat"',
        'title = "x"',  # a My Number Card without a person
        'title = "x"\n[person]\nname = "A"\naddress = "B"\nbirth = "19700101"\nsex = "5"',
        "title = ",
    ],
)
def test_a_broken_file_is_named(tmp_path, text: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PersonaInvalid, match=r"broken\.toml"):
        load_persona(path)


def test_an_empty_folder_is_no_cast(tmp_path) -> None:
    with pytest.raises(PersonaInvalid):
        load_personas(tmp_path)
    assert load_personas(DEFAULT_FOLDER)
