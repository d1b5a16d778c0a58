"""What the citizen reads of a form: labels, help, options, answers and problems, in one of its languages.

Every function raises KeyError for a field, page or language that the form does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.dates import said
from kiosk.forms.model import FieldKind
from kiosk.forms.phone import group_phone, group_postcode, group_thousands, group_time
from kiosk.forms.rows import split
from kiosk.forms.wording import NO, YES
from kiosk.text_input.eras import parse

if TYPE_CHECKING:
    from kiosk.forms.model import Answers, Form, JsonValue
    from kiosk.forms.problems import Problem

_SENTENCES = frozenset({FieldKind.INFO, FieldKind.HEADING})
_OPTIONS_OF_CHECKS = frozenset({FieldKind.CHECK, FieldKind.DECLARATION})
_GROUPED = {
    FieldKind.PHONE: group_phone,
    FieldKind.POSTCODE: group_postcode,
    FieldKind.TIME: group_time,
    FieldKind.CURRENCY: group_thousands,
}


def title(form: Form, language: str) -> str:
    """Return the name of the application (申請名)."""
    return form.texts[language]["title"]


def description(form: Form, language: str) -> str:
    """Return the line below the title where forms are chosen, such as 約5分."""
    return form.texts[language]["description"]


def receiver(form: Form, language: str, city: str) -> str:
    """Return who the application is addressed to (申請先), for a city of this name."""
    return form.texts[language]["receiver"].format(city=city)


def page_title(form: Form, page_id: str, language: str) -> str:
    """Return the heading of a page."""
    return form.texts[language][f"pages.{page_id}.title"]


def page_help(form: Form, page_id: str, language: str) -> str | None:
    """Return the sentence below the heading of a page, if it has one."""
    return form.texts[language].get(f"pages.{page_id}.help")


def label(form: Form, field: str, language: str) -> str:
    """Return what stands above a field; for a sentence without a value, the sentence."""
    name, row, column = split(field)
    if row is not None and not column:
        return row_label(form, name, row, language)
    return form.texts[language][f"{_base(field)}.{'text' if form.field(field).kind in _SENTENCES else 'label'}"]


def row_label(form: Form, field: str, row: int, language: str) -> str:
    """Return what a row is called, counted from one: 2人目."""
    return form.texts[language][f"fields.{field}.row"].format(number=row + 1)


def add_label(form: Form, field: str, language: str) -> str:
    """Return what stands on the button that adds a row."""
    return form.texts[language][f"fields.{field}.add"]


def _base(field: str) -> str:
    """Return where the texts of a field are; a question of a row has the same words in every row."""
    name, _, column = split(field)
    return f"fields.{name}.columns.{column}" if column else f"fields.{name}"


def short_label(form: Form, field: str, language: str) -> str:
    """Return what stands beside the answer in the review and on the signed page."""
    name, row, column = split(field)
    if row is not None and not column:
        return f"{short_label(form, name, language)} {row_label(form, name, row, language)}"
    return form.texts[language].get(f"{_base(field)}.short") or label(form, field, language)


def help_text(form: Form, field: str, language: str) -> str | None:
    """Return how to fill in a field, if something needs saying."""
    return form.texts[language].get(f"{_base(field)}.help")


def option_label(form: Form, field: str, option: str, language: str) -> str:
    """Return what stands on the button of an option; a yes-or-no has the options `yes` and `no`."""
    return form.texts[language][f"{_base(field)}.options.{option}"]


def problem_text(form: Form, field: str, problem: Problem, language: str) -> str:
    """Return the sentence for a problem: the field's own one, or that of all forms."""
    texts = form.texts[language]
    sentence = texts.get(f"{_base(field)}.problems.{problem.code}") or texts[f"problem.{problem.code}"]
    return sentence.format_map(dict(problem.facts))


def shown(form: Form, field: str, value: JsonValue, language: str) -> str:
    """Return an answer as it is read: 昭和29年4月1日, 1通, 350-2201; nothing for no answer.

    Names and addresses come back exactly as they are. Half-typed telephone numbers and postcodes are grouped too. Of a
    repeated group, each row is a line.
    """
    if value is None:
        return ""
    name, row, column = split(field)
    if row is not None and not column:
        return _row(form, field, value, language)
    if form.field(field).kind is FieldKind.ROWS:
        return _rows(form, name, value, language)
    text = _plain(form, field, value, language)
    texts = form.texts[language]
    base = f"{_base(field)}.shown"
    template = texts.get(f"{base}_one" if text == "1" else base) or texts.get(base)
    return template.format(value=text) if template and text else text


def _rows(form: Form, name: str, value: JsonValue, language: str) -> str:
    rows = value if isinstance(value, list | tuple) else ()
    return "\n".join(
        f"{row_label(form, name, at, language)}{_colon(language)}{_row(form, f'{name}.{at}', row, language)}"
        for at, row in enumerate(rows)
    )


def _row(form: Form, field: str, value: JsonValue, language: str) -> str:
    """Return the answers of one row in a line: the first, and the others in brackets."""
    row = value if isinstance(value, dict) else {}
    name, _, _ = split(field)
    said = [shown(form, f"{field}.{each.id}", row.get(each.id), language) for each in form.fields[name].columns]
    first, *others = said
    rest = ("・" if language.startswith("ja") else ", ").join(text for text in others if text)
    if not rest:
        return first
    return f"{first}（{rest}）" if language.startswith("ja") else f"{first} ({rest})".lstrip()


def _colon(language: str) -> str:
    return "　" if language.startswith("ja") else ": "


def _plain(form: Form, field: str, value: JsonValue, language: str) -> str:
    match form.field(field).kind, value:
        case kind, bool() if kind in _OPTIONS_OF_CHECKS:
            return option_label(form, field, YES if value else NO, language)
        case FieldKind.ONE_OF, str():
            return option_label(form, field, value, language)
        case FieldKind.MANY_OF, list() | tuple():
            chosen = [option_label(form, field, str(option), language) for option in value]
            return ("、" if language.startswith(("ja", "zh")) else ", ").join(chosen)
        case FieldKind.CAMERA, list() | tuple():
            return str(len(value))
        case FieldKind.DATE, str():
            return shown_date(value, language)
        case kind, _:
            return _GROUPED.get(kind, str)(str(value))


def shown_date(iso: str, language: str) -> str:
    """Return a date in the language's way; raises ValueError for what no calendar has."""
    return said(parse(iso), language)


def fee(form: Form, answers: Answers) -> int | None:
    """Return what the application costs in yen for these answers; None if it is free or not yet known."""
    count = answers.get(form.fee.per) if form.fee else None
    if form.fee is None or not isinstance(count, int) or isinstance(count, bool):
        return None
    return form.fee.unit * count
