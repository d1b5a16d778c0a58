"""A small throw-away authority for these tests: two generations under one name, and certificates with chosen faults."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

NOW = datetime(2026, 11, 24, 1, 43, tzinfo=UTC)
TEST_POLICY = "1.2.392.200149.8.5.1.0.20"
ARC = "1.2.392.200149.8.5.5."

USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
LOGIN_USAGE = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
AUTHORITY_USAGE = x509.KeyUsage(False, False, False, False, False, True, True, False, False)


@functools.cache
def key_named(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return the same key for the same name within one run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def authority_name(organisation: str = "JPKI-EMU") -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "JPKI for digital signature"),
        ]
    )


@dataclass(frozen=True)
class Authority:
    generation: str = "first"
    organisation: str = "JPKI-EMU"
    starts: datetime = NOW - timedelta(days=1000)
    ends: datetime = NOW + timedelta(days=2650)

    @property
    def key(self) -> rsa.RSAPrivateKey:
        return key_named(f"authority {self.generation}")

    def certificate(self, *, ca: bool = True, usage: x509.KeyUsage = AUTHORITY_USAGE) -> x509.Certificate:
        name = authority_name(self.organisation)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .serial_number(1)
            .not_valid_before(self.starts)
            .not_valid_after(self.ends)
            .public_key(self.key.public_key())
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self.key, SHA256())
        )

    def pem(self) -> bytes:
        return self.certificate().public_bytes(Encoding.PEM)


HANAKO = {
    "1": "鶴ヶ島　花子",
    "4": "319540401",
    "3": "2",
    "5": "埼玉県鶴ヶ島市富士見一丁目０番０号",
    "2": "000000",
    "6": "0" * 17,
}


@dataclass(frozen=True)
class Leaf:
    """A citizen's certificate; every field may be made wrong by `replace`."""

    authority: Authority = field(default_factory=Authority)
    starts: datetime = NOW - timedelta(days=100)
    ends: datetime = NOW + timedelta(days=1500)
    usage: x509.KeyUsage | None = USAGE
    policy: str | None = TEST_POLICY
    policy_critical: bool = True
    names: tuple[tuple[str, str], ...] = tuple(HANAKO.items())
    ca: bool | None = None
    bits: int = 2048
    digest: object = field(default_factory=SHA256)
    extra: tuple[tuple[str, bool], ...] = ()

    @property
    def key(self) -> rsa.RSAPrivateKey:
        return key_named("citizen", self.bits)

    def changed(self, **changes: object) -> Leaf:
        return replace(self, **changes)

    def named(self, **names: str | None) -> Leaf:
        """Return it with otherNames changed or, by None, left out; keys are the arc's last numbers after `n`."""
        all_names = dict(self.names) | {key[1:]: value for key, value in names.items()}
        return replace(self, names=tuple((key, value) for key, value in all_names.items() if value is not None))

    def der(self) -> bytes:
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "20261124000000")]))
            .issuer_name(authority_name(self.authority.organisation))
            .serial_number(0x123456)
            .not_valid_before(self.starts)
            .not_valid_after(self.ends)
            .public_key(self.key.public_key())
        )
        for extension, critical in self._extensions():
            builder = builder.add_extension(extension, critical)
        return builder.sign(self.authority.key, self.digest).public_bytes(Encoding.DER)

    def _extensions(self):
        if self.usage is not None:
            yield self.usage, True
        if self.policy is not None:
            information = x509.PolicyInformation(ObjectIdentifier(self.policy), None)
            yield x509.CertificatePolicies([information]), self.policy_critical
        if self.names:
            yield x509.SubjectAlternativeName([other_name(key, value) for key, value in self.names]), False
        if self.ca is not None:
            yield x509.BasicConstraints(ca=self.ca, path_length=None), True
        for oid, critical in self.extra:
            yield x509.UnrecognizedExtension(ObjectIdentifier(oid), b"\x05\x00"), critical


def other_name(number: str, value: str) -> x509.OtherName:
    text = value.encode()
    length = bytes([len(text)]) if len(text) < 128 else b"\x82" + len(text).to_bytes(2, "big")
    return x509.OtherName(ObjectIdentifier(ARC + number), b"\x0c" + length + text)
