"""What new kiosks may ask: nothing but their certificate."""

from __future__ import annotations

from django.urls import path

from city.enrolment.views import enrol

urlpatterns = [path("v1/enrolments", enrol)]
