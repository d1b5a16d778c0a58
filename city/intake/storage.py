"""Keeping applications: each transaction once, for all kiosks together, and every finding as a row of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F

from city.intake.models import Application, Evidence, Kiosk, Refusal, Verification
from city.verification.refusal import Code, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from city.verification.document import Document
    from city.verification.verdict import Verdict

# SQLite's way of waiting for another writer is to sleep and try again, up to a tenth of a second; threads of one
# process need not leave it to that.
_WRITING = Lock()


@dataclass(frozen=True, slots=True, repr=False)
class NewApplication:
    """What is about to be stored; `make_receipt` turns a number into the signed answer."""

    kiosk: Kiosk
    document: Document
    container: bytes
    sealed_sha256: str
    verdict: Verdict
    make_receipt: Callable[[str], bytes]


def find(kiosk: Kiosk, transaction_id: str, sealed_sha256: str) -> Application | None:
    """Return the application this kiosk filed with these very bytes, or None when the transaction is new.

    Raises Refused when the transaction is there with other bytes or from another kiosk.
    """
    known = Application.objects.filter(transaction_id=transaction_id).first()
    if known is None:
        return None
    if known.kiosk_id != kiosk.pk or known.sealed_sha256 != sealed_sha256:
        raise Refused(Code.OTHER_BYTES, "transaction known")
    return known


def _evidence(content: bytes) -> Evidence | None:
    if not content:
        return None
    digest = hashlib.sha256(content).hexdigest()
    known = Evidence.objects.filter(sha256=digest).only("pk").first()
    return known or Evidence.objects.create(sha256=digest, content=content)


def add_verification(application: Application, verdict: Verdict) -> Verification:
    """Add what an examination found, and let the application stand accordingly."""
    with transaction.atomic():
        row = Verification.objects.create(
            application=application,
            at=verdict.at,
            outcome=verdict.outcome.value,
            signature=verdict.signature.value,
            certificate=verdict.certificate.value,
            revocation="" if verdict.revocation is None else verdict.revocation.value,
            revocation_reason=verdict.revocation_reason,
            time=verdict.time.value,
            signed_at=verdict.signed_at,
            sub_indication=verdict.sub_indication,
            rule=verdict.rule,
            validator=verdict.validator,
            evidence=_evidence(verdict.evidence),
        )
        if application.standing != verdict.outcome.value:
            application.standing = verdict.outcome.value
            application.save(update_fields=["standing"])
    return row


def _insert(new: NewApplication, number: str) -> Application:
    document, verdict = new.document, new.verdict
    with _WRITING, transaction.atomic():
        application = Application.objects.create(
            number=number,
            transaction_id=document.transaction_id,
            kiosk=new.kiosk,
            received=verdict.at,
            form_id=document.form.id,
            form_version=document.form.version,
            form_title=document.form.title,
            demo=verdict.demo,
            standing=verdict.outcome.value,
            container=new.container,
            container_sha256=hashlib.sha256(new.container).hexdigest(),
            sealed_sha256=new.sealed_sha256,
            receipt=new.make_receipt(number),
        )
        add_verification(application, verdict)
    return application


def store(new: NewApplication, numbers: Callable[[], str]) -> tuple[Application, bool]:
    """Store an application and its first verification; return it and whether it is new.

    The database's own uniqueness decides, so two deliveries of the same bytes at the same moment end in one row; a
    number that is already taken is drawn again.
    """
    while True:
        try:
            return _insert(new, numbers()), True
        except IntegrityError:
            known = find(new.kiosk, new.document.transaction_id, new.sealed_sha256)
            if known is not None:
                return known, False


def note_refusal(kiosk: Kiosk, transaction_id: str, refused: Refused) -> None:
    """Remember that and why a transaction was refused."""
    facts: dict[str, Any] = {
        "kiosk": kiosk,
        "transaction_id": transaction_id,
        "code": refused.code.value,
        "rule": refused.rule[:60],
    }
    with transaction.atomic():
        row, new = Refusal.objects.get_or_create(**facts)
        if not new:
            row.times = F("times") + 1
            row.save()
