"""What every door answers; each door adds its own addresses (city/doors.py)."""

from __future__ import annotations

from django.urls import path

from city.intake.health import health

urlpatterns = [path("health", health)]
