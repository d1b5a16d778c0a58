"""Style sheets and pictures of the staff's pages, straight from the packages that bring them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, HttpResponseNotFound

from city.doors import DOOR, STAFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
}


def _asset(name: str) -> HttpResponse:
    kind = _TYPES.get(name.rpartition(".")[2])
    found = finders.find(name) if kind is not None and ".." not in name else None
    if not isinstance(found, str):
        return HttpResponseNotFound()
    return HttpResponse(Path(found).read_bytes(), content_type=kind, headers={"Cache-Control": "max-age=3600"})


def serve_assets(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: answer for files under STATIC_URL at the staff's door."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        wanted = request.method in {"GET", "HEAD"} and request.path.startswith(settings.STATIC_URL)
        if wanted and request.META.get(DOOR) == STAFF:
            return _asset(request.path.removeprefix(settings.STATIC_URL))
        return get_response(request)

    return middleware
