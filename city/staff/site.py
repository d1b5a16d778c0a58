"""The admin site with the city's name on it, opening with what waits to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.response import TemplateResponse

_ORDER = ("Application", "Refusal", "Kiosk", "User")


@dataclass(frozen=True, slots=True)
class Count:
    """One number on the first page, and where it leads."""

    words: str
    number: int
    address: str


def _counts() -> list[Count]:
    """Return how much waits; models are imported when they are ready, which is after this module."""
    from city.intake.models import Application, Decision, Refusal, Standing

    applications = reverse("admin:intake_application_changelist")
    refusals = reverse("admin:intake_refusal_changelist")
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Application.objects.filter(decision=Decision.WAITING)
    held = waiting.filter(standing=Standing.ON_HOLD)
    return [
        Count("審査待ち", waiting.count(), f"{applications}?decision__exact=waiting"),
        Count("受付保留", held.count(), f"{applications}?decision__exact=waiting&standing__exact=on_hold"),
        Count("今日の受付", Application.objects.filter(received__gte=today).count(), applications),
        Count("今日受け付けなかった申請", Refusal.objects.filter(last__gte=today).count(), refusals),
    ]


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

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Open with the numbers, for those who may see applications."""
        counts = _counts() if request.user.has_perm("intake.view_application") else []
        return super().index(request, {"counts": counts} | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List applications first."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: (*_ORDER, model["object_name"]).index(model["object_name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "intake")
