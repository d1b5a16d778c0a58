"""`application.json` as the city reads it: canonical (RFC 8785), every member known, nothing missing."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - msgspec resolves the annotation at run time
from typing import Annotated, Any, Literal

import msgspec
import rfc8785
from msgspec import Meta, Struct

from city.verification.refusal import Code, Refused

Text = Annotated[str, Meta(max_length=4000)]
Short = Annotated[str, Meta(min_length=1, max_length=200)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One object of the document."""


class Form(Part, frozen=True):
    """Which form, in which version."""

    id: Short
    version: Short
    sha256: Digest
    title: Short


class Answer(Part, frozen=True):
    """One answer: `value` for machines, `label` and `shown` as the citizen read them."""

    field: Short
    label: Text
    value: Any
    shown: Text
    origin: Literal["card", "typed", "corrected", "photographed"]

    def __repr__(self) -> str:
        return f"<Answer {self.field}>"


class Consent(Part, frozen=True):
    """The words agreed to."""

    id: Short
    sha256: Digest
    text: Text


class Catalogue(Part, frozen=True):
    """Which catalogue the form was taken from; 0: from none, by a kiosk under development."""

    serial: Annotated[int, Meta(ge=0, lt=10**12)]


class Page(Part, frozen=True):
    """The page that was shown."""

    name: Literal["view.pdf"]
    sha256: Digest


class Document(Part, frozen=True):
    """The whole document."""

    spec: Literal["madoguchi/application/1"]
    transaction_id: Short
    kiosk: Short
    created: datetime
    clock_trusted: bool
    demo: bool
    language: Short
    receiver: Short
    form: Form
    catalogue: Catalogue
    answers: tuple[Answer, ...]
    consent: Consent
    checklist: tuple[Text, ...]
    page: Page

    def __repr__(self) -> str:
        return f"<Document {self.transaction_id}>"


def _canonical(value: Any) -> bytes:
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:
        raise Refused(Code.CONTAINER_INVALID, "document canonical form") from None


def read_document(raw: bytes) -> Document:
    """Return the document; raises Refused, naming the member at fault but never what it holds."""
    try:
        value = msgspec.json.decode(raw)
        document = msgspec.convert(value, Document)
    except msgspec.ValidationError as error:
        where = str(error).rpartition(" - at ")[2].strip("`")
        raise Refused(Code.CONTAINER_INVALID, f"document {where}") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise Refused(Code.CONTAINER_INVALID, "document syntax") from None
    if _canonical(value) != raw:
        raise Refused(Code.CONTAINER_INVALID, "document canonical form")
    if document.created.tzinfo is None:
        raise Refused(Code.CONTAINER_INVALID, "document $.created")
    return document
