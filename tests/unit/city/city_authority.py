"""A small JPKI-shaped authority for the city's tests: citizens with chosen faults, and revocation lists."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

POLICY = "1.2.392.200149.8.5.1.0.20"
LOGIN_POLICY = "1.2.392.200149.8.5.1.3.30"
ARC = "1.2.392.200149.8.5.5."


@functools.cache
def key_named(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def usage(**given: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: given.get(name, False) for name in names})


SIGNING = usage(digital_signature=True, content_commitment=True)
LOGIN = usage(digital_signature=True)


def other_name(number: int, text: str) -> x509.OtherName:
    raw = text.encode()
    length = bytes([len(raw)]) if len(raw) < 128 else b"\x81" + bytes([len(raw)])
    return x509.OtherName(ObjectIdentifier(f"{ARC}{number}"), b"\x0c" + length + raw)


@dataclass(frozen=True)
class Citizen:
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True)
class Authority:
    """One generation; every generation has the same name, as JPKI's have."""

    generation: str = "present"
    organisation: str = "JPKI-EMU"
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    days: tuple[int, int] = (-1000, 2000)

    @property
    def key(self) -> rsa.RSAPrivateKey:
        return key_named(f"authority {self.generation}")

    @property
    def name(self) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, self.organisation),
                x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "JPKI for digital signature"),
            ]
        )

    def _builder(self, subject, key, days) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now + timedelta(days=days[0]))
            .not_valid_after(self.now + timedelta(days=days[1]))
            .public_key(key.public_key())
        )

    @functools.cached_property
    def certificate(self) -> x509.Certificate:
        builder = self._builder(self.name, self.key, self.days)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
        builder = builder.add_extension(
            x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False
        )
        return builder.sign(self.key, SHA256())

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def citizen(
        self, *, days=(-100, 1500), key_usage=SIGNING, policy=POLICY, policy_critical=True, ca=None, extra=()
    ) -> Citizen:
        """Issue a signing certificate as jpki-card's profile has it."""
        key = key_named("citizen")
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "20261124103000123")])
        builder = self._builder(subject, key, days)
        if key_usage is not None:
            builder = builder.add_extension(key_usage, critical=True)
        if policy is not None:
            information = x509.PolicyInformation(ObjectIdentifier(policy), None)
            builder = builder.add_extension(x509.CertificatePolicies([information]), critical=policy_critical)
        if ca is not None:
            builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        names = [
            (1, "鶴ヶ島　花子"),
            (4, "319540401"),
            (3, "2"),
            (5, "埼玉県鶴ヶ島市富士見一丁目０番０号"),
            (2, "010000"),
        ]
        builder = builder.add_extension(
            x509.SubjectAlternativeName([other_name(number, text) for number, text in names]), critical=False
        )
        issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(issuer_key, critical=False)
        for oid, critical in extra:
            builder = builder.add_extension(
                x509.UnrecognizedExtension(ObjectIdentifier(oid), b"\x05\x00"), critical=critical
            )
        return Citizen(builder.sign(self.key, SHA256()), key)

    def revocation_list(self, revoked=(), *, hours=(-1, 24), since_days=-10, extension=None) -> bytes:
        """Return a CRL (PEM) of these citizens."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(self.now + timedelta(hours=hours[0]))
            .next_update(self.now + timedelta(hours=hours[1]))
        )
        for citizen in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(citizen.certificate.serial_number)
            entry = entry.revocation_date(self.now + timedelta(days=since_days))
            builder = builder.add_revoked_certificate(entry.build())
        if extension is not None:
            builder = builder.add_extension(extension, critical=True)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.PEM)
