"""Walking through the pages of the form, the review and the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.checks import check_all, check_page
from kiosk.forms.model import PrefillOffer
from kiosk.journey.map import Outcome
from kiosk.journey.view import PARTS

if TYPE_CHECKING:
    from kiosk.journey.commands import Command
    from kiosk.journey.walk import Walk


def leave_page(walk: Walk, *, forward: bool) -> list[Command]:
    """Turn the form's page; forward only when nothing on it is missing or wrong."""
    session, form = walk.session, walk.session.form
    if form is None:
        return []
    if session.returns_to_review or forward:
        session.problems = dict(check_page(form, session.page, session.answers, walk.today))
        if session.problems:
            return []
    if session.returns_to_review:
        return _back_to_review(walk)
    return _next_page(walk) if forward else _previous_page(walk)


def _back_to_review(walk: Walk) -> list[Command]:
    """A changed answer may have brought up questions that were never asked: those come first."""
    session = walk.session
    session.returns_to_review = False
    session.review_page = min(session.review_page, session.review_pages() - 1)
    return _review_or_open_page(walk)


def _review_or_open_page(walk: Walk) -> list[Command]:
    session, form = walk.session, walk.session.form
    if form is None:
        return []
    open_problems = check_all(form, session.answers, walk.today)
    if not open_problems:
        return walk.go(Outcome.DONE)
    session.page = min(form.page_of(name) for name in open_problems)
    return walk.go(Outcome.NEXT)


def _next_page(walk: Walk) -> list[Command]:
    session, form = walk.session, walk.session.form
    pages = len(form.pages) if form else 0
    for page in range(session.page + 1, pages):
        session.page = page
        if session.page_fields():
            return walk.go(Outcome.NEXT)
    session.review_page = 0
    return _review_or_open_page(walk)


def _previous_page(walk: Walk) -> list[Command]:
    session, form = walk.session, walk.session.form
    session.problems = {}
    while session.page > 0:
        session.page -= 1
        if session.page_fields():
            return walk.go(Outcome.PREVIOUS)
    offered = form is not None and form.prefill is PrefillOffer.OFFER
    return walk.go(Outcome.BACK if offered else Outcome.SKIP)


def turn_review(walk: Walk, by: int) -> list[Command]:
    """Turn the review's page; before the first is the form's last page, after the last the consent."""
    session, form = walk.session, walk.session.form
    page = session.review_page + by
    if 0 <= page < session.review_pages():
        session.review_page = page
        return walk.go(Outcome.NEXT if by > 0 else Outcome.PREVIOUS)
    if form is None:
        return []
    if page < 0:
        session.page = len(form.pages) - 1
        return walk.go(Outcome.BACK)
    return walk.go(Outcome.SIGN)


def turn_picture(walk: Walk, by: int) -> list[Command]:
    """Go on to the next part of the document's pages, or back."""
    session = walk.session
    parts = len(session.prepared.pictures) * PARTS if session.prepared else 0
    session.picture = max(0, min(parts - 1, session.picture + by))
    return walk.go(Outcome.NEXT if by > 0 else Outcome.PREVIOUS)
