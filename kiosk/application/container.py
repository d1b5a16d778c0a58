"""The signed application as one file: ASiC-E (ETSI EN 319 162-1), a zip whose bytes are the same every time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.application.archive import pack, unpack
from kiosk.application.document import Application, application_json
from kiosk.application.errors import ContainerFaulty
from kiosk.application.manifest import (
    APPLICATION_NAME,
    MANIFEST_NAME,
    PAGE_NAME,
    SIGNATURE_NAME,
    Entry,
    manifest_xml,
)
from kiosk.application.signature import check_signature, signed_attributes, stated_time, take_apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MIMETYPE = b"application/vnd.etsi.asic-e+zip"


def entries_of(app: Application, page: bytes, attachments: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """Return everything that is to be signed, in the container's order: the document, the page shown, attachments."""
    document = application_json(app, hashlib.sha256(page).hexdigest())
    return (Entry(APPLICATION_NAME, document), Entry(PAGE_NAME, page), *attachments)


def build_container(entries: Sequence[Entry], signature_cms: bytes) -> bytes:
    """Return the container: `mimetype` first, then the entries, their manifest and its signature.

    Everything is stored, nothing compressed: the page is compressed already, and the bytes do not depend on a zlib.
    """
    named = ((entry.name, entry.data) for entry in entries)
    signature = (MANIFEST_NAME, manifest_xml(entries)), (SIGNATURE_NAME, signature_cms)
    return pack((("mimetype", MIMETYPE), *named, *signature))


@dataclass(frozen=True, slots=True, repr=False)
class Contents:
    """What a verified container holds."""

    entries: tuple[Entry, ...]
    certificate_der: bytes
    signing_time: datetime

    @property
    def document(self) -> bytes:
        """The canonical JSON."""
        return self.entries[0].data

    @property
    def page(self) -> bytes:
        """The PDF that was shown."""
        return self.entries[1].data


def _check_document(entries: Sequence[Entry]) -> None:
    """Check that the document and the page are there and that the document names this page."""
    if [entry.name for entry in entries[:2]] != [APPLICATION_NAME, PAGE_NAME]:
        raise ContainerFaulty("entries")
    try:
        stated = json.loads(entries[0].data)["page"]["sha256"]
    except (ValueError, KeyError, TypeError):
        raise ContainerFaulty("document") from None
    if stated != hashlib.sha256(entries[1].data).hexdigest():
        raise ContainerFaulty("page digest")


def verify_container(container: bytes) -> Contents:
    """Check a container made by this program, down to every byte, and return what it holds.

    The container is taken apart and made again from its parts: anything the signature does not bind (zip headers,
    order, padding) must come out the same. Raises ContainerFaulty or SignatureMismatch.
    """
    parts = tuple(Entry(name, data) for name, data in unpack(container))
    if len(parts) < 5:
        raise ContainerFaulty("entries")
    entries, cms_der = parts[1:-2], parts[-1].data
    _check_document(entries)
    if build_container(entries, cms_der) != container:
        raise ContainerFaulty("container bytes")
    signed = take_apart(cms_der)
    check_signature(signed.certificate_der, signed.attributes, signed.signature)
    moment = stated_time(signed.attributes)
    if signed_attributes(manifest_xml(entries), signed.certificate_der, moment) != signed.attributes:
        raise ContainerFaulty("signed attributes")
    return Contents(entries, signed.certificate_der, moment)
