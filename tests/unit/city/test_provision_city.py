"""Keys made on the spot: complete, private, usable, and never overwritten."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from city.errors import FileUnusable, ProvisionRefused
from city.provision import provision
from city.receipts.receipt import ReceiptKey
from city.verification.seal import Opener
from kiosk.application.envelope import CityKey
from kiosk.application.errors import TrustFileUnusable
from kiosk.application.receipt import ReceiptKey as KioskReceiptKey
from kiosk.catalogue.keys import CatalogueKeys

PRIVATE = [
    "city_ca.key",
    "city.key",
    "kiosk.key",
    "sealing.key",
    "receipt.key",
    "catalogue.key",
    "provision.key",
    "session.key",
]
PROGRAM = """
import sys
from pathlib import Path
from city.errors import CityError
from city.provision import provision
try:
    provision(Path(sys.argv[1]), "kiosk-demo", "鶴ヶ島市")
except CityError as error:
    sys.exit(str(error))
"""
PUBLIC = ["city_ca.pem", "city.pem", "kiosk.pem", "sealing.pub", "receipt.pub", "catalogue.pub", "provision.pub"]


@pytest.fixture
def made(tmp_path):
    provision(tmp_path / "trust", "kiosk-demo", "鶴ヶ島市")
    return tmp_path / "trust"


def certificate(path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_every_file_is_there_and_private_ones_are_private(made):
    assert sorted(path.name for path in made.iterdir()) == sorted(PRIVATE + PUBLIC)
    assert all(stat.S_IMODE((made / name).stat().st_mode) == 0o600 for name in PRIVATE)


def test_the_authority_vouches_for_server_and_kiosk_with_their_own_purpose(made):
    authority = certificate(made / "city_ca.pem")
    for name, common_name, purpose in (
        ("city.pem", "localhost", ExtendedKeyUsageOID.SERVER_AUTH),
        ("kiosk.pem", "kiosk-demo", ExtendedKeyUsageOID.CLIENT_AUTH),
    ):
        leaf = certificate(made / name)
        leaf.verify_directly_issued_by(authority)
        assert leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == common_name
        assert list(leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [purpose]


def test_both_halves_of_each_key_belong_together(made):
    assert CityKey.load(made / "sealing.pub").key_id in Opener.load([made / "sealing.key"]).keys
    assert KioskReceiptKey.load(made / "receipt.pub").key_id == ReceiptKey.load(made / "receipt.key").key_id


def test_each_key_has_one_purpose(made):
    receipt_key = KioskReceiptKey.load(made / "receipt.pub")
    assert CatalogueKeys.load([made / "catalogue.pub"], receipt_key).public
    with pytest.raises(TrustFileUnusable, match="another key"):
        CatalogueKeys.load([made / "receipt.pub"], receipt_key)
    for other in ("sealing.pub", "city.pem", "kiosk.key"):
        with pytest.raises(TrustFileUnusable, match="Ed25519"):
            CatalogueKeys.load([made / other], receipt_key)


def test_a_second_time_changes_nothing(made):
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    provision(made, "kiosk-demo", "鶴ヶ島市")
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before


def test_every_file_is_on_the_disk_before_it_has_its_name_and_keeps_it(told_calls, tmp_path):
    told = told_calls.run(PROGRAM, tmp_path, folder=tmp_path)
    assert told.ended.returncode == 0, told.ended.stderr
    steps = [told.calls[at : at + 3] for at in range(0, len(told.calls), 3)]
    assert sorted(steps) == sorted(
        [f"fsync {name}.part", f"rename {name}.part {name}", "fsync ."] for name in PRIVATE + PUBLIC
    )


@pytest.mark.parametrize("failing", range(3, 2 * len(PRIVATE + PUBLIC), 4))  # two fsyncs a file
def test_who_was_interrupted_between_two_halves_makes_the_rest_and_all_fit(told_calls, tmp_path, failing):
    stopped = told_calls.run(PROGRAM, tmp_path, folder=tmp_path, failing=failing).ended
    assert (stopped.returncode, "Traceback" in stopped.stderr) == (1, False), stopped.stderr
    assert f"{tmp_path}" in stopped.stderr
    provision(tmp_path, "kiosk-demo", "鶴ヶ島市")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PRIVATE + PUBLIC)
    for name in ("sealing", "receipt", "catalogue", "provision"):
        key = load_pem_private_key((tmp_path / f"{name}.key").read_bytes(), password=None)
        assert key.public_key() == load_pem_public_key((tmp_path / f"{name}.pub").read_bytes())
    for name in ("city_ca", "city", "kiosk"):
        key = load_pem_private_key((tmp_path / f"{name}.key").read_bytes(), password=None)
        assert key.public_key() == certificate(tmp_path / f"{name}.pem").public_key()
        certificate(tmp_path / f"{name}.pem").verify_directly_issued_by(certificate(tmp_path / "city_ca.pem"))


def test_a_key_whose_certificate_was_never_written_gets_one(made):
    (made / "city.key").write_bytes((made / "kiosk.key").read_bytes())
    provision(made, "kiosk-demo", "鶴ヶ島市")
    key = load_pem_private_key((made / "city.key").read_bytes(), password=None)
    assert key.public_key() == certificate(made / "city.pem").public_key()


def test_a_certificate_whose_key_is_kept_elsewhere_stays(made):
    (made / "kiosk.key").unlink()
    before = (made / "kiosk.pem").read_bytes()
    provision(made, "kiosk-demo", "鶴ヶ島市")
    assert (made / "kiosk.pem").read_bytes() == before


def test_a_place_where_nothing_can_be_written_is_named():
    with pytest.raises(FileUnusable, match="/proc/self/keys"):
        provision(Path("/proc/self/keys"), "kiosk-demo", "鶴ヶ島市")


def test_what_is_missing_is_made_again_under_the_same_authority(made):
    (made / "kiosk.pem").unlink()
    (made / "kiosk.key").unlink()
    provision(made, "kiosk-2", "鶴ヶ島市")
    certificate(made / "kiosk.pem").verify_directly_issued_by(certificate(made / "city_ca.pem"))


def test_certificates_about_to_run_out_are_renewed(made):
    before = certificate(made / "kiosk.pem")
    provision(made, "kiosk-demo", "鶴ヶ島市", now=datetime.now(UTC) + timedelta(days=340))
    after = certificate(made / "kiosk.pem")
    assert after.not_valid_after_utc > before.not_valid_after_utc


def test_another_kiosks_key_is_not_overwritten(made):
    before = (made / "kiosk.key").read_bytes()
    with pytest.raises(ProvisionRefused, match="kiosk-demo"):
        provision(made, "kiosk-2", "鶴ヶ島市")
    assert (made / "kiosk.key").read_bytes() == before


def test_an_authority_without_its_key_is_named(made):
    (made / "city_ca.key").unlink()
    with pytest.raises(FileUnusable, match=r"city_ca\.key"):
        provision(made, "kiosk-demo", "鶴ヶ島市")


def names_of(path):
    names = x509.load_pem_x509_certificate(path.read_bytes()).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    return {str(name.value) for name in names.value}


def test_the_citys_certificate_is_good_for_the_hosts_that_kiosks_use(tmp_path):
    provision(tmp_path, "kiosk-demo", "鶴ヶ島市", hosts=("shinsei.city.example", "10.0.2.2"))
    assert names_of(tmp_path / "city.pem") == {"localhost", "127.0.0.1", "shinsei.city.example", "10.0.2.2"}


def test_a_host_named_later_gets_the_city_a_new_certificate_under_the_same_authority(made):
    authority, kiosk, before = ((made / f"{name}.pem").read_bytes() for name in ("city_ca", "kiosk", "city"))
    provision(made, "kiosk-demo", "鶴ヶ島市", hosts=("shinsei.city.example",))
    assert (made / "city.pem").read_bytes() != before
    assert "shinsei.city.example" in names_of(made / "city.pem")
    assert (made / "city_ca.pem").read_bytes() == authority
    assert (made / "kiosk.pem").read_bytes() == kiosk
    after = (made / "city.pem").read_bytes()
    provision(made, "kiosk-demo", "鶴ヶ島市")
    assert (made / "city.pem").read_bytes() == after


def test_what_is_no_host_name_is_refused(tmp_path):
    with pytest.raises(ProvisionRefused, match="https://"):
        provision(tmp_path, "kiosk-demo", "鶴ヶ島市", hosts=("https://shinsei.city.example",))
