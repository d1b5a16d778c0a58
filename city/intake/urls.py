"""The kiosks' addresses."""

from __future__ import annotations

from django.urls import path

from city.enrolment.renewal import renew
from city.intake.catalogue import catalogue
from city.intake.health import health
from city.intake.views import show, submit

urlpatterns = [
    path("health", health),
    path("v1/catalogue", catalogue),
    path("v1/renewals", renew),
    path("v1/applications", submit),
    path("v1/applications/<str:transaction_id>", show),
]
