"""The list of what is signed: an ASiCManifest (ETSI EN 319 162-1, annex A.4) with the SHA-256 of every entry."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.application.errors import ContainerFaulty

if TYPE_CHECKING:
    from collections.abc import Sequence

MANIFEST_NAME = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME = "META-INF/signature001.p7s"
APPLICATION_NAME = "application.json"
PAGE_NAME = "view.pdf"

_NAME = re.compile(r"application\.json|view\.pdf|attachments/[0-9A-Za-z_-]{1,64}\.(?:jpg|png|pdf)")
_MEDIA_TYPES = {"json": "application/json", "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    f'  <asic:SigReference URI="{SIGNATURE_NAME}" MimeType="application/pkcs7-signature"/>\n'
)
_REFERENCE = (
    '  <asic:DataObjectReference URI="{name}" MimeType="{media_type}">\n'
    '    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>\n'
    "    <ds:DigestValue>{digest}</ds:DigestValue>\n"
    "  </asic:DataObjectReference>\n"
)
_TAIL = "</asic:ASiCManifest>\n"


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One signed file of the container; its name is one of the fixed ones or `attachments/<plain name>.jpg|png|pdf`."""

    name: str
    data: bytes


def _reference(entry: Entry) -> str:
    if _NAME.fullmatch(entry.name) is None:
        raise ContainerFaulty("entry name")
    return _REFERENCE.format(
        name=entry.name,
        media_type=_MEDIA_TYPES[entry.name.rpartition(".")[2]],
        digest=base64.b64encode(hashlib.sha256(entry.data).digest()).decode(),
    )


def manifest_xml(entries: Sequence[Entry]) -> bytes:
    """Return the manifest of these entries, in their order; the same entries give the same bytes.

    Raises ContainerFaulty for a name that is not one of the container's, or comes twice.
    """
    if len({entry.name for entry in entries}) != len(entries):
        raise ContainerFaulty("entry twice")
    return (_HEAD + "".join(map(_reference, entries)) + _TAIL).encode()
