"""The authorities that this installation believes: several generations of one authority share one name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import NameOID

from kiosk.application.errors import CertificateUntrusted, TrustFileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# The organisation in the name of an authority tells demonstration and test cards from citizens' cards.
TEST_ORGANISATIONS = frozenset({"JPKI-EMU", "JPKI-TEST"})


def _is_test_authority(certificate: x509.Certificate) -> bool:
    names = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return any(name.value in TEST_ORGANISATIONS for name in names)


def _may_issue(certificate: x509.Certificate) -> bool:
    """Tell whether it is a self-signed authority: CA flag, keyCertSign, its own signature."""
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        certificate.verify_directly_issued_by(certificate)
    except (
        x509.ExtensionNotFound,
        x509.DuplicateExtension,
        ValueError,
        TypeError,
        InvalidSignature,
        UnsupportedAlgorithm,
    ):
        return False
    return constraints.ca and usage.key_cert_sign


def _authorities(path: Path) -> list[x509.Certificate]:
    try:
        data = path.read_bytes()
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except (OSError, ValueError):
        raise TrustFileUnusable(str(path), "certificates (PEM or DER)") from None


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The self-signed authorities that may have issued a citizen's certificate."""

    authorities: tuple[x509.Certificate, ...]

    @classmethod
    def load(cls, paths: Iterable[Path], *, allow_demo: bool = False) -> TrustStore:
        """Read PEM (one or many) or DER files; raises TrustFileUnusable.

        Authorities of demonstration and test cards (`O=JPKI-EMU`, `O=JPKI-TEST`) are refused unless `allow_demo`.
        """
        found: list[x509.Certificate] = []
        for path in paths:
            for certificate in _authorities(path):
                if not _may_issue(certificate):
                    raise TrustFileUnusable(str(path), "self-signed authorities only")
                if _is_test_authority(certificate) and not allow_demo:
                    raise TrustFileUnusable(str(path), "no authority of demonstration or test cards")
                found.append(certificate)
        return cls(tuple(found))

    def issuer_of(self, certificate: x509.Certificate) -> x509.Certificate:
        """Return the authority whose key signed the certificate; raises CertificateUntrusted.

        All generations have the same name: the library compares it, then the signature decides.
        """
        for authority in self.authorities:
            try:
                certificate.verify_directly_issued_by(authority)
            except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
                continue
            return authority
        raise CertificateUntrusted
