"""The staff's pages as Django apps."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffSite(AdminConfig):
    """The admin with the city's name on it."""

    default_site = "city.staff.site.CitySite"


class Staff(AppConfig):
    """Templates and pages."""

    name = "city.staff"
    label = "staff"
    verbose_name = "職員用画面"
