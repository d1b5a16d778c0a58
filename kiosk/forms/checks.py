"""Checking answers: the form's own JSON Schema first, then what a schema cannot say."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kiosk.forms import formats
from kiosk.forms.days import calendar_problem
from kiosk.forms.model import FieldKind
from kiosk.forms.mynumber import holds_individual_number
from kiosk.forms.problems import Problem, ProblemCode
from kiosk.forms.rows import answer_of, question_ids, row_id, rows_of, split
from kiosk.forms.rules import asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jsonschema import ValidationError

    from kiosk.forms.model import Answers, Field, Form, JsonValue

__all__ = ["Problem", "ProblemCode", "check_all", "check_page"]

_TOUCHED = frozenset({FieldKind.ONE_OF, FieldKind.MANY_OF, FieldKind.CHECK})
_FREE_TEXT = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NAME, FieldKind.ADDRESS, FieldKind.MAIL})
_BY_PATTERN = {
    FieldKind.KANA: ProblemCode.KANA_ONLY,
    FieldKind.PHONE: ProblemCode.PHONE,
    FieldKind.POSTCODE: ProblemCode.POSTCODE,
    FieldKind.MAIL: ProblemCode.MAIL,
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
_WITH_ONE_PROBLEM = {FieldKind.TIME: ProblemCode.TIME, FieldKind.DECLARATION: ProblemCode.NOT_DECLARED}
_GRAVITY = {code: place for place, code in enumerate(ProblemCode)}


def check_page(form: Form, page_index: int, answers: Answers, today: date | None = None) -> dict[str, Problem]:
    """Return field → problem for the shown fields of one page; empty when the citizen can go on."""
    found = check_all(form, answers, today)
    on_page = form.pages[page_index].fields
    return {name: problem for name, problem in found.items() if split(name)[0] in on_page}


def check_all(form: Form, answers: Answers, today: date | None = None) -> dict[str, Problem]:
    """Return field → its gravest problem, in the order of asking; without `today` no date is too early or late.

    A question of a row is named as in `kiosk.forms.rows`.
    """
    now = asked(form, answers)
    found: dict[str, Problem] = {}
    for name, problem in _problems(form, now.kept, today):
        if name not in found or _GRAVITY[problem.code] < _GRAVITY[found[name].code]:
            found[name] = problem
    order = [question for name in now.visible for question in _questions(form, name, now.kept)]
    return {name: found[name] for name in order if name in found and split(name)[0] not in now.disabled}


def _questions(form: Form, name: str, kept: Answers) -> tuple[str, ...]:
    field = form.fields[name]
    if field.kind is not FieldKind.ROWS:
        return (name,)
    return tuple(question for row in range(len(rows_of(field, kept))) for question in question_ids(field, row))


def _problems(form: Form, kept: Answers, today: date | None) -> Iterator[tuple[str, Problem]]:
    schema: Any = form.schema
    for error in Draft202012Validator(schema, format_checker=formats.CHECKER).iter_errors(kept):
        yield from _by_schema(form, kept, error)
    for name in kept:
        for question in _questions(form, name, kept):
            problem = beyond_schema(form.field(question), answer_of(kept, question), today)
            if problem is not None:
                yield question, problem


def _by_schema(form: Form, kept: Answers, error: ValidationError) -> Iterator[tuple[str, Problem]]:
    path = list(error.absolute_path)
    if not path:
        # Of an object as a whole only `required` can fail: hidden and foreign answers are gone by now.
        yield from _missing(form, error, kept, "")
        return
    name = str(path[0])
    if form.fields[name].kind is not FieldKind.ROWS:
        yield name, _of_keyword(form.fields[name], str(error.validator), error.validator_value)
    elif len(path) == 2:
        yield from _missing(form, error, error.instance, f"{row_id(name, int(path[1]))}.")
    elif len(path) > 2:
        question = row_id(name, int(path[1]), str(path[2]))
        yield question, _of_keyword(form.field(question), str(error.validator), error.validator_value)


def _missing(form: Form, error: ValidationError, given: Answers, prefix: str) -> Iterator[tuple[str, Problem]]:
    for name in error.validator_value:
        if name in given:
            continue
        field = form.field(f"{prefix}{name}")
        if field.kind is FieldKind.DECLARATION:
            yield field.id, Problem(ProblemCode.NOT_DECLARED)
        elif field.kind is FieldKind.CAMERA:
            yield field.id, _of_keyword(field, "minItems", field.minimum)
        else:
            yield field.id, Problem(ProblemCode.NOT_CHOSEN if field.kind in _TOUCHED else ProblemCode.REQUIRED)


def _of_keyword(field: Field, keyword: str, limit: Any) -> Problem:
    if keyword == "pattern" and field.kind in _BY_PATTERN:
        return Problem(_BY_PATTERN[field.kind])
    if field.kind is FieldKind.CAMERA:
        return Problem(ProblemCode.NOT_PHOTOGRAPHED, {"minimum": field.minimum or 1})
    if field.kind in _WITH_ONE_PROBLEM:
        return Problem(_WITH_ONE_PROBLEM[field.kind])
    code = _BY_KEYWORD.get(keyword, ProblemCode.CHOICE if field.kind in _TOUCHED else ProblemCode.PATTERN)
    if code is ProblemCode.RANGE:
        return Problem(code, {"minimum": field.minimum or 0, "maximum": field.maximum or 0})
    if code in (ProblemCode.TOO_SHORT, ProblemCode.TOO_FEW):
        return Problem(code, {"minimum": limit})
    return Problem(code, {"maximum": limit}) if code in (ProblemCode.TOO_LONG, ProblemCode.TOO_MANY) else Problem(code)


def beyond_schema(field: Field, value: JsonValue, today: date | None) -> Problem | None:
    """Return what a schema cannot say about an answer: unfit characters, individual numbers, days of the calendar."""
    if not isinstance(value, str):
        return None
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in value):
        return Problem(ProblemCode.CHARACTERS)
    if field.kind in _FREE_TEXT and holds_individual_number(value):
        return Problem(ProblemCode.INDIVIDUAL_NUMBER)
    return calendar_problem(field, value, today) if field.kind is FieldKind.DATE else None
