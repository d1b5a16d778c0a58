"""One application as staff see it: its page, its verdict, its files, and the buttons that decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from city.intake.models import Application, Decision, Standing
from city.intake.parts import parts
from city.journal import note
from city.staff import decisions, labels
from city.staff.export import verdict_json
from city.verification.holder import certified_holder
from city.verification.photographs import PHOTOGRAPHED
from city.verification.signature import read_signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    from city.intake.models import Verification
    from city.verification.container import Container

_may_view = permission_required("intake.view_application", raise_exception=True)
_may_decide = permission_required("intake.decide_application", raise_exception=True)
_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


def _application(pk: int) -> Application:
    return get_object_or_404(Application.objects.select_related("kiosk", "decided_by"), pk=pk)


def _seen(request: HttpRequest, application: Application, what: str) -> None:
    """Leave a trace of who looked at what: staff account and receipt number."""
    note("staff.looked", staff=request.user.get_username(), number=application.number, what=what)


def _history(application: Application) -> list[dict[str, Any]]:
    found: list[Verification] = list(application.verifications.select_related("evidence"))
    return [{"found": each, "rows": labels.verdict_rows(each)} for each in found]


def context_of(application: Application) -> dict[str, Any]:
    """Return everything the page and the printed report show."""
    container = decisions.opened(application)
    history, photographs = _history(application), _photographs(container)
    pictures = {each["name"] for each in photographs}
    names = [name.removeprefix("attachments/") for name, _ in container.attachments]
    return {
        "application": application,
        "document": container.document,
        "answers": [(answer, labels.ORIGIN[answer.origin]) for answer in container.document.answers],
        "attachments": [name for name in names if name not in pictures],
        "photographs": photographs,
        "holder": certified_holder(read_signature(container.signature).certificate),
        "latest": history[-1],
        "earlier": history[-2::-1],
        "standing_mark": labels.STANDING_MARK[Standing(application.standing)],
        "decision_mark": labels.DECISION_MARK[Decision(application.decision)],
    }


def _photographs(container: Container) -> list[dict[str, str]]:
    """Return every photographed page with what the citizen was asked for, its file and its digest."""
    return [
        {"label": answer.label, "name": f"{answer.field}-{at}.jpg", "sha256": digest}
        for answer in container.document.answers
        if answer.origin == PHOTOGRAPHED
        for at, digest in enumerate(answer.value, 1)
    ]


@never_cache
@require_safe
@_may_view
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The application with its page, its verdict and what can be done with it."""
    application = _application(pk)
    _seen(request, application, "page")
    deciding = request.user.has_perm("intake.decide_application")
    waiting = application.decision == Decision.WAITING
    extra = {
        "title": f"申請 {application.number}",
        "can_approve": deciding and waiting and application.standing == Standing.ACCEPTED,
        "can_return": deciding and waiting,
        "can_verify": deciding,
        "opts": Application._meta,  # noqa: SLF001 - Django's own name for what templates are given
    }
    return render(request, "city/application.html", site.each_context(request) | context_of(application) | extra)


@never_cache
@require_safe
@_may_view
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The verification report, to be printed."""
    application = _application(pk)
    _seen(request, application, "report")
    city = site.each_context(request)["site_header"]
    return render(request, "city/report.html", context_of(application) | {"city": city})


def _file(data: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    disposition = "inline" if inline else f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


@never_cache
@require_safe
@_may_view
@xframe_options_sameorigin
def page_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed page, shown in the frame of the application's page."""
    application = _application(pk)
    _seen(request, application, "view.pdf")
    return _file(decisions.opened(application).page, "application/pdf", "view.pdf", inline=True)


@never_cache
@require_safe
@_may_view
def container(request: HttpRequest, pk: int) -> HttpResponse:
    """The container as it was opened."""
    application = _application(pk)
    _seen(request, application, "container")
    data = bytes(application.container)
    return _file(data, "application/vnd.etsi.asic-e+zip", f"{application.number}.asice")


@never_cache
@require_safe
@_may_view
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """The verification report for machines."""
    application = _application(pk)
    _seen(request, application, "verdict")
    return _file(verdict_json(application), "application/json", f"{application.number}.verdict.json")


@never_cache
@require_safe
@_may_view
def attachment(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One attachment, always as a download."""
    application = _application(pk)
    for known, data in decisions.opened(application).attachments:
        if known == f"attachments/{name}":
            _seen(request, application, "attachment")
            return _file(data, _TYPES[name.rpartition(".")[2]], f"{application.number}-{name}")
    raise Http404


def _act(request: HttpRequest, pk: int, act: Callable[[Application, User], object], words: str) -> HttpResponse:
    application = _application(pk)
    try:
        act(application, request.user)  # type: ignore[arg-type]  # the permission needs an account
    except decisions.DecisionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words.format(number=application.number))
    return HttpResponseRedirect(reverse("admin:application", args=[pk]))


@require_POST
@_may_decide
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """承認."""
    return _act(request, pk, decisions.approve, "申請 {number} を承認しました。")


@require_POST
@_may_decide
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """差戻し."""
    reason = request.POST.get("reason", "")
    return _act(
        request, pk, lambda known, staff: decisions.send_back(known, staff, reason), "申請 {number} を差し戻しました。"
    )


@require_POST
@_may_decide
def verify_again(request: HttpRequest, pk: int) -> HttpResponse:
    """再検証."""
    words = "申請 {number} をもう一度検証しました。"
    return _act(request, pk, lambda known, staff: decisions.verify_again(known, staff, parts()), words)
