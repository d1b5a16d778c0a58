"""CAdES-B-B (ETSI EN 319 122-1) over the manifest: the attributes that the card signs, and the CMS around them."""

# asn1crypto carries no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from kiosk.application.errors import ContainerFaulty, SignatureMismatch


def _attribute(kind: str, value: core.Asn1Value) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": (value,)})


def _certificate_reference(certificate_der: bytes) -> tsp.SigningCertificateV2:
    """Return the attribute that binds the signature to this very certificate (ESSCertIDv2, RFC 5035, SHA-256)."""
    certificate = asn1_x509.Certificate.load(certificate_der)
    issuer = asn1_x509.GeneralName("directory_name", certificate.issuer)
    reference = tsp.ESSCertIDv2(
        {
            "hash_algorithm": {"algorithm": "sha256"},
            "cert_hash": hashlib.sha256(certificate_der).digest(),
            "issuer_serial": {"issuer": [issuer], "serial_number": certificate.serial_number},
        }
    )
    return tsp.SigningCertificateV2({"certs": [reference]})


def signed_attributes(manifest: bytes, certificate_der: bytes, signing_time: datetime) -> bytes:
    """Return the DER SET OF signed attributes (RFC 5652 §5.3): exactly what the signature is over.

    `signing_time` is aware; fractions of a second are dropped.
    """
    moment = signing_time.astimezone(UTC).replace(microsecond=0)
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", cms.ContentType("data")),
            _attribute("message_digest", core.OctetString(hashlib.sha256(manifest).digest())),
            _attribute("signing_time", cms.Time({"utc_time": core.UTCTime(moment)})),
            _attribute("signing_certificate_v2", _certificate_reference(certificate_der)),
        ]
    )
    encoded: bytes = attributes.dump()
    return encoded


def digest_to_sign(attributes: bytes) -> bytes:
    """Return the 32 bytes that go into the card's DigestInfo."""
    return hashlib.sha256(attributes).digest()


def check_signature(certificate_der: bytes, attributes: bytes, signature: bytes) -> None:
    """Raise SignatureMismatch unless `signature` is the certificate's, over `attributes` (PKCS#1 v1.5, SHA-256)."""
    try:
        key = x509.load_der_x509_certificate(certificate_der).public_key()
    except (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm):
        raise SignatureMismatch from None
    if not isinstance(key, RSAPublicKey):
        raise SignatureMismatch
    try:
        key.verify(signature, attributes, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise SignatureMismatch from None


def cades(certificate_der: bytes, attributes: bytes, signature: bytes) -> bytes:
    """Return the detached CMS SignedData (DER) with the signer's certificate and nothing else."""
    certificate = asn1_x509.Certificate.load(certificate_der)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": certificate.issuer, "serial_number": certificate.serial_number}},
        "digest_algorithm": sha256,
        "signed_attrs": cms.CMSAttributes.load(attributes),
        "signature_algorithm": {"algorithm": "sha256_rsa"},
        "signature": signature,
    }
    signed = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [signer],
    }
    encoded: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return encoded


@dataclass(frozen=True, slots=True, repr=False)
class SignatureParts:
    """What a CMS made by `cades` was made of."""

    certificate_der: bytes
    attributes: bytes
    signature: bytes


def take_apart(cms_der: bytes) -> SignatureParts:
    """Return the parts of a CMS made by `cades`; raises ContainerFaulty for any other."""
    try:
        signed = cms.ContentInfo.load(cms_der, strict=True)["content"]
        signer = signed["signer_infos"][0]
        parts = SignatureParts(
            certificate_der=signed["certificates"][0].chosen.dump(),
            attributes=signer["signed_attrs"].untag().dump(),
            signature=signer["signature"].native,
        )
        again = cades(parts.certificate_der, parts.attributes, parts.signature)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise ContainerFaulty("signature structure") from None
    if again != cms_der:
        raise ContainerFaulty("signature structure")
    return parts


def stated_time(attributes: bytes) -> datetime:
    """Return the signing time that the attributes claim."""
    for attribute in cms.CMSAttributes.load(attributes):
        if attribute["type"].native == "signing_time":
            moment: datetime = attribute["values"][0].native
            return moment
    raise ContainerFaulty("signing time")
