"""Whose certificates may sign: the anchors, and the rules of a 署名用電子証明書 that path validation does not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID, SignatureAlgorithmOID

from city.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

# Emulators and J-LIS's test cards: O=JPKI-EMU, O=JPKI-TEST; the real authority is O=JPKI.
_DEMO_PREFIX = "JPKI-"


def is_demo(authority: x509.Certificate) -> bool:
    """Tell whether this authority issues certificates of invented people."""
    names = authority.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return any(str(name.value).startswith(_DEMO_PREFIX) for name in names)


def _read_anchors(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        raise FileUnusable(path, "certificates (PEM)") from None


def _extension(certificate: x509.Certificate, kind: type[x509.ExtensionType]) -> x509.ExtensionType | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def broken_rule(certificate: x509.Certificate, policies: frozenset[str]) -> str | None:
    """Return which rule of the certificate profile is broken, or None.

    A certificate for logging in (利用者証明用) lacks nonRepudiation and has another policy, so it can never sign.
    """
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < 2048:
        return "key"
    if certificate.signature_algorithm_oid != SignatureAlgorithmOID.RSA_WITH_SHA256:
        return "algorithm"
    usage = _extension(certificate, x509.KeyUsage)
    if not isinstance(usage, x509.KeyUsage) or not usage.content_commitment or usage.key_cert_sign:
        return "key usage"
    constraints = _extension(certificate, x509.BasicConstraints)
    if isinstance(constraints, x509.BasicConstraints) and constraints.ca:
        return "authority"
    stated = _extension(certificate, x509.CertificatePolicies)
    if not isinstance(stated, x509.CertificatePolicies):
        return "policy"
    return None if policies & {item.policy_identifier.dotted_string for item in stated} else "policy"


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The anchors and the policies under which they issue signing certificates."""

    anchors: tuple[x509.Certificate, ...]
    policies: frozenset[str]

    @classmethod
    def load(cls, paths: Iterable[Path], policies: Iterable[str], *, allow_demo: bool) -> TrustStore:
        """Read the anchors; raises FileUnusable, also for a demonstration authority that is not allowed."""
        anchors: list[x509.Certificate] = []
        for path in paths:
            found = _read_anchors(path)
            if not allow_demo and any(is_demo(anchor) for anchor in found):
                raise FileUnusable(path, "no authority of test or emulated cards unless trust.allow_demo = true")
            anchors.extend(found)
        return cls(tuple(anchors), frozenset(policies))

    def issuer_of(self, certificate: x509.Certificate, at: datetime) -> x509.Certificate | None:
        """Return the anchor that signed the certificate; generations share one name, so the signature decides."""
        for anchor in self.anchors:
            if not anchor.not_valid_before_utc <= at <= anchor.not_valid_after_utc:
                continue
            try:
                certificate.verify_directly_issued_by(anchor)
            except (ValueError, TypeError, InvalidSignature):
                continue
            return anchor
        return None
