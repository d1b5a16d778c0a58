"""Which fields are shown for the answers given so far, by the rules of the form's UI schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kiosk.forms.model import Effect

if TYPE_CHECKING:
    from kiosk.forms.model import Answers, Form, JsonValue, Rule


def visible_fields(form: Form, answers: Answers) -> tuple[str, ...]:
    """Return the fields that are shown, sentences included, in the order in which they are asked."""
    return _walk(form, answers)[0]


def without_hidden(form: Form, answers: Answers) -> dict[str, JsonValue]:
    """Return the answers of shown fields, in order; what is hidden, empty or not of this form is left out."""
    return _walk(form, answers)[1]


def answered(value: JsonValue) -> bool:
    """Tell whether a value is an answer: nothing, blanks alone and an empty list are none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != []


def _walk(form: Form, answers: Answers) -> tuple[tuple[str, ...], dict[str, JsonValue]]:
    # A rule looks back only and sees no hidden answer, so one walk in the order of asking settles everything.
    visible: list[str] = []
    kept: dict[str, JsonValue] = {}
    for field_id in form.field_ids:
        rule = form.fields[field_id].rule
        if rule is not None and not _shows(rule, kept):
            continue
        visible.append(field_id)
        if field_id in answers and answered(answers[field_id]):
            kept[field_id] = answers[field_id]
    return tuple(visible), kept


def _shows(rule: Rule, kept: Answers) -> bool:
    schema: Any = rule.schema
    met = rule.on in kept and bool(Draft202012Validator(schema).is_valid(kept[rule.on]))
    return met is (rule.effect is Effect.SHOW)
