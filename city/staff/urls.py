"""The staff's addresses."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from city.intake.health import health

urlpatterns = [
    path("health", health),
    path("", RedirectView.as_view(url="/staff/")),
    path("staff/", admin.site.urls),
]
