"""The rows of a repeated group: one more, one less, one seen again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.application.document import Origin
from kiosk.forms.rows import rows_of
from kiosk.journey.map import Outcome, Step

if TYPE_CHECKING:
    from kiosk.forms.model import Field, JsonValue
    from kiosk.journey.commands import Command
    from kiosk.journey.events import RowAdded, RowOpened, RowRemoved
    from kiosk.journey.walk import Walk


def row_added(walk: Walk, event: RowAdded) -> list[Command]:
    """Add a row and open it, while there is room."""
    field = _listed(walk, event.field)
    if field is None:
        return []
    rows = rows_of(field, walk.session.answers)
    if len(rows) >= (field.maximum or 1):
        return []
    _keep(walk, field, [*rows, {}])
    return _turn(walk, len(rows), Outcome.NEXT)


def row_opened(walk: Walk, event: RowOpened) -> list[Command]:
    """Show the questions of a row again."""
    field = _listed(walk, event.field)
    if field is None or not 0 <= event.row < len(rows_of(field, walk.session.answers)):
        return []
    return _turn(walk, event.row, Outcome.NEXT)


def row_removed(walk: Walk, event: RowRemoved) -> list[Command]:
    """Take a row away, unless there must be so many."""
    field = _listed(walk, event.field)
    if field is None:
        return []
    rows = rows_of(field, walk.session.answers)
    if not 0 <= event.row < len(rows) or len(rows) <= (field.minimum or 1):
        return []
    del rows[event.row]
    _keep(walk, field, rows)
    return _turn(walk, None, Outcome.NEXT)


def _listed(walk: Walk, name: str) -> Field | None:
    """Return the group whose rows are listed on the page now."""
    session = walk.session
    field = session.repeated()
    if session.step is not Step.FORM_PAGE or session.row is not None or field is None or field.id != name:
        return None
    return field if name in session.page_fields() and name not in session.disabled() else None


def _keep(walk: Walk, field: Field, rows: list[dict[str, JsonValue]]) -> None:
    walk.session.answers[field.id] = rows
    walk.session.origins[field.id] = Origin.TYPED
    walk.session.problems.clear()


def _turn(walk: Walk, row: int | None, outcome: Outcome) -> list[Command]:
    walk.session.turn_to(walk.session.page, row)
    return walk.go(outcome)
