"""Making a city's keys on the spot: its authority, server and kiosk certificates, sealing, receipt and session keys."""

from __future__ import annotations

import ipaddress
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from city.durable import keep
from city.errors import FileUnusable, ProvisionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | Ed25519PrivateKey | X25519PrivateKey

_AUTHORITY_YEARS, _LEAF_YEARS = 10, 1
_RENEW = timedelta(days=30)
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)
_LOCAL = ("localhost", "127.0.0.1")


def _write(path: Path, data: bytes, mode: int) -> None:
    """Keep a file; raises FileUnusable where nothing can be written."""
    try:
        keep(path, data, mode)
    except OSError as error:
        raise FileUnusable(path, f"a place that can be written ({error.strerror})") from None


def _write_key(path: Path, key: PrivateKey) -> None:
    _write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)


def _write_public(path: Path, key: Ed25519PrivateKey | X25519PrivateKey) -> None:
    _write(path, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)


def _name(common_name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority that vouches for the city's server and its kiosks; nobody else trusts it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def make(cls, organisation: str, now: datetime) -> Authority:
        """Make a new one."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("Madoguchi City CA", organisation)
        usage = x509.KeyUsage(
            digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = _builder(name, name, key.public_key(), now, _AUTHORITY_YEARS)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(usage, critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        return cls(builder.sign(key, SHA256()), key)

    @classmethod
    def load(cls, directory: Path) -> Authority:
        """Read one made before; raises FileUnusable."""
        return cls.read(directory / "city_ca.pem", directory / "city_ca.key")

    @classmethod
    def read(cls, certificate_path: Path, path: Path) -> Authority:
        """Read one from its two files; raises FileUnusable."""
        certificate = _certificate(certificate_path)
        try:
            key = load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError):
            key = None
        if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey):
            raise FileUnusable(path, f"the key of the authority {certificate_path.name}")
        return cls(certificate, key)

    def issue(self, common_name: str, usage: ObjectIdentifier, names: list[x509.GeneralName], now: datetime) -> tuple[
        x509.Certificate, ec.EllipticCurvePrivateKey
    ]:  # fmt: skip
        """Return a certificate for one purpose, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self.certify(key.public_key(), common_name, usage, names, now), key

    def certify(
        self,
        key: ec.EllipticCurvePublicKey,
        common_name: str,
        usage: ObjectIdentifier,
        names: list[x509.GeneralName],
        now: datetime,
    ) -> x509.Certificate:
        """Return a certificate for one purpose, for a key that somebody else has made."""
        organisation = self.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
        subject = _name(common_name, str(organisation))
        builder = _builder(subject, self.certificate.subject, key, now, _LEAF_YEARS)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(issuer_key, critical=False)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self.key, SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * years))
    )


def _certificate(path: Path) -> x509.Certificate | None:
    """Return the certificate in a file, or None when there is none yet; raises FileUnusable for something else."""
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise FileUnusable(path, "a certificate (PEM)") from None


def _common_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _general_name(host: str) -> x509.GeneralName:
    """Return a host's name or address as a certificate has it; raises ProvisionRefused."""
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        if _HOST.fullmatch(host) is None:
            raise ProvisionRefused(f"{host}: a host name or an address was expected") from None
        return x509.DNSName(host.lower())


def _hosts(certificate: x509.Certificate) -> frozenset[x509.GeneralName]:
    """Return the names that a certificate is good for."""
    try:
        return frozenset(certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
    except x509.ExtensionNotFound:
        return frozenset()


def _of_another_key(certificate: x509.Certificate, path: Path) -> bool:
    """Whether a key lies there that is not the certificate's: its own certificate was never written."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:  # kept elsewhere
        return False
    except (OSError, ValueError):
        raise FileUnusable(path, f"the key of {path.stem}.pem") from None
    return key.public_key() != certificate.public_key()


def _issue_once(
    directory: Path,
    name: str,
    authority: Authority,
    common_name: str,
    usage: ObjectIdentifier,
    now: datetime,
    hosts: Sequence[x509.GeneralName] = (),
) -> None:
    """Issue `name.pem` and `name.key` unless a good one is there; raises ProvisionRefused for someone else's."""
    path = directory / f"{name}.pem"
    present = _certificate(path)
    if present is not None and _common_name(present) != common_name:
        raise ProvisionRefused(f"{path} is for {_common_name(present)}: move it away first")
    if (
        present is not None
        and present.not_valid_after_utc > now + _RENEW
        and present.issuer == authority.certificate.subject
        and _hosts(present).issuperset(hosts)
        and not _of_another_key(present, directory / f"{name}.key")
    ):
        return
    certificate, key = authority.issue(common_name, usage, list(hosts), now)
    _write_key(directory / f"{name}.key", key)
    _write(path, certificate.public_bytes(Encoding.PEM), 0o644)


def _make_pair(directory: Path, name: str, key: Ed25519PrivateKey | X25519PrivateKey) -> None:
    """Make both halves unless the private one is there: it comes last, so that none is ever without its other half."""
    if not (directory / f"{name}.key").exists():
        _write_public(directory / f"{name}.pub", key)
        _write_key(directory / f"{name}.key", key)


def provision(
    directory: Path, kiosk_id: str, organisation: str, now: datetime | None = None, hosts: Sequence[str] = ()
) -> None:
    """Make whatever is missing in the directory; what is there and good stays as it is.

    `hosts` are the names and addresses by which kiosks reach the city, beside localhost and 127.0.0.1.
    `city_ca.pem/.key` authority, `city.pem/.key` server, `kiosk.pem/.key` client certificate of the kiosk,
    `sealing.key/.pub` X25519, `receipt`, `provision` and `catalogue.key/.pub` Ed25519, `session.key`.
    Raises FileUnusable, ProvisionRefused.
    """
    moment = now or datetime.now(UTC)
    names = [_general_name(host) for host in dict.fromkeys((*_LOCAL, *hosts))]
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnusable(directory, f"a folder that can be made ({error.strerror})") from None
    if (directory / "city_ca.pem").exists():
        authority = Authority.load(directory)
    else:
        authority = Authority.make(organisation, moment)
        _write_key(directory / "city_ca.key", authority.key)
        _write(directory / "city_ca.pem", authority.certificate.public_bytes(Encoding.PEM), 0o644)
    _issue_once(directory, "city", authority, "localhost", ExtendedKeyUsageOID.SERVER_AUTH, moment, names)
    _issue_once(directory, "kiosk", authority, kiosk_id, ExtendedKeyUsageOID.CLIENT_AUTH, moment)
    _make_pair(directory, "sealing", X25519PrivateKey.generate())
    _make_pair(directory, "receipt", Ed25519PrivateKey.generate())
    _make_pair(directory, "provision", Ed25519PrivateKey.generate())
    _make_pair(directory, "catalogue", Ed25519PrivateKey.generate())
    if not (directory / "session.key").exists():
        _write(directory / "session.key", secrets.token_urlsafe(48).encode(), 0o600)
