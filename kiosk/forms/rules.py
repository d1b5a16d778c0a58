"""Which fields are shown and enabled for the answers given so far, by the rules of the form's UI schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kiosk.forms.model import AllOf, AnyOf, Effect, FieldKind
from kiosk.forms.rows import rows_of

if TYPE_CHECKING:
    from kiosk.forms.model import Answers, Condition, Field, Form, JsonValue

_WHEN_MET = frozenset({Effect.SHOW, Effect.ENABLE})
_HIDING = frozenset({Effect.SHOW, Effect.HIDE})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks now: `visible` in order, of these the `disabled`, and the answers that count."""

    visible: tuple[str, ...]
    disabled: frozenset[str]
    kept: dict[str, JsonValue]


def asked(form: Form, answers: Answers) -> Asked:
    """Apply all rules; what is hidden, disabled, empty or not of this form is no answer."""
    # A rule looks back only and sees no hidden answer, so one walk in the order of asking settles everything.
    visible: list[str] = []
    disabled: set[str] = set()
    kept: dict[str, JsonValue] = {}
    for field_id in form.field_ids:
        field = form.fields[field_id]
        on = field.rule is None or _met(field.rule.condition, kept) is (field.rule.effect in _WHEN_MET)
        if not on and field.rule is not None and field.rule.effect in _HIDING:
            continue
        visible.append(field_id)
        if not on:
            disabled.add(field_id)
            continue
        value = _counting(field, answers)
        if answered(value):
            kept[field_id] = value
    return Asked(tuple(visible), frozenset(disabled), kept)


def visible_fields(form: Form, answers: Answers) -> tuple[str, ...]:
    """Return the fields that are shown, sentences included, in the order in which they are asked."""
    return asked(form, answers).visible


def disabled_fields(form: Form, answers: Answers) -> frozenset[str]:
    """Return the fields that are shown but cannot be answered now."""
    return asked(form, answers).disabled


def without_hidden(form: Form, answers: Answers) -> dict[str, JsonValue]:
    """Return the answers that count, in order; what is hidden, disabled, empty or not of this form is left out."""
    return asked(form, answers).kept


def answered(value: JsonValue) -> bool:
    """Tell whether a value is an answer: nothing, blanks alone and an empty list are none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ([], ())


def _counting(field: Field, answers: Answers) -> JsonValue:
    """Return the answer; rows that are not required count when something is answered in one of them."""
    if field.kind is not FieldKind.ROWS:
        value = answers.get(field.id)
        return list(value) if isinstance(value, tuple) else value  # JSON knows lists only
    columns = {column.id for column in field.columns}
    rows = [
        {name: value for name, value in row.items() if name in columns and answered(value)}
        for row in rows_of(field, answers)
    ]
    return rows if field.required or any(rows) else None


def _met(condition: Condition, kept: Answers) -> bool:
    if isinstance(condition, AllOf):
        return all(_met(part, kept) for part in condition.conditions)
    if isinstance(condition, AnyOf):
        return any(_met(part, kept) for part in condition.conditions)
    schema: Any = condition.schema
    return condition.on in kept and bool(Draft202012Validator(schema).is_valid(kept[condition.on]))
