"""Signing as the journey does it, with a key in memory instead of a card."""

from __future__ import annotations

import functools

from application_authority import NOW, Leaf
from application_samples import a_residence_application
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import NoDigestInfo

from kiosk.application.container import build_container, entries_of
from kiosk.application.manifest import Entry, manifest_xml
from kiosk.application.signature import cades, digest_to_sign, signed_attributes

SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def card_signature(digest: bytes) -> bytes:
    """Return what the card's COMPUTE DIGITAL SIGNATURE gives for this digest's DigestInfo."""
    return Leaf().key.sign(SHA256_DIGEST_INFO + digest, PKCS1v15(), NoDigestInfo())


def signed_cms(entries: tuple[Entry, ...]) -> bytes:
    certificate = Leaf().der()
    attributes = signed_attributes(manifest_xml(entries), certificate, NOW)
    return cades(certificate, attributes, card_signature(digest_to_sign(attributes)))


def some_entries() -> tuple[Entry, ...]:
    picture = Entry("attachments/letter-1.jpg", b"\xff\xd8\xff\xe0 a picture")
    return entries_of(a_residence_application(), b"%PDF-1.7 a page\n", (picture,))


@functools.cache
def a_container() -> bytes:
    entries = some_entries()
    return build_container(entries, signed_cms(entries))
