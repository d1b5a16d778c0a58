"""Lists of applications, kiosks and refusals in Django's admin; nothing can be added or removed that a kiosk filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html

from city.intake.models import Application, Decision, Kiosk, Refusal, Standing
from city.receipts.numbers import is_number, normal_form
from city.staff import labels, pages

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern, URLResolver
    from django.utils.safestring import SafeString

    # Only the type checker's ModelAdmin takes a model between brackets.
    ApplicationBase = admin.ModelAdmin[Application]
    KioskBase = admin.ModelAdmin[Kiosk]
    RefusalBase = admin.ModelAdmin[Refusal]
    AccountBase = UserAdmin[User]
else:
    ApplicationBase = KioskBase = RefusalBase = admin.ModelAdmin
    AccountBase = UserAdmin


class Unchangeable:
    """What came from kiosks can be looked at, and nothing else."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - the same
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - the same
        """Never."""
        return False


def _badge(mark: str, words: str) -> SafeString:
    return format_html('<span class="badge {}">{} {}</span>', mark, labels.MARKS[mark], words)


@admin.register(Application)
class ApplicationAdmin(Unchangeable, ApplicationBase):
    """The list of applications; the single one has a page of its own."""

    list_display = ("number", "form_title", "received", "kiosk", "standing_badge", "decision_badge", "demo_badge")
    list_filter = ("decision", "standing", "received", "form_title", "kiosk", "demo")
    list_per_page = 50
    search_fields = ("number", "transaction_id")
    search_help_text = "受付番号または取引番号"
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        """Leave the containers in the database."""
        return super().get_queryset(request).select_related("kiosk").defer("container", "receipt")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Application], search_term: str
    ) -> tuple[QuerySet[Application], bool]:
        """Find a number however it was typed."""
        term = normal_form(search_term) if is_number(search_term) else search_term
        return super().get_search_results(request, queryset, term)

    @admin.display(description="検証", ordering="standing")
    def standing_badge(self, known: Application) -> SafeString:
        """How it stands, by colour, shape and word."""
        standing = Standing(known.standing)
        return _badge(labels.STANDING_MARK[standing], str(standing.label))

    @admin.display(description="審査", ordering="decision")
    def decision_badge(self, known: Application) -> SafeString:
        """What was decided, by colour, shape and word."""
        decision = Decision(known.decision)
        return _badge(labels.DECISION_MARK[decision], str(decision.label))

    @admin.display(description="")
    def demo_badge(self, known: Application) -> SafeString | str:
        """The mark of demonstrations."""
        return format_html('<span class="badge demo">{}</span>', "模擬") if known.demo else ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, str] | None = None) -> HttpResponse:
        """Give the list a title that says what it is."""
        return super().changelist_view(request, {"title": "申請の一覧"} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show our own page instead of a form."""
        del form_url, extra_context
        if not object_id.isdecimal():
            raise Http404
        return pages.show(request, int(object_id))

    def get_urls(self) -> list[URLPattern | URLResolver]:  # type: ignore[override]  # the stubs know patterns only
        """Add the application's own page, its files and the buttons' addresses."""
        wrap = self.admin_site.admin_view
        own: list[URLPattern | URLResolver] = [
            path("<int:pk>/", wrap(pages.show), name="application"),
            path("<int:pk>/view.pdf", wrap(pages.page_pdf), name="application_page"),
            path("<int:pk>/container", wrap(pages.container), name="application_container"),
            path("<int:pk>/report", wrap(pages.report), name="application_report"),
            path("<int:pk>/verdict.json", wrap(pages.verdict), name="application_verdict"),
            path("<int:pk>/attachments/<str:name>", wrap(pages.attachment), name="application_attachment"),
            path("<int:pk>/approve", wrap(pages.approve), name="application_approve"),
            path("<int:pk>/return", wrap(pages.send_back), name="application_return"),
            path("<int:pk>/verify", wrap(pages.verify_again), name="application_verify"),
        ]
        return own + super().get_urls()


@admin.register(Kiosk)
class KioskAdmin(KioskBase):
    """The register of kiosks: enter one, name its place, shut it out."""

    list_display = ("kiosk_id", "place", "enabled", "entered", "certificate_until")
    list_filter = ("enabled",)
    search_fields = ("kiosk_id", "place")
    readonly_fields = ("entered", "certificate_until")

    def get_readonly_fields(self, request: HttpRequest, obj: Kiosk | None = None) -> tuple[str, ...]:
        """Keep a kiosk's id once it is entered: it is in signed documents."""
        del request
        return self.readonly_fields if obj is None else ("kiosk_id", *self.readonly_fields)

    def has_delete_permission(self, request: HttpRequest, obj: Kiosk | None = None) -> bool:
        """Never: a kiosk that is gone is disabled."""
        del request, obj
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, str] | None = None) -> HttpResponse:
        """Give the list a title that says what it is."""
        return super().changelist_view(request, {"title": "端末の一覧"} | (extra_context or {}))


@admin.register(Refusal)
class RefusalAdmin(Unchangeable, RefusalBase):
    """What was not taken in, and why."""

    list_display = ("transaction_id", "kiosk", "code", "rule", "last", "times")
    list_filter = ("code", "kiosk", "last")
    list_display_links = None
    search_fields = ("transaction_id",)
    search_help_text = "取引番号"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, str] | None = None) -> HttpResponse:
        """Give the list a title that says what it is."""
        return super().changelist_view(request, {"title": "受け付けなかった申請の一覧"} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is no more to say than the list does."""
        del request, object_id, form_url, extra_context
        return HttpResponseRedirect(reverse("admin:intake_refusal_changelist"))


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(AccountBase):
    """Staff accounts without the fields nobody here needs."""

    list_display = ("username", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    fieldsets: ClassVar = (
        (None, {"fields": ("username", "password")}),
        ("権限", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("記録", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
