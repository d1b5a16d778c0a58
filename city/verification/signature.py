"""The signature over the manifest and the path of its certificate, by pyHanko."""

# asn1crypto carries no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.policy_decl import NonRevokedStatusAssertion
from pyhanko_certvalidator.registry import CertificateRegistry
from pyhanko_certvalidator.revinfo.manager import RevinfoManager

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

# Both write the certificate's subject into warnings and tracebacks: nothing of it may reach a log.
for _noisy in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL + 1)

_NEEDED_ATTRIBUTES = {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}
# AlgorithmIdentifiers as DER, since nothing signed binds these: SHA-256 with NULL or without, and for the signature
# sha256WithRSAEncryption or rsaEncryption, both with NULL (RFC 5754, RFC 8017).
_SHA256 = {bytes.fromhex("300d06096086480165030402010500"), bytes.fromhex("300b0609608648016503040201")}
_RSA = {bytes.fromhex("300d06092a864886f70d01010b0500"), bytes.fromhex("300d06092a864886f70d0101010500")}


class SignatureMalformed(ValueError):
    """Not a CAdES-B-B signature as the protocol describes it; the text names the rule."""


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """One CAdES-B-B signature, taken apart."""

    signed_data: cms.SignedData
    certificate: x509.Certificate
    claimed_time: datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """pyHanko's answer: digest, signature value, path; `sub_indication` is empty when the path is good."""

    intact: bool
    valid: bool
    path_good: bool
    sub_indication: str


def _signed_data(der: bytes) -> cms.SignedData:
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise SignatureMalformed("content type")
    signed: cms.SignedData = info["content"]
    return signed


def _only_signer(signed: cms.SignedData) -> cms.SignerInfo:
    if len(signed["signer_infos"]) != 1 or len(signed["certificates"]) != 1 or len(signed["crls"]):
        raise SignatureMalformed("one signer and one certificate")
    if signed["version"].native != "v1" or [each.dump() in _SHA256 for each in signed["digest_algorithms"]] != [True]:
        raise SignatureMalformed("version or digest algorithms")
    if signed["encap_content_info"]["content"].native is not None:
        raise SignatureMalformed("detached")
    signer: cms.SignerInfo = signed["signer_infos"][0]
    return signer


def _check_attributes(signer: cms.SignerInfo) -> None:
    kinds = [attribute["type"].native for attribute in signer["signed_attrs"]]
    if sorted(kinds) != sorted(_NEEDED_ATTRIBUTES) or len(signer["unsigned_attrs"]):
        raise SignatureMalformed("attributes")
    if signer["version"].native != "v1" or signer["digest_algorithm"].dump() not in _SHA256:
        raise SignatureMalformed("version or digest algorithm")
    if signer["signature_algorithm"].dump() not in _RSA:
        raise SignatureMalformed("signature algorithm")


def _claimed_time(signer: cms.SignerInfo) -> datetime:
    stated = next(item["values"] for item in signer["signed_attrs"] if item["type"].native == "signing_time")
    moment: datetime = stated[0].native
    return moment


def read_signature(der: bytes) -> Signature:
    """Take a detached CAdES-B-B signature apart; raises SignatureMalformed."""
    try:
        signed = _signed_data(der)
        signer = _only_signer(signed)
        _check_attributes(signer)
        certificate = _certificate(signed["certificates"][0].chosen.dump())
        _check_identifier(signer, certificate)
        return Signature(signed, certificate, _claimed_time(signer))
    except SignatureMalformed:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise SignatureMalformed("encoding") from None


def _check_identifier(signer: cms.SignerInfo, certificate: x509.Certificate) -> None:
    # Names compare without case elsewhere; the bytes that nothing signs must be the certificate's own.
    if signer["sid"].chosen["issuer"].dump() != certificate.issuer.public_bytes():
        raise SignatureMalformed("signer identifier")


def _certificate(der: bytes) -> x509.Certificate:
    """Load a certificate and read whatever is read of it later, so that nothing surprises then."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.public_key()
        _ = certificate.extensions, certificate.subject, certificate.issuer, certificate.signature_algorithm_oid
    except (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, UnsupportedAlgorithm):
        raise SignatureMalformed("certificate") from None
    return certificate


def _context(anchors: Iterable[x509.Certificate], certificate: x509.Certificate, at: datetime) -> ValidationContext:
    """Return a hard-fail context in which revocation of this one certificate is answered for elsewhere.

    The revocation source has its own row and four answers; hard-fail stays on for everything it does not speak about.
    """
    from_anchor = [asn1_x509.Certificate.load(anchor.public_bytes(Encoding.DER)) for anchor in anchors]
    leaf = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    registry, proofs = CertificateRegistry(), POEManager()
    answered = NonRevokedStatusAssertion(cert_sha256=leaf.sha256, at=at)
    manager = RevinfoManager(registry, proofs, crls=(), ocsps=(), assertions=(answered,))
    return ValidationContext(
        trust_roots=from_anchor,
        moment=at,
        allow_fetching=False,
        revocation_mode="hard-fail",
        revinfo_manager=manager,
        certificate_registry=registry,
        poe_manager=proofs,
    )


def check_signature(signature: Signature, content: bytes, anchors: Iterable[x509.Certificate], at: datetime) -> Checked:
    """Check digest, signature value and certificate path at that moment; raises SignatureMalformed."""
    try:
        # Nothing is fetched, so nothing is ever awaited; the loop is only pyHanko's way of being called.
        status = asyncio.run(
            async_validate_detached_cms(
                content,
                signature.signed_data,
                signer_validation_context=_context(anchors, signature.certificate, at),
                key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
            )
        )
    except SignatureValidationError:
        raise SignatureMalformed("structure") from None
    except (ValueError, TypeError, KeyError, PathError, ValidationError):
        raise SignatureMalformed("encoding") from None
    problem = status.trust_problem_indic
    return Checked(
        status.intact,
        status.valid,
        bool(status.trusted),
        "" if problem is None else str(getattr(problem, "name", "GENERIC")),
    )
