"""Walking through the pages of the form, the review and the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.checks import check_all, check_page
from kiosk.forms.model import PrefillOffer
from kiosk.forms.rows import rows_of, split
from kiosk.journey.map import Outcome, Step
from kiosk.journey.view import PARTS

if TYPE_CHECKING:
    from kiosk.forms.checks import Problem
    from kiosk.journey.commands import Command
    from kiosk.journey.events import PictureChosen
    from kiosk.journey.session import Session
    from kiosk.journey.walk import Walk


def leave_page(walk: Walk, *, forward: bool) -> list[Command]:
    """Turn the form's page; forward only when nothing on it is missing or wrong."""
    session, form = walk.session, walk.session.form
    if form is None:
        return []
    if session.returns_to_review or forward:
        session.problems = _problems_here(walk)
        if session.problems:
            session.ask(next(iter(session.problems)))
            return []
    if session.returns_to_review:
        return _back_to_review(walk)
    if session.turn_question(1 if forward else -1):
        session.problems = {}
        return walk.go(Outcome.NEXT if forward else Outcome.PREVIOUS)
    if session.row is not None and (forward or drop_empty_row(session)):
        session.row, session.problems = None, {}
        return walk.go(Outcome.NEXT if forward else Outcome.PREVIOUS)
    return _next_page(walk) if forward else _previous_page(walk)


def _problems_here(walk: Walk) -> dict[str, Problem]:
    """Return what is wrong on the page; while one row is open, in that row."""
    session, form = walk.session, walk.session.form
    if form is None:
        return {}
    found = check_page(form, session.page, session.answers, walk.today)
    if session.one_at_a_time:
        shown = session.shown_fields()
        found = {name: problem for name, problem in found.items() if name in shown or split(name)[0] in shown}
    return {name: problem for name, problem in found.items() if session.row in (None, split(name)[1])}


def drop_empty_row(session: Session) -> bool:
    """Take an open row away in which nothing was answered; tell whether rows with answers remain to be listed."""
    repeated = session.repeated()
    if repeated is None or session.row is None:
        return False
    rows = rows_of(repeated, session.answers)
    if not rows[session.row] and len(rows) > (repeated.minimum or 1):
        del rows[session.row]
        session.answers[repeated.id] = rows
    return any(rows)


def _back_to_review(walk: Walk) -> list[Command]:
    """A changed answer may have brought up questions that were never asked: those come first."""
    session = walk.session
    session.returns_to_review = False
    session.review_page = session.turned(0)
    return _review_or_open_page(walk)


def _review_or_open_page(walk: Walk) -> list[Command]:
    session, form = walk.session, walk.session.form
    if form is None:
        return []
    open_problems = check_all(form, session.answers, walk.today)
    if not open_problems:
        return walk.go(Outcome.DONE)
    session.ask(next(iter(open_problems)))
    return walk.go(Outcome.NEXT)


def _next_page(walk: Walk) -> list[Command]:
    session, form = walk.session, walk.session.form
    pages = len(form.pages) if form else 0
    for page in range(session.page + 1, pages):
        session.turn_to(page)
        if session.page_fields():
            return walk.go(Outcome.NEXT)
    session.review_page = 0
    return _review_or_open_page(walk)


def _previous_page(walk: Walk) -> list[Command]:
    session, form = walk.session, walk.session.form
    session.problems = {}
    while session.page > 0:
        session.turn_to(session.page - 1)
        if session.page_fields():
            session.question = len(session.questions()) - 1
            return walk.go(Outcome.PREVIOUS)
    offered = form is not None and form.prefill is PrefillOffer.OFFER
    return walk.go(Outcome.BACK if offered else Outcome.SKIP)


def turn_forms(walk: Walk, by: int) -> list[Command]:
    """Show other forms to choose from; before the first page is the first scene."""
    session = walk.session
    page = session.form_first // session.forms_on_page + by
    if page < 0:
        return walk.go(Outcome.BACK)
    first = page * session.forms_on_page
    session.form_first = first if first < len(walk.forms) else session.form_first
    return []


def turn_review(walk: Walk, by: int) -> list[Command]:
    """Turn the review's page; before the first is the form's last page, after the last the consent."""
    session, form = walk.session, walk.session.form
    page = session.turned(by)
    if 0 <= page < len(session.review()):
        session.review_page = page
        return walk.go(Outcome.NEXT if by > 0 else Outcome.PREVIOUS)
    if form is None:
        return []
    if page < 0:
        last = max(form.page_of(name) for name in session.fields())
        session.turn_to(last)
        session.question = max(0, len(session.questions()) - 1)
        return walk.go(Outcome.BACK)
    return walk.go(Outcome.SIGN)


def picture_chosen(walk: Walk, event: PictureChosen) -> list[Command]:
    """Show another part of the document's pages."""
    session = walk.session
    parts = len(session.prepared.pictures) * PARTS if session.prepared else 0
    if session.step is Step.PAGE_VIEW and 0 <= event.picture < parts:
        session.picture = event.picture
    return []


def turn_picture(walk: Walk, by: int) -> list[Command]:
    """Go on to the next part of the document's pages, or back."""
    session = walk.session
    parts = len(session.prepared.pictures) * PARTS if session.prepared else 0
    session.picture = max(0, min(parts - 1, session.picture + by))
    return walk.go(Outcome.NEXT if by > 0 else Outcome.PREVIOUS)
