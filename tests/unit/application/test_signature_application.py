"""The CMS: byte for byte what pyHanko makes, and no signature but the certificate's own is taken."""

import asyncio

import pytest
from application_authority import NOW, Leaf, key_named
from application_signing import card_signature
from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.sign.signers.pdf_cms import CMSSignedAttributes, Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kiosk.application.errors import ContainerFaulty, SignatureMismatch
from kiosk.application.signature import (
    cades,
    check_signature,
    digest_to_sign,
    signed_attributes,
    stated_time,
    take_apart,
)

MANIFEST = b"<manifest/>"


class CardSigner(Signer):
    """pyHanko with the card as its signer."""

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        return card_signature(digest_to_sign(data))


def made_by_pyhanko(manifest, certificate_der):
    signer = CardSigner(
        signing_cert=asn1_x509.Certificate.load(certificate_der),
        cert_registry=SimpleCertificateStore(),
        signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
    )
    settings = CMSSignedAttributes(signing_time=NOW)
    making = signer.async_sign_general_data(
        manifest, "sha256", detached=True, use_cades=True, signed_attr_settings=settings
    )
    return asyncio.run(making).dump()


def made_here(manifest, certificate_der, moment=NOW):
    attributes = signed_attributes(manifest, certificate_der, moment)
    return cades(certificate_der, attributes, card_signature(digest_to_sign(attributes)))


def test_the_cms_is_byte_for_byte_what_pyhanko_makes():
    certificate = Leaf().der()
    assert made_here(MANIFEST, certificate) == made_by_pyhanko(MANIFEST, certificate)


def test_parts_come_out_as_they_went_in():
    certificate = Leaf().der()
    attributes = signed_attributes(MANIFEST, certificate, NOW)
    signature = card_signature(digest_to_sign(attributes))
    parts = take_apart(cades(certificate, attributes, signature))
    assert (parts.certificate_der, parts.attributes, parts.signature) == (certificate, attributes, signature)
    assert stated_time(parts.attributes) == NOW


def test_fractions_of_a_second_do_not_reach_the_signature():
    certificate = Leaf().der()
    assert made_here(MANIFEST, certificate, NOW.replace(microsecond=7)) == made_here(MANIFEST, certificate)


def test_the_attributes_bind_content_certificate_and_time():
    certificate, other = Leaf().der(), Leaf(policy=None).der()
    reference = signed_attributes(MANIFEST, certificate, NOW)
    assert signed_attributes(MANIFEST + b" ", certificate, NOW) != reference
    assert signed_attributes(MANIFEST, other, NOW) != reference
    assert signed_attributes(MANIFEST, certificate, NOW.replace(second=1)) != reference


def test_a_signature_by_another_key_over_other_bytes_or_cut_short_is_refused():
    certificate = Leaf().der()
    attributes = signed_attributes(MANIFEST, certificate, NOW)
    good = card_signature(digest_to_sign(attributes))
    check_signature(certificate, attributes, good)
    strangers = key_named("stranger").sign(attributes, PKCS1v15(), SHA256())
    for bad in (strangers, good[:-1], good + b"\0", b"", bytes(256)):
        with pytest.raises(SignatureMismatch):
            check_signature(certificate, attributes, bad)
    with pytest.raises(SignatureMismatch):
        check_signature(certificate, attributes + b"\0", good)


@pytest.mark.parametrize("broken", [b"", b"\x30\x00", b"\x30\x80\x00\x00", b"text"])
def test_other_bytes_are_no_cms(broken):
    with pytest.raises(ContainerFaulty):
        take_apart(broken)
