"""Every further kind of question: how it is defined, typed, checked and shown."""

from datetime import date

import pytest
from forms_samples import small_form

from kiosk.forms.checks import check_all, check_page
from kiosk.forms.entry import composer_for, value_of
from kiosk.forms.errors import FormError
from kiosk.forms.model import FieldKind, Keyboard
from kiosk.forms.problems import ProblemCode
from kiosk.forms.rows import answer_of, expanded, rows_of, with_answer
from kiosk.forms.rules import disabled_fields, visible_fields, without_hidden
from kiosk.forms.show import label, shown
from kiosk.text_input.composer import Mode

TODAY = date(2026, 11, 25)
TEXT = {"type": "string", "maxLength": 40}
SUM = {"type": "integer", "minimum": 0, "maximum": 99999, "x-widget": "currency"}
TIME = {"type": "string", "format": "clock-time", "x-widget": "time"}
MAIL = {"type": "string", "maxLength": 60, "pattern": "^[a-z]+@[a-z.]+$", "x-widget": "mail"}
CODE = {"type": "string", "maxLength": 8, "pattern": "^[0-9]{4,8}$", "x-widget": "digits"}
LONG = {"type": "string", "maxLength": 200, "x-widget": "long-text"}
TRUE = {"type": "boolean", "const": True}
DAY = {"type": "string", "format": "date", "x-widget": "wareki-date"}


def codes(form, answers, today=TODAY):
    return {name: problem.code for name, problem in check_all(form, answers, today).items()}


def typed(field, keys, value=None):
    composer = composer_for(field, value)
    for key in keys:
        composer = composer.insert(key)
    return value_of(composer, field.kind)


def test_a_sum_is_typed_in_digits_and_kept_as_a_number(tmp_path):
    form = small_form(tmp_path, {"price": SUM})
    field = form.fields["price"]
    assert (field.kind, field.keyboard, field.max_length) == (FieldKind.CURRENCY, Keyboard.DIGITS, 5)
    assert typed(field, "12000") == 12000
    assert typed(field, "0", 1200) == 12000
    assert typed(field, "") is None
    assert shown(form, "price", 12000, "ja") == "12,000個"
    assert codes(form, {"price": 100000}) == {"price": ProblemCode.RANGE}
    assert codes(form, {"price": 0}) == {}


def test_a_time_has_four_digits(tmp_path):
    form = small_form(tmp_path, {"at": TIME})
    field = form.fields["at"]
    assert typed(field, "0930") == "09:30"
    assert composer_for(field, "09:30").text == "0930"
    assert [shown(form, "at", value, "ja") for value in ("09:30", "093")] == ["09:30", "09:3"]
    assert [codes(form, {"at": value}) for value in ("00:00", "23:59")] == [{}, {}]
    for wrong in ("24:00", "09:60", "09:3", "9:30", "noon"):
        assert codes(form, {"at": wrong}) == {"at": ProblemCode.TIME}


def test_a_mail_address_is_typed_in_small_latin_letters(tmp_path):
    form = small_form(tmp_path, {"mail": MAIL})
    field = form.fields["mail"]
    assert composer_for(field).modes == (Mode.LATIN, Mode.DIGITS)
    assert typed(field, "a@b.jp") == "a@b.jp"
    assert codes(form, {"mail": "a.b.jp"}) == {"mail": ProblemCode.MAIL}


def test_a_number_of_digits_has_no_room_for_an_individual_number(tmp_path):
    assert small_form(tmp_path / "a", {"code": CODE}).fields["code"].kind is FieldKind.DIGITS
    with pytest.raises(FormError, match="no individual number has room"):
        small_form(tmp_path / "b", {"code": CODE | {"maxLength": 12}})


def test_an_individual_number_is_refused_in_long_texts_too(tmp_path):
    form = small_form(tmp_path, {"note": LONG})
    for number in (
        "123456789018",
        "１２３４　５６７８　９０１８",
        "12-3456-789018",
        "1 2 3 4 5 6 7 8 9 0 1 8",
        "1234/56789/018",
    ):
        assert codes(form, {"note": f"番号は{number}です"}) == {"note": ProblemCode.INDIVIDUAL_NUMBER}
    assert codes(form, {"note": "2026年11月25日 10:30に"}) == {}


def test_a_declaration_must_be_true(tmp_path):
    form = small_form(tmp_path, {"sure": TRUE})
    assert form.fields["sure"].kind is FieldKind.DECLARATION
    assert codes(form, {}) == {"sure": ProblemCode.NOT_DECLARED}
    assert codes(form, {"sure": False}) == {"sure": ProblemCode.NOT_DECLARED}
    assert codes(form, {"sure": True}) == {}
    assert shown(form, "sure", True, "ja") == "選yes"


@pytest.mark.parametrize(
    ("options", "day", "code"),
    [
        ({"days_back": 30, "days_ahead": 0}, "2026-11-25", None),
        ({"days_back": 30, "days_ahead": 0}, "2026-10-26", None),
        ({"days_back": 30, "days_ahead": 0}, "2026-10-25", ProblemCode.TOO_FAR_BACK),
        ({"days_back": 30, "days_ahead": 0}, "2026-11-26", ProblemCode.FUTURE),
        ({"days_back": 0, "days_ahead": 30}, "2026-11-24", ProblemCode.PAST),
        ({"days_ahead": 30}, "2026-12-25", None),
        ({"days_ahead": 30}, "2026-12-26", ProblemCode.TOO_FAR_AHEAD),
        ({"days_ahead": 30}, "1901-01-01", None),
        ({}, "2100-01-01", None),
        ({}, "2026-02-30", ProblemCode.DATE),
    ],
)
def test_a_date_may_have_to_be_near_today(tmp_path, options, day, code):
    form = small_form(tmp_path, {"on": DAY}, controls={"on": {"options": options}} if options else {})
    assert codes(form, {"on": day}) == ({"on": code} if code else {})
    if code is not ProblemCode.DATE:
        assert codes(form, {"on": day}, today=None) == {}


# ---- rules ------------------------------------------------------------------------------------------------------


def condition(on, schema):
    return {"scope": f"#/properties/{on}", "schema": schema, "failWhenUndefined": True}


@pytest.mark.parametrize(
    ("kind", "answers", "visible"),
    [
        ("AND", {"a": "x", "b": "y"}, True),
        ("AND", {"a": "x"}, False),
        ("OR", {"b": "y"}, True),
        ("OR", {"a": "z", "b": "z"}, False),
    ],
)
def test_conditions_join(tmp_path, kind, answers, visible):
    joined = {"type": kind, "conditions": [condition("a", {"const": "x"}), condition("b", {"const": "y"})]}
    form = small_form(
        tmp_path, dict.fromkeys("abc", TEXT), controls={"c": {"rule": {"effect": "SHOW", "condition": joined}}}
    )
    assert ("c" in visible_fields(form, answers)) is visible


@pytest.mark.parametrize(("effect", "value", "off"), [("DISABLE", "x", True), ("ENABLE", "x", False)])
def test_a_disabled_field_is_shown_and_keeps_no_answer(tmp_path, effect, value, off):
    form = small_form(tmp_path, dict.fromkeys("abc", TEXT), {"b": (effect, "a", {"const": "x"})})
    answers = {"a": value, "b": "keep?", "c": "z"}
    assert "b" in visible_fields(form, answers)
    assert disabled_fields(form, answers) == ({"b"} if off else set())
    assert ("b" in without_hidden(form, answers)) is not off
    assert codes(form, answers) == {}


def test_a_group_has_a_heading_and_its_rule_is_that_of_all_in_it(tmp_path):
    form = small_form(
        tmp_path,
        dict.fromkeys("abc", TEXT),
        group=("b", {"effect": "SHOW", "condition": condition("a", {"const": "x"})}),
    )
    assert form.fields["head_b"].kind is FieldKind.HEADING
    assert label(form, "head_b", "ja") == "見出し"
    assert visible_fields(form, {"a": "x"}) == ("a", "head_b", "b", "c")
    assert visible_fields(form, {"a": "y"}) == ("a", "c")


# ---- rows -------------------------------------------------------------------------------------------------------

PEOPLE = {
    "type": "array",
    "minItems": 1,
    "maxItems": 3,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "who": {"type": "string", "maxLength": 9, "x-widget": "name"},
            "age": {"enum": ["old", "young"], "type": "string"},
        },
        "required": ["who"],
    },
}


@pytest.fixture
def people(tmp_path):
    return small_form(tmp_path, {"people": PEOPLE})


def test_a_row_has_questions_of_its_own(people):
    field = people.field("people.1.who")
    assert (field.id, field.kind, field.required, field.max_length) == ("people.1.who", FieldKind.NAME, True, 9)
    assert people.page_of("people.1.who") == 0
    for unknown in ("people.0.nobody", "nobody.0.who"):
        with pytest.raises(KeyError):
            people.field(unknown)


def test_rows_are_checked_one_by_one(people):
    assert codes(people, {}) == {"people.0.who": ProblemCode.REQUIRED}
    rows = [{"who": "はな"}, {"age": "old"}, {"who": "1234-5678-9018"}]
    assert codes(people, {"people": rows}) == {
        "people.1.who": ProblemCode.REQUIRED,
        "people.2.who": ProblemCode.INDIVIDUAL_NUMBER,
    }
    assert list(check_page(people, 0, {"people": rows}, TODAY)) == ["people.1.who", "people.2.who"]
    assert codes(people, {"people": [{"who": "はな", "age": "new"}]}) == {"people.0.age": ProblemCode.CHOICE}
    assert codes(people, {"people": [{"who": "はな"}]}) == {}


def test_what_a_row_does_not_ask_is_left_out(people):
    assert without_hidden(people, {"people": [{"who": "はな", "number": "123456789018", "age": ""}]}) == {
        "people": [{"who": "はな"}]
    }


def test_rows_are_read_in_a_line_each(people):
    rows = [{"who": "はな", "age": "old"}, {"who": "たろう"}]
    assert shown(people, "people", rows, "ja") == "1人目　はな（選old）\n2人目　たろう"
    assert shown(people, "people.0", rows[0], "ja") == "はな（選old）"
    assert label(people, "people.1", "ja") == "2人目"


def test_rows_are_answered_without_touching_the_others(people):
    field = people.fields["people"]
    rows = with_answer(field, {"people": [{"who": "はな"}, {"who": "たろう"}]}, "people.1.age", "old")
    assert rows == [{"who": "はな"}, {"who": "たろう", "age": "old"}]
    assert with_answer(field, {"people": rows}, "people.1.age", None)[1] == {"who": "たろう"}
    assert answer_of({"people": rows}, "people.1.age") == "old"
    assert answer_of({"people": rows}, "people.7.age") is None
    assert rows_of(field, {}) == [{}]
    assert expanded(people.fields, ("people",), {"people": rows}) == ("people.0", "people.1")
    with pytest.raises(KeyError):
        with_answer(field, {"people": rows}, "people.5.who", "x")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"maxItems": 7}, "at most 6"),
        ({"minItems": 0}, "1 or more"),
        ({"items": PEOPLE["items"] | {"additionalProperties": True}}, "False"),
        ({"items": PEOPLE["items"] | {"required": ["nobody"]}}, "a property of the schema"),
        ({"items": PEOPLE["items"] | {"properties": {"who": TRUE}, "required": ["who"]}}, "a question of a row"),
    ],
)
def test_a_wrong_repeated_group_is_refused(tmp_path, change, reason):
    with pytest.raises(FormError, match=reason):
        small_form(tmp_path, {"people": PEOPLE | change})
