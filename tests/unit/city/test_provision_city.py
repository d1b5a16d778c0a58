"""Keys made on the spot: complete, private, usable, and never overwritten."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
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
