"""The throw-away authority: profile, generations, dates, revocation, and what is left on the disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ExtensionOID, NameOID

from drivers.card.aids import JPKI
from drivers.virtual.authority import make_authority
from drivers.virtual.image import load_image
from drivers.virtual.personas import PersonaInvalid, load_personas


def certificate(folder, persona: str) -> x509.Certificate:
    image = load_image(folder / "cards" / f"{persona}.json")
    return x509.load_der_x509_certificate(next(a for a in image.applets if a.aid == JPKI).files[1].data)


@pytest.fixture(scope="module")
def roots(authority_folder):
    return x509.load_pem_x509_certificates((authority_folder / "sign_ca_all.pem").read_bytes())


def test_two_generations_under_one_name(authority_folder, roots) -> None:
    assert len(roots) == 2
    assert roots[0].subject == roots[1].subject == roots[0].issuer
    assert roots[0].public_key() != roots[1].public_key()
    assert roots[0].subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value == "JPKI-EMU"
    assert x509.load_pem_x509_certificate((authority_folder / "sign_ca.pem").read_bytes()) == roots[0]
    for root in roots:
        assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        with pytest.raises(x509.ExtensionNotFound):
            root.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)


@pytest.mark.parametrize(
    ("persona", "signers"), [("hanako", [0]), ("formerca", [1]), ("stranger", []), ("tampered", [])]
)
def test_who_issued_is_told_by_the_signature_alone(authority_folder, roots, persona: str, signers: list[int]) -> None:
    found = []
    for index, root in enumerate(roots):
        assert certificate(authority_folder, persona).issuer == root.subject
        try:
            certificate(authority_folder, persona).verify_directly_issued_by(root)
        except InvalidSignature:
            continue
        found.append(index)
    assert found == signers


def test_profile(authority_folder) -> None:
    leaf = certificate(authority_folder, "hanako")
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    policies = leaf.extensions.get_extension_for_class(x509.CertificatePolicies)
    assert [each.policy_identifier.dotted_string for each in policies.value] == ["1.2.392.200149.8.5.1.0.20"]
    assert not policies.critical
    assert (
        certificate(authority_folder, "oldkanji").extensions.get_extension_for_class(x509.CertificatePolicies).critical
    )
    point = leaf.extensions.get_extension_for_class(x509.CRLDistributionPoints).value[0]
    assert isinstance(point.full_name[0], x509.DirectoryName)
    assert leaf.extensions.get_extension_for_oid(ExtensionOID.ISSUER_ALTERNATIVE_NAME)
    assert "鶴ヶ島" not in leaf.subject.rfc4514_string()


def test_attributes_are_in_the_order_of_real_certificates(authority_folder) -> None:
    names = (
        certificate(authority_folder, "oldkanji").extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    )
    told = [(each.type_id.dotted_string.rpartition(".")[2], each.value[2:].decode()) for each in names]
    assert [suffix for suffix, _ in told] == ["1", "4", "3", "5", "2", "6"]
    assert dict(told)["1"] == "高崎　吉美"
    assert dict(told)["2"] == "11010"
    assert dict(told)["4"] == "319500314"


@pytest.mark.parametrize(("persona", "valid"), [("hanako", True), ("expired", False), ("notyet", False)])
def test_dates_count_from_the_making(authority_folder, persona: str, valid: bool) -> None:
    leaf, now = certificate(authority_folder, persona), datetime.now(UTC)
    assert (leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc) is valid
    assert leaf.not_valid_after_utc.strftime("%H:%M:%S") == "14:59:59"


def test_dates_count_in_japan(tmp_path) -> None:
    personas = {"hanako": load_personas()["hanako"]}
    make_authority(tmp_path, personas, datetime(2026, 1, 1, 16, 0, tzinfo=UTC))  # already the second in Japan
    expected = datetime(2026, 1, 2, 14, 59, 59, tzinfo=UTC) + timedelta(days=personas["hanako"].certificate.until_days)
    assert certificate(tmp_path, "hanako").not_valid_after_utc == expected


def test_the_revoked_are_listed_and_nobody_else(authority_folder, roots) -> None:
    crl = x509.load_pem_x509_crl((authority_folder / "crl.pem").read_bytes())
    assert crl.is_signature_valid(roots[0].public_key())
    assert [each.serial_number for each in crl] == [certificate(authority_folder, "revoked").serial_number]
    assert crl.next_update_utc > datetime.now(UTC)
    assert (authority_folder / "crl.pem").read_text(encoding="ascii").count("BEGIN X509 CRL") == 2


def test_cards_are_their_owner_s_and_no_authority_s_key_is_left(authority_folder) -> None:
    for path in (authority_folder / "cards").glob("*.json"):
        assert path.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in authority_folder.iterdir()} == {"cards", "crl.pem", "sign_ca.pem", "sign_ca_all.pem"}
    for name in ("crl.pem", "sign_ca.pem", "sign_ca_all.pem"):
        assert "PRIVATE" not in (authority_folder / name).read_text(encoding="ascii")


def test_an_image_that_cannot_be_read_is_named(tmp_path) -> None:
    broken = tmp_path / "x.json"
    broken.write_text("{", encoding="ascii")
    for path in (broken, tmp_path / "absent.json"):
        with pytest.raises(PersonaInvalid, match=path.name):
            load_image(path)
