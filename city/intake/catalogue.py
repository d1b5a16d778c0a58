"""`GET /v1/catalogue`: the newest catalogue as one file, with an entity tag so that polling costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from city.intake.parts import parts
from city.intake.problem import problem
from city.intake.views import for_kiosks

if TYPE_CHECKING:
    from django.http import HttpRequest

    from city.intake.models import Kiosk

BUNDLE_TYPE = "application/vnd.madoguchi.catalogue+zip"


@csrf_exempt
@require_safe
@for_kiosks
def catalogue(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Answer 200 with the bundle, 304 when the kiosk has it already, 404 while nothing is published."""
    del kiosk
    edition = parts().forms.catalogues.newest()
    if edition is None:
        return problem(404, "not-found")
    tag = {"ETag": edition.etag}
    if edition.etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=tag)
    return HttpResponse(edition.packed, content_type=BUNDLE_TYPE, headers=tag)
