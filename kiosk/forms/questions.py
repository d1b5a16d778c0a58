"""Which fields of a page make one question, where questions are asked one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.forms.model import FieldKind
from kiosk.forms.rows import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.forms.model import Form

_NOT_ASKED: Final = frozenset({FieldKind.INFO, FieldKind.HEADING})


def by_question(form: Form, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return fields by question; words that are not asked stand with the next question, the last ones with the last."""
    asked: list[tuple[str, ...]] = []
    waiting: tuple[str, ...] = ()
    for name in names:
        waiting = (*waiting, name)
        field = form.fields.get(split(name)[0])
        if field is None or field.kind not in _NOT_ASKED:
            asked.append(waiting)
            waiting = ()
    return [*asked[:-1], asked[-1] + waiting] if asked else [waiting] if waiting else []
