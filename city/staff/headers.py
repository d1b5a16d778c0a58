"""What browsers are told about every answer of the staff's pages: nothing from elsewhere, nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from city.doors import DOOR, STAFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; object-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def tell_browsers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: add the content security policy at the staff's door."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.META.get(DOOR) == STAFF:
            response.headers.setdefault("Content-Security-Policy", _POLICY)
        return response

    return middleware
