"""Doors, each with its addresses: kiosks never reach the staff's pages, staff never the intake, new kiosks neither."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

from cryptography import x509

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

DOOR = "city.door"
KIOSK = "kiosk"
STAFF = "staff"
ENROLMENT = "enrolment"
_ADDRESSES = {KIOSK: "city.intake.urls", STAFF: "city.staff.urls", ENROLMENT: "city.enrolment.urls"}


def route_by_door(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: let a request see only the addresses of the door it came through."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        addresses = _ADDRESSES.get(request.META.get(DOOR, ""))
        if addresses is not None:
            request.urlconf = addresses
        return get_response(request)

    return middleware


def kiosk_of(request: HttpRequest) -> str | None:
    """Return the kiosk's id, which is the common name of its client certificate (gunicorn shows us the socket)."""
    socket = request.META.get("gunicorn.socket")
    if request.META.get(DOOR) != KIOSK or not isinstance(socket, ssl.SSLSocket):
        return None
    certificate: Any = socket.getpeercert() or {}
    names = [value for part in certificate.get("subject", ()) for key, value in part if key == "commonName"]
    return names[0] if len(names) == 1 else None


def certificate_of(request: HttpRequest) -> x509.Certificate | None:
    """Return the client certificate that a kiosk showed with this connection."""
    socket = request.META.get("gunicorn.socket")
    shown = socket.getpeercert(binary_form=True) if isinstance(socket, ssl.SSLSocket) else None
    return x509.load_der_x509_certificate(shown) if shown else None
