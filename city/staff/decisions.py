"""What staff can do with an application: approve it, send it back, have it examined again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from city.config import Limits
from city.errors import CityError
from city.intake.models import Application, Decision, Standing
from city.intake.storage import add_verification
from city.verification.container import Container, read_container
from city.verification.revocation import Moments

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from city.intake.models import Verification
    from city.intake.parts import Parts

# What is stored has passed the limits of its day; they may have been lowered since.
_STORED = Limits(document=1 << 30, page=1 << 30, attachment=1 << 30)


class DecisionRefused(CityError):
    """The decision cannot be made; the text is for the staff."""


def opened(application: Application) -> Container:
    """Return what the stored container holds."""
    return read_container(bytes(application.container), _STORED)


def _log(application: Application, staff: User, words: str) -> None:
    LogEntry.objects.log_actions(staff.pk, [application], CHANGE, change_message=words, single_object=True)


def _decide(application: Application, staff: User, decision: Decision, reason: str) -> None:
    """Decide once: of two people pressing at the same moment the second is told."""
    with transaction.atomic():
        changed = Application.objects.filter(pk=application.pk, decision=Decision.WAITING).update(
            decision=decision, decided_at=timezone.now(), decided_by=staff, reason=reason
        )
        if not changed:
            raise DecisionRefused("この申請はすでに審査されています。")
        _log(application, staff, decision.label)


def approve(application: Application, staff: User) -> None:
    """Approve an application whose certificate is known to be valid; raises DecisionRefused."""
    if application.standing != Standing.ACCEPTED:
        raise DecisionRefused("検証の結果が「有効」でない申請は承認できません。")
    _decide(application, staff, Decision.APPROVED, "")


def send_back(application: Application, staff: User, reason: str) -> None:
    """Return an application with a reason; raises DecisionRefused."""
    words = reason.strip()
    if not 0 < len(words) <= 500:
        raise DecisionRefused("差戻しの理由を500文字以内で入力してください。")
    _decide(application, staff, Decision.RETURNED, words)


def verify_again(application: Application, staff: User, parts: Parts) -> Verification:
    """Examine the stored container as of its reception with what is known now; adds a verification."""
    when = Moments(proven=application.received, now=timezone.now())
    verdict = parts.verifier.examine(opened(application), when)
    with transaction.atomic():
        found = add_verification(application, verdict)
        _log(application, staff, "再検証")
    return found
