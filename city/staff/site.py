"""The admin site with the city's name on it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.admin import AdminSite


class CitySite(AdminSite):
    """Titles in the staff's language."""

    site_title = "申請受付"
    index_title = "受付の状況"
    site_url = None
    enable_nav_sidebar = False

    @property
    def site_header(self) -> str:  # type: ignore[override]  # a plain attribute in Django
        """The line at the top of every page."""
        return f"{settings.CITY.city.name}　申請受付"
