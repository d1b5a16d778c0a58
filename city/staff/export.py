"""The reference city is replaceable: everything it holds of an application, as plain files."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from django.utils import timezone

from city.errors import CityError
from city.intake.models import Application

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from city.intake.models import Verification

_COLUMNS = ("number", "transaction_id", "received", "kiosk", "form_id", "form_version", "standing", "decision", "demo")


class NothingToExport(CityError):
    """There is no such application."""


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else timezone.localtime(moment).isoformat(timespec="seconds")


def _row(found: Verification) -> dict[str, str | None]:
    return {
        "at": _moment(found.at),
        "outcome": found.outcome,
        "signature": found.signature,
        "certificate": found.certificate,
        "revocation": found.revocation or None,
        "revocation_reason": found.revocation_reason or None,
        "revocation_evidence_sha256": None if found.evidence is None else found.evidence.sha256,
        "time": found.time,
        "signed_at": _moment(found.signed_at),
        "sub_indication": found.sub_indication or None,
        "validator": found.validator,
    }


def verdict_json(application: Application) -> bytes:
    """Return the report for machines: how the application stands, what was decided, every verification."""
    report = {
        "spec": "madoguchi/verdict/1",
        "number": application.number,
        "transaction_id": application.transaction_id,
        "received": _moment(application.received),
        "container_sha256": application.container_sha256,
        "standing": application.standing,
        "decision": application.decision,
        "decided_at": _moment(application.decided_at),
        "demo": application.demo,
        "verifications": [_row(found) for found in application.verifications.select_related("evidence")],
    }
    return json.dumps(report, ensure_ascii=False, indent=2).encode() + b"\n"


def _write(application: Application, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "application.asice").write_bytes(bytes(application.container))
    (folder / "receipt.json").write_bytes(bytes(application.receipt))
    (folder / "verdict.json").write_bytes(verdict_json(application))


def _write_index(folder: Path) -> None:
    with (folder / "applications.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(_COLUMNS)
        for known in Application.objects.select_related("kiosk").defer("container").order_by("received").iterator():
            facts = {name: getattr(known, name) for name in _COLUMNS} | {"received": _moment(known.received)}
            table.writerow([facts[name] for name in _COLUMNS])


def export(folder: Path, transaction_id: str | None) -> int:
    """Write one application straight into the folder, or all of them by number with a CSV index; return how many.

    Raises NothingToExport when the transaction is not there.
    """
    if transaction_id is not None:
        application = Application.objects.filter(transaction_id=transaction_id).first()
        if application is None:
            raise NothingToExport(f"この取引番号の申請はありません: {transaction_id}")
        _write(application, folder)
        return 1
    count = 0
    for application in Application.objects.order_by("received").iterator(chunk_size=20):
        _write(application, folder / application.number)
        count += 1
    folder.mkdir(parents=True, exist_ok=True)
    _write_index(folder)
    return count
