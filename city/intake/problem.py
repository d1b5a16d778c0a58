"""Answers that are no receipt: RFC 9457 problem details with the protocol's codes."""

from __future__ import annotations

import json

from django.http import HttpResponse

_TITLES = {
    "malformed": "The request is not as the protocol says",
    "kiosk-unknown": "This kiosk is not in the register, or is disabled",
    "enrolment-refused": "This code is not good for this kiosk and this key",
    "renewal-early": "The kiosk's certificate is still in the first half of its time",
    "not-found": "There is nothing of that kind for this kiosk",
    "incomplete": "Less of the body came than was announced",
    "too-large": "The application is too large",
    "media-type": "The body must be application/vnd.madoguchi.sealed",
    "unavailable": "The city cannot store applications at the moment",
    "not-opened": "The seal does not open under this key, kiosk and transaction",
    "container-invalid": "The container is not as the protocol says",
    "transaction-mismatch": "The signed document names another transaction or kiosk",
    "other-bytes": "This transaction was already filed with other bytes",
    "form-unknown": "This version of the form is not accepted",
    "answers-invalid": "The answers are not what the form allows",
    "signature-invalid": "The signature does not belong to the content",
    "certificate-untrusted": "The certificate is not one that may sign",
    "certificate-expired": "The certificate is outside its dates",
    "certificate-revoked": "The certificate has been revoked",
}


def problem(status: int, code: str, *, retry_after: int | None = None) -> HttpResponse:
    """Return the answer for a code; `retry_after` in seconds."""
    body = {"type": "about:blank", "title": _TITLES[code], "status": status, "code": code}
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json", headers=headers)
