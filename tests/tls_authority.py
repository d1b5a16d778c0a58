"""Throw-away authorities and certificates for servers and clients of TLS on this machine."""

import datetime as dt
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class Authority:
    """One authority that issues certificates into a folder."""

    folder: Path
    name: str

    def __post_init__(self):
        self.folder.mkdir(exist_ok=True)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._build(
            _name(self.name), self.key.public_key(), x509.BasicConstraints(ca=True, path_length=0)
        )
        self.path = self.folder / "ca.pem"
        self.path.write_bytes(self.certificate.public_bytes(Encoding.PEM))

    def _build(self, subject, public, constraints, days=(-1, 30), names=(), *, loose=False):
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(self.name))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + dt.timedelta(days=days[0]))
            .not_valid_after(now + dt.timedelta(days=days[1]))
            .add_extension(constraints, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )
        if constraints.ca:
            uses = dict.fromkeys(USES, False) | {"key_cert_sign": True}
            builder = builder.add_extension(x509.KeyUsage(**uses), critical=True)
        if not loose:
            issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
            builder = builder.add_extension(issuer, critical=False)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def certify(self, name, public, *, days=(-1, 30)):
        """Return a client's certificate (PEM) for a key that it made itself."""
        constraints = x509.BasicConstraints(ca=False, path_length=None)
        return self._build(_name(name), public, constraints, days).public_bytes(Encoding.PEM)

    def issue(self, name, *, days=(-1, 60), address="127.0.0.1", loose=False):
        """Write NAME.pem and NAME.key, without its issuer's key identifier if `loose`; return both paths."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._build(
            _name(name),
            key.public_key(),
            x509.BasicConstraints(ca=False, path_length=None),
            days,
            [x509.IPAddress(ipaddress.ip_address(address))],
            loose=loose,
        )
        pem, secret = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        pem.write_bytes(certificate.public_bytes(Encoding.PEM))
        secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return pem, secret


IMPOSTORS = {  # certificates for 127.0.0.1 that must not be believed
    "of another authority with the same name": lambda right, other: other.issue("impostor"),
    "signed by itself": lambda right, other: (other.path, _key(other)),
    "expired": lambda right, other: right.issue("expired", days=(-9, -1)),
    "not yet valid": lambda right, other: right.issue("future", days=(1, 9)),
    "of another machine": lambda right, other: right.issue("elsewhere", address="127.0.0.2"),
    "silent about its issuer's key": lambda right, other: right.issue("silent", loose=True),
}


def impostor(right, kind, folder):
    """Return certificate and key of a server that only looks like one of the authority `right`."""
    return IMPOSTORS[kind](right, Authority(folder / "impostor", right.name))


def _key(authority):
    path = authority.folder / "ca.key"
    path.write_bytes(authority.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path
