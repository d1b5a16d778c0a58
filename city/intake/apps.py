"""The intake as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Intake(AppConfig):
    """Kiosks, applications, verifications."""

    name = "city.intake"
    label = "intake"
    verbose_name = "申請の受付"
