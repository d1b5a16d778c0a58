"""JPKI-shaped certificates of a throw-away authority that names itself JPKI-EMU and can be taken for no real one.

The profile follows what is published second hand about the real certificates; where even that is unsure (criticality of
the policies, the subject's CN) a persona can choose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID, ObjectIdentifier

from drivers.virtual.encode import tlv
from drivers.virtual.personas import era_code

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

    from drivers.virtual.personas import Certificate, Person

ORGANISATION: Final = "JPKI-EMU"
SIGNING_UNIT: Final = "JPKI for digital signature"
AUTHENTICATION_UNIT: Final = "JPKI for user authentication"
AUTHENTICATION_POLICY: Final = "1.2.392.200149.8.5.1.2.30"  # a test policy; believed
_STATEMENT: Final = "http://www.invalid/jpki-emu/cps.html"
_ATTRIBUTES: Final = "1.2.392.200149.8.5.5"
_UTF8_STRING: Final = 0x0C
_CERTIFIED_SEX: Final = {"1": "1", "2": "2"}  # every other of ISO 5218's values is 3 in a certificate


@dataclass(frozen=True, slots=True)
class Authority:
    """One generation of a certification authority: its key and its self-signed certificate."""

    key: RSAPrivateKey
    certificate: x509.Certificate


def authority_name(unit: str) -> x509.Name:
    """Name an authority; all generations of one share it."""
    return _name(
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, ORGANISATION),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "Emulation without any legal effect"),
    )


def _name(*parts: tuple[ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _japanese_name(unit: str) -> x509.GeneralName:
    purpose = "署名用" if unit == SIGNING_UNIT else "利用者証明用"
    parts = (
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, "公的個人認証サービス（模擬）"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, f"公的個人認証サービス{purpose}（模擬）"),
    )
    return x509.DirectoryName(_name(*parts))


def _point(name: x509.Name) -> x509.CRLDistributionPoints:
    """Point to a directory entry, not to a URL: nothing can be fetched from it."""
    return x509.CRLDistributionPoints([x509.DistributionPoint([x509.DirectoryName(name)], None, None, None)])


def _usage(**used: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: used.get(name, False) for name in names})


def issue_authority(key: RSAPrivateKey, unit: str, serial: int, begins: datetime, ends: datetime) -> Authority:
    """Issue the self-signed certificate of one generation."""
    name = authority_name(unit)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_japanese_name(unit)]), critical=False)
        .add_extension(_point(name), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(key, certificate)


def certified_attributes(person: Person, wishes: Certificate) -> x509.SubjectAlternativeName:
    """The holder's attributes as otherNames, in the order in which real certificates have them."""
    name, address = wishes.name or person.name, wishes.address or person.address
    values = (
        (1, name),
        (4, f"{era_code(person.birth)}{person.birth}"),
        (3, _CERTIFIED_SEX.get(person.sex, "3")),
        (5, address),
        (2, wishes.name_flags or "0" * len(name)),
        (6, wishes.address_flags or "0" * len(address)),
    )
    return x509.SubjectAlternativeName(
        [
            x509.OtherName(ObjectIdentifier(f"{_ATTRIBUTES}.{suffix}"), tlv(_UTF8_STRING, value.encode()))
            for suffix, value in values
        ]
    )


def issue_signing(
    issuer: Authority,
    key: RSAPublicKey,
    person: Person,
    wishes: Certificate,
    serial: int,
    span: tuple[datetime, datetime],
) -> x509.Certificate:
    """Issue a 署名用電子証明書; its subject never names the person, its alternative name does."""
    city = (
        (NameOID.LOCALITY_NAME, wishes.prefecture),
        (NameOID.LOCALITY_NAME, wishes.municipality),
    )
    subject = _name(
        (NameOID.COUNTRY_NAME, "JP"), *city, (NameOID.COMMON_NAME, f"{span[0]:%Y%m%d%H%M%S}EMU{serial:08X}")
    )
    point = _name(
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, ORGANISATION),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, SIGNING_UNIT),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "CRL Distribution Points"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, wishes.prefecture),
        (NameOID.COMMON_NAME, f"{wishes.municipality} CRLDP"),
    )
    return (
        _leaf(issuer, key, subject, serial, span)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(certified_attributes(person, wishes), critical=False)
        .add_extension(x509.IssuerAlternativeName([_japanese_name(SIGNING_UNIT)]), critical=False)
        .add_extension(_point(point), critical=False)
        .add_extension(_policy(wishes.policy), critical=wishes.policy_critical)
        .sign(issuer.key, hashes.SHA256())
    )


def issue_authentication(
    issuer: Authority, key: RSAPublicKey, serial: int, span: tuple[datetime, datetime]
) -> x509.Certificate:
    """Issue a 利用者証明用電子証明書: anonymous, and of no use to the kiosk."""
    subject = _name((NameOID.COUNTRY_NAME, "JP"), (NameOID.COMMON_NAME, f"EMU{serial:08X}"))
    return (
        _leaf(issuer, key, subject, serial, span)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.IssuerAlternativeName([_japanese_name(AUTHENTICATION_UNIT)]), critical=False)
        .add_extension(_point(authority_name(AUTHENTICATION_UNIT)), critical=False)
        .add_extension(_policy(AUTHENTICATION_POLICY), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )


def _policy(oid: str) -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier(oid), [_STATEMENT])])


def _leaf(
    issuer: Authority, key: RSAPublicKey, subject: x509.Name, serial: int, span: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    own = issuer.certificate
    identifier = x509.AuthorityKeyIdentifier(
        own.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest,
        [x509.DirectoryName(own.subject)],
        own.serial_number,
    )
    return (
        x509.CertificateBuilder(issuer_name=own.subject, subject_name=subject)
        .public_key(key)
        .serial_number(serial)
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(identifier, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def revocation_list(
    issuer: Authority, revoked: list[int], number: int, span: tuple[datetime, datetime]
) -> x509.CertificateRevocationList:
    """Sign the list of revoked serials; `span` is this and the next update."""
    identifier = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(span[0])
        .next_update(span[1])
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for serial in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(span[0])
        entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.affiliation_changed), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256())
