"""`GET /health`: the process answers and its database can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 with `ok`, or 503 while the database cannot be read."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM intake_kiosk LIMIT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503, headers={"Retry-After": "30"})
    return JsonResponse({"status": "ok"})
