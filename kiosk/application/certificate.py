"""Whether a citizen's certificate may carry this signature: explicit path validation, no revocation.

The library's own verifier refuses a critical certificatePolicies extension, and says nothing about policies; and
revocation data is given to the city only. So each rule stands here by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import ExtensionOID, SignatureAlgorithmOID

from kiosk.application.certified import CertifiedHolder, certified_holder
from kiosk.application.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    CertificateUnsuitable,
    CertificateUntrusted,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from kiosk.application.trust import TrustStore

# Digital signature policies: citizens' cards, J-LIS test cards.
SIGNING_POLICY = "1.2.392.200149.8.5.1.1.20"
TEST_SIGNING_POLICY = "1.2.392.200149.8.5.1.0.20"

_UNDERSTOOD = frozenset(
    {
        ExtensionOID.KEY_USAGE,
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.CERTIFICATE_POLICIES,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    }
)

_PARSE_ERRORS = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True, repr=False)
class SigningCertificate:
    """A certificate that may sign now, as far as the kiosk can know."""

    serial: int
    not_after: datetime
    attributes: CertifiedHolder

    def __repr__(self) -> str:
        return "<SigningCertificate>"


def _check_issuer(certificate: x509.Certificate, store: TrustStore, at: datetime) -> None:
    authority = store.issuer_of(certificate)
    if not authority.not_valid_before_utc <= at <= authority.not_valid_after_utc:
        raise CertificateUntrusted


def _check_dates(certificate: x509.Certificate, at: datetime) -> None:
    if at < certificate.not_valid_before_utc:
        raise CertificateNotYetValid
    if at > certificate.not_valid_after_utc:
        raise CertificateExpired


def _check_key(certificate: x509.Certificate) -> None:
    try:
        key = certificate.public_key()
    except _PARSE_ERRORS:
        raise CertificateUnsuitable("key") from None
    if not isinstance(key, RSAPublicKey) or key.key_size != 2048:
        raise CertificateUnsuitable("key")
    if certificate.signature_algorithm_oid != SignatureAlgorithmOID.RSA_WITH_SHA256:
        raise CertificateUnsuitable("algorithm")


def _check_usage(extensions: x509.Extensions) -> None:
    """Only a certificate for signatures: the one for logging in has no nonRepudiation."""
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        raise CertificateUnsuitable("key usage") from None
    if not usage.content_commitment:
        raise CertificateUnsuitable("key usage")


def _check_no_authority(extensions: x509.Extensions) -> None:
    try:
        constraints = extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return
    if constraints.ca:
        raise CertificateUnsuitable("authority")


def _check_policy(extensions: x509.Extensions, policies: AbstractSet[str]) -> None:
    try:
        stated = extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        raise CertificateUnsuitable("policy") from None
    if policies.isdisjoint(policy.policy_identifier.dotted_string for policy in stated):
        raise CertificateUnsuitable("policy")


def _check_critical(extensions: x509.Extensions) -> None:
    if any(extension.critical and extension.oid not in _UNDERSTOOD for extension in extensions):
        raise CertificateUnsuitable("critical extension")


def _loaded(der: bytes) -> tuple[x509.Certificate, x509.Extensions]:
    try:
        certificate = x509.load_der_x509_certificate(der)
        extensions = certificate.extensions
    except _PARSE_ERRORS:
        raise CertificateUnsuitable("structure") from None
    return certificate, extensions


def check_certificate(der: bytes, store: TrustStore, at: datetime, policies: AbstractSet[str]) -> SigningCertificate:
    """Return the certificate's facts when it may sign at `at` (aware), or raise a CertificateRefused.

    Checked in this order: structure, issuer by signature, dates, key, usage, no authority, policy, critical
    extensions, the four attributes. Whether it has been revoked is the city's to find out.
    """
    certificate, extensions = _loaded(der)
    _check_issuer(certificate, store, at)
    _check_dates(certificate, at)
    _check_key(certificate)
    _check_usage(extensions)
    _check_no_authority(extensions)
    _check_policy(extensions, policies)
    _check_critical(extensions)
    return SigningCertificate(certificate.serial_number, certificate.not_valid_after_utc, certified_holder(certificate))
