"""`/v1/applications`: what kiosks may ask, over mutual TLS only."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from city.doors import kiosk_of
from city.intake.models import Application, Decision, Kiosk
from city.intake.parts import parts
from city.intake.problem import problem
from city.intake.taking import Submission, take
from city.journal import note
from city.verification.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")

SEALED_TYPE = "application/vnd.madoguchi.sealed"
_TRANSACTION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,63}")
_KEY_ID = re.compile(r"[0-9a-f]{16}")
_RETRY_S = 30
_DRAINED = 64 * 1024 * 1024


def for_kiosks(
    view: Callable[Concatenate[HttpRequest, Kiosk, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a view be called only with the enabled kiosk that the client certificate names."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        name = kiosk_of(request)
        try:
            kiosk = None if name is None else Kiosk.objects.filter(kiosk_id=name, enabled=True).first()
            if kiosk is None:
                note("kiosk.refused")
                return problem(403, "kiosk-unknown")
            return view(request, kiosk, *args, **kwargs)
        except OperationalError:
            note("database.unavailable")
            return problem(503, "unavailable", retry_after=_RETRY_S)

    return guarded


def _drain(request: HttpRequest, length: int) -> None:
    """Read a body that is somewhat too large to its end: a peer still sending would never see the answer."""
    if length <= _DRAINED:
        while request.read(65536):
            pass


def _fault(request: HttpRequest) -> HttpResponse | None:
    """Return what is wrong with the request before its body is read, or None."""
    if request.content_type != SEALED_TYPE:
        return problem(415, "media-type")
    length = request.META.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit()) or int(length) == 0:
        return problem(400, "malformed")
    if int(length) > parts().config.limits.sealed:
        _drain(request, int(length))
        return problem(413, "too-large")
    if not _TRANSACTION.fullmatch(request.headers.get("Idempotency-Key", "")):
        return problem(400, "malformed")
    return None if _KEY_ID.fullmatch(request.headers.get("Sealing-Key", "")) else problem(400, "malformed")


def _whole_body(request: HttpRequest) -> bytes | None:
    """Return the body, or None when less of it came than announced: that must not be judged as if it were all."""
    try:
        body = request.body
    except UnreadablePostError:
        return None
    return body if len(body) == int(request.META["CONTENT_LENGTH"]) else None


def _receipt(application: Application, status: int) -> HttpResponse:
    return HttpResponse(bytes(application.receipt), status=status, content_type="application/json")


@csrf_exempt
@require_POST
@for_kiosks
def submit(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Take in one application: 201 with its receipt, 200 with the same receipt for the same bytes again."""
    fault = _fault(request)
    if fault is not None:
        return fault
    begun = time.perf_counter()
    body = _whole_body(request)
    if body is None:
        note("upload.cut", kiosk=kiosk.kiosk_id)
        return problem(408, "incomplete")
    submission = Submission(kiosk, request.headers["Idempotency-Key"], request.headers["Sealing-Key"], body)
    try:
        application, new = take(submission, parts(), timezone.now())
    except Refused as refused:
        note("application.refused", kiosk=kiosk.kiosk_id, code=refused.code.value, rule=refused.rule)
        return problem(422, refused.code.value)
    note(
        "application.taken" if new else "application.replayed",
        kiosk=kiosk.kiosk_id,
        number=application.number,
        standing=application.standing,
        bytes=len(submission.sealed),
        ms=round((time.perf_counter() - begun) * 1000),
    )
    return _receipt(application, 201 if new else 200)


def _state(application: Application) -> str:
    return application.standing if application.decision == Decision.WAITING else application.decision


@csrf_exempt
@require_safe
@for_kiosks
def show(request: HttpRequest, kiosk: Kiosk, transaction_id: str) -> HttpResponse:
    """Return the receipt again, with the state the application is in now."""
    del request
    application = Application.objects.filter(transaction_id=transaction_id, kiosk=kiosk).first()
    if application is None:
        return problem(404, "not-found")
    # The receipt's bytes stay as they were signed; `state` sorts after `signature`, so the answer is canonical too.
    body = b'%s,"state":"%s"}' % (bytes(application.receipt)[:-1], _state(application).encode())
    return HttpResponse(body, content_type="application/json")
