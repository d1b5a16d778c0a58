"""The list of what was signed: an ASiCManifest (ETSI EN 319 162-1, annex A.4) with a SHA-256 for every entry."""

from __future__ import annotations

import base64
import binascii
import hashlib
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


def _fault(rule: str) -> Refused:
    return Refused(Code.CONTAINER_INVALID, rule)


def _parse(xml: bytes) -> ET.Element:
    if b"<!" in xml:
        raise _fault("manifest declarations")
    try:
        root = ET.fromstring(xml)  # noqa: S314 - a document type, and with it every entity, is refused before
    except (ET.ParseError, ValueError, LookupError):
        raise _fault("manifest syntax") from None
    if root.tag != f"{_ASIC}ASiCManifest":
        raise _fault("manifest root")
    return root


def _digest(reference: ET.Element) -> bytes:
    if [child.tag for child in reference] != [f"{_DS}DigestMethod", f"{_DS}DigestValue"]:
        raise _fault("manifest reference")
    if reference[0].get("Algorithm") != _SHA256:
        raise _fault("manifest digest method")
    try:
        return base64.b64decode((reference[1].text or "").strip(), validate=True)
    except binascii.Error:
        raise _fault("manifest digest") from None


def check_manifest(xml: bytes, signature_name: str, entries: Iterable[tuple[str, bytes]]) -> None:
    """Raise Refused unless the manifest names the signature and exactly these entries with their digests."""
    root = _parse(xml)
    signatures = root.findall(f"{_ASIC}SigReference")
    references = root.findall(f"{_ASIC}DataObjectReference")
    if len(signatures) != 1 or len(root) != 1 + len(references):
        raise _fault("manifest content")
    if signatures[0].get("URI") != signature_name:
        raise _fault("manifest signature")
    stated = [(reference.get("URI"), _digest(reference)) for reference in references]
    if stated != [(name, hashlib.sha256(data).digest()) for name, data in entries]:
        raise _fault("manifest digests")
