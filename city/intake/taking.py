"""Taking in one application: a list of steps that reads from top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from city.intake.storage import NewApplication, find, note_refusal, store
from city.receipts.numbers import new_number
from city.receipts.receipt import Receipt
from city.verification.answers import check_answers
from city.verification.container import read_container
from city.verification.photographs import check_photographs
from city.verification.refusal import Code, Refused
from city.verification.revocation import Moments
from city.verification.verdict import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from city.intake.forms import PublishedForms
    from city.intake.models import Application, Kiosk
    from city.intake.parts import Parts
    from city.verification.document import Document
    from city.verification.verdict import Verdict


@dataclass(frozen=True, slots=True, repr=False)
class Submission:
    """One delivery as it came through the kiosks' door."""

    kiosk: Kiosk
    transaction_id: str
    sealing_key: str
    sealed: bytes


def _check_document(document: Document, submission: Submission, forms: PublishedForms) -> None:
    """Refuse a signed document of another transaction or kiosk, or whose form we do not have or it does not fulfil."""
    if document.transaction_id != submission.transaction_id:
        raise Refused(Code.TRANSACTION_MISMATCH, "transaction id")
    if document.kiosk != submission.kiosk.kiosk_id:
        raise Refused(Code.TRANSACTION_MISMATCH, "kiosk")
    if not forms.accepts(document):
        raise Refused(Code.FORM_UNKNOWN, "form")
    schema = forms.schema(document)
    if schema is not None:
        check_answers(document.answers, schema)


def _receipt(parts: Parts, submission: Submission, container_sha256: str, verdict: Verdict, number: str) -> bytes:
    status: Literal["accepted", "on_hold"] = "accepted" if verdict.outcome is Outcome.ACCEPTED else "on_hold"
    return parts.receipt_key.answer(
        Receipt(
            number=number,
            transaction_id=submission.transaction_id,
            kiosk=submission.kiosk.kiosk_id,
            city=parts.config.city.name,
            status=status,
            received=verdict.at,
            container_sha256=container_sha256,
            sealed_sha256=hashlib.sha256(submission.sealed).hexdigest(),
            demo=verdict.demo,
        )
    )


def _take_new(submission: Submission, parts: Parts, at: datetime) -> tuple[Application, bool]:
    kiosk, key = submission.kiosk, submission.transaction_id
    packed = parts.opener.open(submission.sealed, submission.sealing_key, kiosk.kiosk_id, key)
    container = read_container(packed, parts.config.limits)
    _check_document(container.document, submission, parts.forms)
    check_photographs(container, parts.config.limits, parts.forms.papers(container.document))
    verdict = parts.verifier.examine(container, Moments(proven=at, now=at))
    if verdict.refusal is not None:
        raise Refused(verdict.refusal, verdict.rule)
    packed_sha256 = hashlib.sha256(packed).hexdigest()
    new = NewApplication(
        kiosk=kiosk,
        document=container.document,
        container=packed,
        sealed_sha256=hashlib.sha256(submission.sealed).hexdigest(),
        verdict=verdict,
        make_receipt=lambda number: _receipt(parts, submission, packed_sha256, verdict, number),
    )
    return store(new, new_number)


def take(submission: Submission, parts: Parts, at: datetime) -> tuple[Application, bool]:
    """Return the stored application and whether it is new; the same bytes again find the first one.

    Raises Refused, after noting the refusal.
    """
    try:
        sealed_sha256 = hashlib.sha256(submission.sealed).hexdigest()
        known = find(submission.kiosk, submission.transaction_id, sealed_sha256)
        if known is not None:
            return known, False
        return _take_new(submission, parts, at)
    except Refused as refused:
        note_refusal(submission.kiosk, submission.transaction_id, refused)
        raise
