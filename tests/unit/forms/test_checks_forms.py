"""Problems of answers, told in the form's own words."""

from datetime import date

import pytest
from forms_samples import FORMS, LANGUAGES, juminhyo, small_form
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_answers import ANSWERS

from kiosk.forms.checks import check_all, check_page
from kiosk.forms.files import read_toml
from kiosk.forms.problems import FACTS, Problem, ProblemCode
from kiosk.forms.show import problem_text

FORM = juminhyo()
TODAY = date(2026, 11, 24)


def code(field, value):
    found = check_all(FORM, ANSWERS | {field: value}, TODAY)
    assert set(found) <= {field}
    return str(found[field].code) if found else None


def test_a_complete_form_has_no_problem():
    assert check_all(FORM, ANSWERS, TODAY) == {}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("name", "", "required"),
        ("name", "　", "required"),
        ("name", "あ" * 256, "too-long"),
        ("name", "つるがしま\nはなこ", "characters"),
        ("name", "髙﨑　𠮷子", None),
        ("name", "葛\U000e0100城　花子", None),
        ("kana", "つるがしま", "kana-only"),
        ("kana", "ﾂﾙｶﾞｼﾏ", "kana-only"),
        ("kana", "ツルガシマ1", "kana-only"),
        ("kana", "ヴァン・デル　ジョー", None),
        ("birth", "1990-02-31", "date"),
        ("birth", "19540401", "date"),
        ("birth", "1954-00-00", None),
        ("birth", "0000-00-00", None),
        ("birth", "1868-01-24", "too-early"),
        ("birth", "1868-01-25", None),
        ("birth", "2026-11-24", None),
        ("birth", "2026-11-25", "future"),
        ("birth", "2026-00-00", None),
        ("birth", "2027-00-00", "future"),
        ("sex", "other", "choice"),
        ("kind", None, "not-chosen"),
        ("address", "埼玉県１２３４－５６７８－９０１８", "number-like-mynumber"),
        ("address", "", "required"),
        ("postcode", "350220", "postcode"),
        ("postcode", "350-2201", "postcode"),
        ("postcode", "３５０２２０１", "postcode"),
        ("phone", "049000123", "phone"),
        ("phone", "0490001234", None),
        ("phone", "09000001234", None),
        ("phone", "090000012345", "phone"),
        ("phone", "4900012345", "phone"),
        ("copies", 0, "range"),
        ("copies", 6, "range"),
        ("copies", 5, None),
        ("copies", "1", "pattern"),
        ("copies", 1.5, "pattern"),
    ],
)
def test_each_field_says_what_it_needs(field, value, expected):
    assert code(field, value) == expected


def test_a_page_tells_its_own_problems_only():
    assert set(check_page(FORM, 0, {})) == {"name", "kana"}
    assert set(check_page(FORM, 5, {"purpose": "other"})) == {"purpose_other"}
    assert check_page(FORM, 5, {"purpose": "work"}) == {}


def test_problems_come_in_the_order_of_asking():
    found = list(check_all(FORM, {}))
    assert found == [name for name in FORM.field_ids if name in found]


def test_limits_are_facts(tmp_path):
    listed = {"type": "array", "items": {"enum": ["x", "y", "z"]}, "uniqueItems": True, "minItems": 2, "maxItems": 2}
    text = {"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[a-z]+$"}
    form = small_form(tmp_path, {"a": listed, "b": text})
    assert check_all(form, {"a": ["x"], "b": "abcd"}) == {
        "a": Problem(ProblemCode.TOO_FEW, {"minimum": 2}),
        "b": Problem(ProblemCode.TOO_LONG, {"maximum": 3}),
    }
    assert check_all(form, {"a": ["x", "y", "z"], "b": "a"}) == {
        "a": Problem(ProblemCode.TOO_MANY, {"maximum": 2}),
        "b": Problem(ProblemCode.TOO_SHORT, {"minimum": 2}),
    }
    assert check_all(form, {"a": ["x", "w"], "b": "A1"})["b"].code is ProblemCode.PATTERN
    assert check_all(form, {"a": ["x", "w"]})["a"].code is ProblemCode.CHOICE


def test_the_range_is_told_in_the_field_s_own_words():
    problem = check_all(FORM, ANSWERS | {"copies": 9})["copies"]
    assert problem.facts == {"minimum": 1, "maximum": 5}
    assert problem_text(FORM, "copies", problem, "ja") == "通数は1通から5通までです。"
    assert problem_text(FORM, "copies", problem, "en") == "You can ask for 1 to 5 copies."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("problem_code", list(ProblemCode))
def test_every_problem_has_a_sentence_for_every_field(language, problem_code):
    facts = dict.fromkeys(FACTS.get(problem_code, ()), 3)
    for field in FORM.field_ids:
        sentence = problem_text(FORM, field, Problem(problem_code, facts), language)
        assert "{" not in sentence
        assert len(sentence) > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_over(language):
    assert set(read_toml(FORMS / f"problems.{language}.toml")) == {str(code) for code in ProblemCode}


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 99),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.lists(st.text(max_size=2)),
)


@settings(max_examples=80, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from(FORM.field_ids), anything, max_size=8))
def test_no_answer_makes_the_check_fall_over(answers):
    found = check_all(FORM, ANSWERS | answers, TODAY)
    for field, problem in found.items():
        sentence = problem_text(FORM, field, problem, "ja")
        value = answers.get(field)
        assert not (isinstance(value, str) and len(value) > 3 and value in sentence)
