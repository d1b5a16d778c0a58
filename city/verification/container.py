"""The container as a whole: ASiC-E (ETSI EN 319 162-1) with exactly the entries the protocol names."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from city.verification.archive import take_apart
from city.verification.document import Document, read_document
from city.verification.manifest import check_manifest
from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from city.config import Limits

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
APPLICATION_NAME = "application.json"
PAGE_NAME = "view.pdf"
MANIFEST_NAME = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME = "META-INF/signature001.p7s"
_ATTACHMENT = re.compile(r"attachments/[0-9A-Za-z_-]{1,64}\.(?:jpg|png|pdf)")
_SMALL = 64 * 1024  # manifest and signature are a few kB


@dataclass(frozen=True, slots=True, repr=False)
class Container:
    """What a container holds once its shape is right; the signature is not checked yet."""

    document: Document
    page: bytes
    attachments: tuple[tuple[str, bytes], ...]
    manifest: bytes
    signature: bytes


def _fault(rule: str) -> Refused:
    return Refused(Code.CONTAINER_INVALID, rule)


def _check_names(names: list[str]) -> None:
    head, tail = ["mimetype", APPLICATION_NAME, PAGE_NAME], [MANIFEST_NAME, SIGNATURE_NAME]
    if names[:3] != head or names[-2:] != tail or len(names) < len(head) + len(tail):
        raise _fault("entries")
    if not all(_ATTACHMENT.fullmatch(name) for name in names[3:-2]):
        raise _fault("attachment name")


def _largest(limits: Limits, name: str) -> int:
    sizes = {APPLICATION_NAME: limits.document, PAGE_NAME: limits.page, "mimetype": len(MIMETYPE)}
    return limits.attachment if name.startswith("attachments/") else sizes.get(name, _SMALL)


def read_container(packed: bytes, limits: Limits) -> Container:
    """Return what the container holds; raises Refused for anything that is not as docs/protocol.md says."""
    entries = take_apart(packed, lambda name: _largest(limits, name))
    _check_names([name for name, _ in entries])
    data = dict(entries)
    if data["mimetype"] != MIMETYPE:
        raise _fault("mimetype")
    check_manifest(data[MANIFEST_NAME], SIGNATURE_NAME, entries[1:-2])
    document = read_document(data[APPLICATION_NAME])
    page = data[PAGE_NAME]
    if not page.startswith(b"%PDF-") or hashlib.sha256(page).hexdigest() != document.page.sha256:
        raise _fault("page")
    return Container(document, page, tuple(entries[3:-2]), data[MANIFEST_NAME], data[SIGNATURE_NAME])
