"""The application itself: what the citizen asks for, as dataclasses and as canonical JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import TypeAlias

import rfc8785

from kiosk.application.errors import DocumentUnfit

SPEC = "madoguchi/application/1"
JAPAN = timezone(timedelta(hours=9), "JST")

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


class Origin(StrEnum):
    """Where an answer comes from; `CORRECTED` was read from the card and then changed by the citizen.

    The value of a `PHOTOGRAPHED` answer is a list of digests: the n-th is that of `attachments/<field>-<n>.jpg`.
    """

    CARD = "card"
    TYPED = "typed"
    CORRECTED = "corrected"
    PHOTOGRAPHED = "photographed"


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One answer of the form: `value` for machines, `label` and `shown` as the citizen reads them."""

    field: str
    label: str
    value: Json
    shown: str
    origin: Origin

    def __repr__(self) -> str:
        return f"<Answer {self.field}>"


@dataclass(frozen=True, slots=True, repr=False)
class Application:
    """One application, complete: nothing is added between this and the signature but the page's digest.

    `created` is aware; digests are lower-case hex of SHA-256; `language` is the one the citizen was shown (BCP 47).
    """

    transaction_id: str
    form_id: str
    form_version: str
    form_sha256: str
    form_title: str
    receiver: str
    answers: tuple[Answer, ...]
    consent_id: str
    consent_sha256: str
    consent_text: str
    checklist: tuple[str, ...]
    language: str
    kiosk_id: str
    created: datetime
    clock_trusted: bool
    demo: bool
    catalogue_serial: int = 0  # of the catalogue that the form was taken from; 0: from none, under development

    def __repr__(self) -> str:
        return f"<Application {self.transaction_id}>"


def rfc3339(moment: datetime) -> str:
    """Return the moment in Japanese time with seconds, such as `2026-11-24T10:43:00+09:00`; naive ones are refused."""
    if moment.tzinfo is None:
        raise DocumentUnfit("a moment without its time zone")
    return moment.astimezone(JAPAN).isoformat(timespec="seconds")


def canonical(value: Json) -> bytes:
    """Return RFC 8785 canonical JSON; raises DocumentUnfit without the value that was at fault."""
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise DocumentUnfit(type(error).__name__) from None


def _answer_json(answer: Answer) -> Json:
    return {
        "field": answer.field,
        "label": answer.label,
        "value": answer.value,
        "shown": answer.shown,
        "origin": answer.origin.value,
    }


def application_json(app: Application, page_sha256: str) -> bytes:
    """Return `application.json`, canonical by RFC 8785, UTF-8; `spec` is "madoguchi/application/1".

    transaction_id  made once, before signing; also the Idempotency-Key
    kiosk           the kiosk's name, as in its client certificate
    created         RFC 3339 with seconds and +09:00
    clock_trusted   whether the kiosk's clock was synchronised then
    demo            true for a demonstration; such an application has no effect
    language        BCP 47 tag of the language shown
    receiver        who the application is addressed to
    form            {id, version, sha256, title}
    catalogue       {serial}; 0 under development, without a catalogue
    answers         [{field, label, value, shown, origin}] in the order of the page; origin is one of Origin
    consent         {id, sha256, text}
    checklist       [items the citizen confirmed]
    page            {name: "view.pdf", sha256}
    """
    return canonical(
        {
            "spec": SPEC,
            "transaction_id": app.transaction_id,
            "kiosk": app.kiosk_id,
            "created": rfc3339(app.created),
            "clock_trusted": app.clock_trusted,
            "demo": app.demo,
            "language": app.language,
            "receiver": app.receiver,
            "form": {
                "id": app.form_id,
                "version": app.form_version,
                "sha256": app.form_sha256,
                "title": app.form_title,
            },
            "catalogue": {"serial": app.catalogue_serial},
            "answers": [_answer_json(answer) for answer in app.answers],
            "consent": {"id": app.consent_id, "sha256": app.consent_sha256, "text": app.consent_text},
            "checklist": list(app.checklist),
            "page": {"name": "view.pdf", "sha256": page_sha256},
        }
    )
