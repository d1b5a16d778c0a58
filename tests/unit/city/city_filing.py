"""An application as a kiosk files it, made by the kiosk's own code, with chosen faults."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from sample_answers import ANSWERS

from kiosk.application.container import build_container
from kiosk.application.document import Answer, Application, Origin, application_json, canonical
from kiosk.application.manifest import Entry, manifest_xml
from kiosk.application.signature import cades, signed_attributes

if TYPE_CHECKING:
    from city_authority import Citizen

KIOSK = "kiosk-demo"
PAGE = b"%PDF-1.7\n% a page\n"
FORM_SHA256 = "ab" * 32


def an_application(transaction_id: str, **changes) -> Application:
    facts = {
        "transaction_id": transaction_id,
        "form_id": "juminhyo",
        "form_version": "1.0",
        "form_sha256": FORM_SHA256,
        "form_title": "住民票の写しの交付申請",
        "receiver": "鶴ヶ島市長",
        "answers": (
            Answer("name", "氏名", "鶴ヶ島　花子", "鶴ヶ島　花子", Origin.CARD),
            Answer("copies", "必要な通数", 1, "1通", Origin.TYPED),
        ),
        "consent_id": "consent-1",
        "consent_sha256": hashlib.sha256("上記のとおり申請します。".encode()).hexdigest(),
        "consent_text": "上記のとおり申請します。",
        "checklist": ("申請する本人です",),
        "language": "ja",
        "kiosk_id": KIOSK,
        "created": datetime.now(UTC),
        "clock_trusted": True,
        "demo": True,
    }
    return Application(**(facts | changes))


def filled(**changes) -> tuple[Answer, ...]:
    """Return the answers of 住民票の写し, complete, with some changed; None takes one away."""
    values = {name: value for name, value in (ANSWERS | changes).items() if value is not None}
    return tuple(Answer(name, name, value, str(value), Origin.TYPED) for name, value in values.items())


def document_of(application: Application, page_bytes: bytes = PAGE, **members) -> bytes:
    """Return `application.json`, with members replaced or added behind the kiosk's back."""
    raw = application_json(application, hashlib.sha256(page_bytes).hexdigest())
    return canonical(json.loads(raw) | members) if members else raw


def cms_over(manifest: bytes, citizen: Citizen, at: datetime | None = None) -> bytes:
    attributes = signed_attributes(manifest, citizen.der, at or datetime.now(UTC))
    return cades(citizen.der, attributes, citizen.key.sign(attributes, PKCS1v15(), SHA256()))


def container_of(document: bytes, citizen: Citizen, *, page: bytes = PAGE, attachments=(), at=None) -> bytes:
    entries = (Entry("application.json", document), Entry("view.pdf", page), *attachments)
    return build_container(entries, cms_over(manifest_xml(entries), citizen, at))


def a_container(citizen: Citizen, transaction_id: str = "txn-00000001", **changes) -> bytes:
    return container_of(document_of(an_application(transaction_id, **changes)), citizen)
