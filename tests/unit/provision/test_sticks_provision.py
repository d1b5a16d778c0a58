"""A stick is checked whole before anything is applied: each bad one has its code, and the last good one stays."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provision_desk import NOW, Desk, fresh_machine, put_in, tried

from city.provision import provision
from kiosk.config import load
from kiosk.provision.applying import applied_serial, check
from kiosk.provision.errors import Fault, StickRefused
from kiosk.provision.sealed_file import LARGEST, MAGIC, NAME, SIGNATURE, read_file, signed_file
from kiosk.provision.statement import read_statement


def refused(machine, packed: bytes, fault: Fault, now=NOW + timedelta(hours=1), **told: str) -> StickRefused:
    with pytest.raises(StickRefused) as caught:
        tried(machine, packed, now)
    assert caught.value.fault is fault, caught.value
    for name, expected in told.items():
        assert expected in getattr(caught.value, name), (name, caught.value)
    return caught.value


def test_a_good_stick_becomes_the_configuration_that_the_programs_read(desk: Desk, machine) -> None:
    put_in(machine, desk.stick(settings={"hours": {"sunday": []}, "city": {"url": "https://192.0.2.8:8443"}}))
    config = load(machine.root / "kiosk.toml")
    assert (config.kiosk.id, config.city.url, config.hours.sunday) == ("kiosk-01", "https://192.0.2.8:8443", ())
    assert config.city.ca.read_bytes() == (desk.folder / "city_ca.pem").read_bytes()
    assert config.city.client_key == machine.identity / "kiosk.pem"
    assert Path(config.city.enrolment).is_file()
    network = (machine.root / "current/network/10-madoguchi.network").read_text()
    assert "Address=192.0.2.20/24\nGateway=192.0.2.1\nDNS=192.0.2.53\n" in network
    assert (machine.root / "current/network/city").read_text() == "192.0.2.8\n"
    assert (
        (machine.root / "current/network/courier.conf")
        .read_text()
        .endswith("[Service]\nIPAddressAllow=192.0.2.8\nIPAddressAllow=192.0.2.53\n")
    )


def test_the_authority_of_updates_lies_where_updates_are_checked_by_it(desk: Desk, machine) -> None:
    given = desk.description()["files"] | {"update_ca": "city_ca.pem"}  # any authority
    put_in(machine, desk.stick(serial=3, files=given))
    place = machine.root / "trust/update_ca.pem"
    assert place.read_bytes() == (desk.folder / "city_ca.pem").read_bytes()
    put_in(machine, desk.stick(serial=4))
    assert not place.exists(), "a stick without one: no updates"


def test_a_stick_takes_the_place_of_an_authority_put_there_by_hand_and_leaves_it_otherwise(desk: Desk, machine) -> None:
    place = machine.root / "trust/update_ca.pem"
    place.parent.mkdir()
    place.write_text("by hand")
    put_in(machine, desk.stick(serial=3))
    assert place.read_text() == "by hand"
    put_in(machine, desk.stick(serial=4, files=desk.description()["files"] | {"update_ca": "city_ca.pem"}))
    assert place.read_bytes() == (desk.folder / "city_ca.pem").read_bytes()


def test_updates_are_not_entrusted_to_what_is_no_authority(desk: Desk, machine) -> None:
    given = desk.description()["files"] | {"update_ca": "sealing.pub"}
    refused(machine, desk.stick(files=given), Fault.FILES, file="update_ca.pem", expected="authority")


def test_nothing_secret_of_the_kiosk_is_on_a_stick(desk: Desk) -> None:
    assert b"PRIVATE KEY" not in desk.stick()
    with pytest.raises(StickRefused) as caught:
        tried(fresh_machine(desk, desk.folder / "m"), desk.signed(files=desk_files(desk) | {"kiosk_key": "x"}))
    assert caught.value.fault is Fault.STATEMENT


def desk_files(desk: Desk) -> dict[str, str]:
    names = desk.description()["files"]
    return {name: (desk.folder / path).read_text() for name, path in names.items()}


def test_a_newer_stick_takes_the_place_of_the_older(desk: Desk, machine) -> None:
    put_in(machine, desk.stick(serial=3))
    put_in(machine, desk.stick(serial=4, settings={"kiosk": {"name": "申請機 04"}}))
    assert applied_serial(machine.root) == 4
    assert load(machine.root / "kiosk.toml").kiosk.name == "申請機 04"


def test_only_a_few_former_ones_are_kept(desk: Desk, machine) -> None:
    for serial in range(1, 7):
        put_in(machine, desk.stick(serial=serial))
    assert sorted(int(path.name) for path in (machine.root / "generations").iterdir()) == [4, 5, 6]


def test_the_same_stick_again_changes_nothing(desk: Desk, machine) -> None:
    packed = desk.stick()
    put_in(machine, packed)
    before = (machine.root / "current/kiosk.toml").stat().st_ino
    assert put_in(machine, packed).again
    assert (machine.root / "current/kiosk.toml").stat().st_ino == before


@pytest.mark.parametrize("place", [0, 21, 22, 85, 86, 1000, -1])
def test_a_flipped_bit_anywhere(desk: Desk, machine, place: int) -> None:
    packed = bytearray(desk.stick())
    packed[place] ^= 1
    refused(machine, bytes(packed), Fault.FORMAT if 0 <= place < len(MAGIC) else Fault.SIGNATURE)


@pytest.mark.parametrize("left", [0, 10, 22, 86, 87, 2000, -1])
def test_a_stick_that_was_cut_off(desk: Desk, machine, left: int) -> None:
    packed = desk.stick()[:left]
    refused(machine, packed, Fault.FORMAT if 0 <= left <= len(MAGIC) + SIGNATURE else Fault.SIGNATURE)


def test_an_unsigned_one_and_one_by_a_foreign_key(desk: Desk, machine) -> None:
    statement = desk.stick()[len(MAGIC) + SIGNATURE :]
    refused(machine, MAGIC + bytes(SIGNATURE) + statement, Fault.SIGNATURE)
    refused(machine, statement, Fault.FORMAT)
    refused(machine, signed_file(statement, Ed25519PrivateKey.generate()), Fault.SIGNATURE)


def test_a_machine_without_a_key_of_its_city_takes_none(desk: Desk, machine) -> None:
    packed = desk.stick()
    (desk.folder / "provision.pub").unlink()
    refused(machine, packed, Fault.NO_KEY)
    (desk.folder / "provision.pub").write_text("nothing")
    refused(machine, packed, Fault.NO_KEY, expected="Ed25519")


def test_a_key_that_a_stick_brought_may_provision_from_then_on(desk: Desk, machine) -> None:
    other = Desk(desk.folder.parent / "other")
    provision(other.folder, "kiosk-01", "鶴ヶ島市")
    shutil.copy(desk.folder / "sign_ca.pem", other.folder)
    refused(machine, other.stick(serial=5), Fault.SIGNATURE)
    shutil.copy(other.folder / "provision.pub", desk.folder / "next.pub")
    put_in(machine, desk.stick(serial=4, files=desk.description()["files"] | {"provision": "next.pub"}))
    put_in(machine, other.stick(serial=5))
    assert applied_serial(machine.root) == 5


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"spec": "madoguchi/provision/2"}, "spec"),
        ({"serial": 0}, "serial"),
        ({"surplus": 1}, "surplus"),
        ({"kiosk": "Kiosk 01"}, "kiosk"),
        ({"expires": "2020-01-01T00:00:00+09:00"}, "expires"),
        ({"enrolment": {"url": "http://city", "code": "ABCD-EFGH-JKLM-NPQR"}}, "enrolment.url"),
        ({"enrolment": {"url": "https://city", "code": "1111"}}, "enrolment.code"),
        ({"network": {"address": "192.0.2.20"}}, "network.address"),
        ({"network": {"gateway": "192.0.2.1"}}, "network.gateway"),
        ({"network": {"dns": ["ns\nExecStart=/bin/sh"]}}, "network.dns"),
        ({"network": {"time": ["a b"]}}, "network.time"),
        ({"profile": "../x"}, "profile"),
    ],
)
def test_a_signed_statement_that_is_not_as_the_protocol_says(desk: Desk, machine, changes, key: str) -> None:
    told = refused(machine, desk.signed(**changes), Fault.STATEMENT)
    assert key in f"{told.key} {told.expected}"


def test_a_statement_that_is_not_canonical(desk: Desk, machine) -> None:
    statement = desk.stick()[len(MAGIC) + SIGNATURE :]
    refused(machine, desk.sign(statement + b"\n"), Fault.STATEMENT, expected="canonical")
    refused(machine, desk.sign(b"{" * 100_000), Fault.STATEMENT)


@pytest.mark.parametrize(
    ("settings", "key", "expected"),
    [
        ({"screen": {"width": "wide"}}, "screen.width", "int"),
        ({"screen": {"wdth": 800}}, "screen.wdth", "no such key"),
        ({"hours": {"monday": ["9-17"]}}, "hours.monday", "08:30"),
        ({"panel": {"factory": "rpi"}}, "panel.factory", "enum"),
        ({"panel": {"buzzer": 17}}, "panel.buzzer", "17 is panel.lamp_red"),
        ({"panel": {"power_button": 40}}, "panel.power_button", "0 to 27"),
        ({"kiosk": {"languages": ["ja", "xx"]}}, "kiosk.languages", "zh-Hans"),
        ({"journey": {"checklist": ["passport"]}}, "journey.checklist", "bare_card"),
        ({"city": {"ca": "/tmp/x"}}, "city.ca", "not among the settings"),
        ({"kiosk": {"id": "kiosk-02"}}, "kiosk.id", "not among the settings"),
        ({"kiosk": {"demo": False}}, "first_day.folder", "outside the demonstration"),
    ],
)  # fmt: skip
def test_a_wrong_key_of_the_configuration_is_named(desk: Desk, machine, settings, key: str, expected: str) -> None:
    refused(machine, desk.stick(settings=settings), Fault.CONFIGURATION, file=NAME, key=key, expected=expected)


def test_an_unknown_profile(desk: Desk, machine) -> None:
    refused(machine, desk.stick(profile="moon"), Fault.CONFIGURATION, file="moon.toml")


@pytest.mark.parametrize("name", ["city_ca", "sealing", "receipt", "catalogue", "sign_ca"])
def test_a_pin_that_is_none_is_named(desk: Desk, machine, name: str) -> None:
    (desk.folder / "wrong.pub").write_text((desk.folder / "kiosk.pem").read_text())
    files = desk.description()["files"] | {name: "wrong.pub"}
    refused(machine, desk.stick(files=files), Fault.FILES, file=name)


def test_the_receipts_key_cannot_publish_catalogues(desk: Desk, machine) -> None:
    files = desk.description()["files"] | {"catalogue": "receipt.pub"}
    refused(machine, desk.stick(files=files), Fault.FILES, file="catalogue.pub", expected="another key")


def test_authorities_of_test_cards_are_refused_in_service(desk: Desk, machine) -> None:
    settings = {"city": {"url": "https://192.0.2.8:8443"}, "panel": {"factory": "none"}}
    refused(machine, desk.stick(profile="hall", settings=settings), Fault.FILES, file="sign_ca.pem", expected="demon")


def test_an_older_one_and_a_reused_serial(desk: Desk, machine) -> None:
    put_in(machine, desk.stick(serial=3))
    refused(machine, desk.stick(serial=2), Fault.OLDER)
    refused(machine, desk.stick(serial=3, settings={"kiosk": {"name": "x"}}), Fault.SERIAL_REUSED)
    assert applied_serial(machine.root) == 3


def test_the_stick_of_another_kiosk_or_city(desk: Desk, machine) -> None:
    put_in(machine, desk.stick(serial=3))
    refused(machine, desk.stick(serial=4, kiosk="kiosk-02"), Fault.OTHER_KIOSK)
    refused(machine, desk.stick(serial=4, city="坂戸市"), Fault.OTHER_CITY)
    put_in(machine, desk.stick(serial=4, kiosk="kiosk-02", replaces="kiosk-01"))
    assert load(machine.root / "kiosk.toml").kiosk.id == "kiosk-02"


def test_a_stick_that_is_bound_to_a_board(desk: Desk, machine) -> None:
    bound = desk.stick(machine="10000000abcdef01")
    refused(machine, bound, Fault.OTHER_KIOSK)
    machine.board.write_bytes(b"10000000abcdef02\0")
    refused(machine, bound, Fault.OTHER_KIOSK)
    machine.board.write_bytes(b"10000000abcdef01\0")
    put_in(machine, bound)
    assert applied_serial(machine.root) > 0


def test_its_time_has_not_come_or_is_over(desk: Desk, machine) -> None:
    packed = desk.stick(days=2)
    refused(machine, packed, Fault.NOT_YET, NOW - timedelta(minutes=1))
    refused(machine, packed, Fault.EXPIRED, NOW + timedelta(days=2))
    assert not tried(machine, packed, NOW + timedelta(days=1)).again
    ends = read_statement(packed[len(MAGIC) + SIGNATURE :]).expires
    assert not tried(machine, packed, ends - timedelta(seconds=1)).again
    refused(machine, packed, Fault.EXPIRED, ends)


@pytest.mark.parametrize("days", [-10_000, 10_000])
def test_a_clock_that_cannot_be_right_does_not_judge_the_dates(desk: Desk, machine, days: int) -> None:
    """A board without a battery starts in the past; its first stick brings the time server's address."""
    checked = check(desk.stick(), machine, NOW + timedelta(days=days), clock_plausible=False)
    assert checked.config.kiosk.id == "kiosk-01"


def test_a_configuration_made_by_hand_is_not_laid_over(desk: Desk, machine) -> None:
    (machine.root / "kiosk.toml").write_text("[kiosk]\n")
    refused(machine, desk.stick(), Fault.HAND_MADE, file="kiosk.toml")
    assert (machine.root / "kiosk.toml").read_text() == "[kiosk]\n"


def test_a_refused_stick_leaves_nothing_behind(desk: Desk, machine) -> None:
    refused(machine, desk.stick(settings={"screen": {"wdth": 1}}), Fault.CONFIGURATION)
    assert list(machine.root.iterdir()) == []


# ---- the file on the stick ----------------------------------------------------------------------------------------


def not_taken(folder: Path, fault: Fault) -> None:
    with pytest.raises(StickRefused) as caught:
        read_file(folder / NAME)
    assert caught.value.fault is fault


def test_what_is_no_plain_file_of_a_sane_size_is_not_read(tmp_path: Path) -> None:
    not_taken(tmp_path, Fault.NO_FILE)
    (tmp_path / "secret").write_text("secret")
    (tmp_path / NAME).symlink_to("secret")
    not_taken(tmp_path, Fault.NOT_A_FILE)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    not_taken(tmp_path, Fault.NOT_A_FILE)
    (tmp_path / NAME).rmdir()
    os.mkfifo(tmp_path / NAME)
    not_taken(tmp_path, Fault.NOT_A_FILE)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).write_bytes(bytes(LARGEST + 1))
    not_taken(tmp_path, Fault.TOO_LARGE)
    (tmp_path / NAME).write_bytes(bytes(LARGEST))
    assert read_file(tmp_path / NAME) == bytes(LARGEST)
