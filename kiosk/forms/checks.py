"""Checking answers: the form's own JSON Schema first, then what a schema cannot say."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kiosk.forms import formats
from kiosk.forms.model import FieldKind
from kiosk.forms.mynumber import holds_individual_number
from kiosk.forms.problems import Problem, ProblemCode
from kiosk.forms.rules import visible_fields, without_hidden
from kiosk.text_input.eras import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jsonschema import ValidationError

    from kiosk.forms.model import Answers, Field, Form, JsonValue

__all__ = ["Problem", "ProblemCode", "check_all", "check_page"]

_TOUCHED = frozenset({FieldKind.ONE_OF, FieldKind.MANY_OF, FieldKind.CHECK})
_FREE_TEXT = frozenset({FieldKind.TEXT, FieldKind.NAME, FieldKind.ADDRESS})
_BY_PATTERN = {
    FieldKind.KANA: ProblemCode.KANA_ONLY,
    FieldKind.PHONE: ProblemCode.PHONE,
    FieldKind.POSTCODE: ProblemCode.POSTCODE,
}
_BY_KEYWORD = {
    "minLength": ProblemCode.TOO_SHORT,
    "maxLength": ProblemCode.TOO_LONG,
    "minimum": ProblemCode.RANGE,
    "maximum": ProblemCode.RANGE,
    "minItems": ProblemCode.TOO_FEW,
    "maxItems": ProblemCode.TOO_MANY,
    "format": ProblemCode.DATE,
}
_GRAVITY = {code: place for place, code in enumerate(ProblemCode)}


def check_page(form: Form, page_index: int, answers: Answers, today: date | None = None) -> dict[str, Problem]:
    """Return field → problem for the shown fields of one page; empty when the citizen can go on."""
    found = check_all(form, answers, today)
    return {name: found[name] for name in form.pages[page_index].fields if name in found}


def check_all(form: Form, answers: Answers, today: date | None = None) -> dict[str, Problem]:
    """Return field → its gravest problem for all shown fields; without `today` a birth date may lie in the future."""
    kept = without_hidden(form, answers)
    found: dict[str, Problem] = {}
    for name, problem in _problems(form, kept, today):
        if name not in found or _GRAVITY[problem.code] < _GRAVITY[found[name].code]:
            found[name] = problem
    return {name: found[name] for name in visible_fields(form, answers) if name in found}


def _problems(form: Form, kept: Answers, today: date | None) -> Iterator[tuple[str, Problem]]:
    schema: Any = form.schema
    for error in Draft202012Validator(schema, format_checker=formats.CHECKER).iter_errors(kept):
        yield from _by_schema(form, kept, error)
    for name, value in kept.items():
        code = _beyond_schema(form.fields[name], value, today)
        if code is not None:
            yield name, Problem(code)


def _by_schema(form: Form, kept: Answers, error: ValidationError) -> Iterator[tuple[str, Problem]]:
    if not error.absolute_path:
        # Of an object as a whole only `required` can fail: hidden and foreign answers are gone by now.
        for name in error.validator_value:
            if name not in kept:
                touched = form.fields[name].kind in _TOUCHED
                yield name, Problem(ProblemCode.NOT_CHOSEN if touched else ProblemCode.REQUIRED)
        return
    field = form.fields[str(error.absolute_path[0])]
    yield field.id, _of_keyword(field, str(error.validator), error.validator_value)


def _of_keyword(field: Field, keyword: str, limit: Any) -> Problem:
    if keyword == "pattern" and field.kind in _BY_PATTERN:
        return Problem(_BY_PATTERN[field.kind])
    code = _BY_KEYWORD.get(keyword, ProblemCode.CHOICE if field.kind in _TOUCHED else ProblemCode.PATTERN)
    if code is ProblemCode.RANGE:
        return Problem(code, {"minimum": field.minimum or 0, "maximum": field.maximum or 0})
    if code in (ProblemCode.TOO_SHORT, ProblemCode.TOO_FEW):
        return Problem(code, {"minimum": limit})
    return Problem(code, {"maximum": limit}) if code in (ProblemCode.TOO_LONG, ProblemCode.TOO_MANY) else Problem(code)


def _beyond_schema(field: Field, value: JsonValue, today: date | None) -> ProblemCode | None:
    if not isinstance(value, str):
        return None
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in value):
        return ProblemCode.CHARACTERS
    if field.kind in _FREE_TEXT and holds_individual_number(value):
        return ProblemCode.INDIVIDUAL_NUMBER
    if field.format == formats.BIRTH_DATE:
        return _birth(value, today)
    return None


def _birth(value: str, today: date | None) -> ProblemCode | None:
    try:
        born = parse(value)
    except ValueError:
        return ProblemCode.DATE
    if formats.too_early(born):
        return ProblemCode.TOO_EARLY
    return ProblemCode.FUTURE if today and born.year and born.earliest > today else None
