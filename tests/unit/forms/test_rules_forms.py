"""What is shown, and what of the answers remains."""

import pytest
from forms_samples import juminhyo, small_form
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_answers import ANSWERS

from kiosk.forms.checks import check_all
from kiosk.forms.rules import answered, visible_fields, without_hidden

FORM = juminhyo()
TEXT = {"type": "string", "maxLength": 9}
NUMBER = {"type": "integer", "minimum": 0, "maximum": 9}
LIST = {"type": "array", "items": {"enum": ["x", "y"]}, "uniqueItems": True}


def test_members_are_asked_for_a_part_of_the_household_only():
    assert "members" not in visible_fields(FORM, {})
    assert "members" not in visible_fields(FORM, {"kind": "all"})
    assert "members" in visible_fields(FORM, {"kind": "part"})


def test_hidden_answers_are_removed_and_do_not_come_back_as_problems():
    answers = ANSWERS | {"kind": "part", "members": "はなこ", "head": "other", "head_name": "つるがしま　たろう"}
    assert without_hidden(FORM, answers) == {name: answers[name] for name in FORM.field_ids if name in answers}
    kept = without_hidden(FORM, answers | {"kind": "self", "head": "self", "members": "12" * 60})
    assert not {"members", "head_name"} & kept.keys()
    assert check_all(FORM, kept) == {}


def test_answers_come_in_the_order_of_asking():
    backwards = dict(reversed(ANSWERS.items()))
    assert list(without_hidden(FORM, backwards)) == [name for name in FORM.field_ids if name in ANSWERS]


def test_what_the_form_does_not_ask_is_left_out():
    assert "number" not in without_hidden(FORM, ANSWERS | {"number": "123456789018"})


@pytest.mark.parametrize("nothing", [None, "", " ", "　", []])
def test_nothing_is_no_answer(nothing):
    assert not answered(nothing)
    assert "name" not in without_hidden(FORM, ANSWERS | {"name": nothing})


@pytest.mark.parametrize("something", [0, False, "0", ["x"]])
def test_zero_and_no_are_answers(something):
    assert answered(something)


@pytest.mark.parametrize(
    ("said", "condition", "fitting", "other"),
    [
        (TEXT, {"const": "x"}, "x", "y"),
        (TEXT, {"not": {"const": "x"}}, "y", "x"),
        (TEXT, {"enum": ["x", "z"]}, "z", "y"),
        (NUMBER, {"minimum": 2}, 2, 1),
        (LIST, {"contains": {"const": "x"}}, ["y", "x"], ["y"]),
    ],
)
@pytest.mark.parametrize("effect", ["SHOW", "HIDE"])
def test_conditions(tmp_path, said, condition, fitting, other, effect):
    form = small_form(tmp_path, {"a": said, "b": TEXT}, {"b": (effect, "a", condition)})
    assert ("b" in visible_fields(form, {"a": fitting})) is (effect == "SHOW")
    assert ("b" in visible_fields(form, {"a": other})) is (effect == "HIDE")
    assert ("b" in visible_fields(form, {})) is (effect == "HIDE")


def test_a_hidden_answer_shows_nothing_further_on(tmp_path):
    rules = {"b": ("SHOW", "a", {"const": "x"}), "c": ("SHOW", "b", {"const": "x"})}
    form = small_form(tmp_path, {"a": TEXT, "b": TEXT, "c": TEXT}, rules)
    assert visible_fields(form, {"a": "x", "b": "x", "c": "x"}) == ("a", "b", "c")
    assert visible_fields(form, {"a": "y", "b": "x", "c": "x"}) == ("a",)


choices = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(FORM.fields[name].options) for name in ("kind", "head", "purpose")}
    | {name: st.text(max_size=5) for name in ("members", "head_name", "purpose_other", "nobody")},
)


@settings(max_examples=60, deadline=None, database=None)
@given(choices)
def test_removing_hidden_answers_is_done_in_one_go(answers):
    kept = without_hidden(FORM, answers)
    assert without_hidden(FORM, kept) == kept
    assert visible_fields(FORM, kept) == visible_fields(FORM, answers)
    assert set(kept) <= set(visible_fields(FORM, answers)) & answers.keys()


@settings(max_examples=60, deadline=None, database=None)
@given(choices)
def test_what_is_required_is_always_shown_and_what_is_shown_and_required_is_missed(answers):
    """The rules of the UI schema and the if/then of the schema must say the same."""
    missed = {name for name, problem in check_all(FORM, answers).items() if problem.code in ("required", "not-chosen")}
    shown = {name for name in visible_fields(FORM, answers) if FORM.fields[name].required}
    assert missed == shown - without_hidden(FORM, answers).keys()


def test_several_choices_are_a_list_however_they_were_kept(tmp_path):
    form = small_form(tmp_path, {"ways": LIST})
    assert without_hidden(form, {"ways": ("y", "x")}) == {"ways": ["y", "x"]}
    assert check_all(form, {"ways": ("y", "x")}) == {}
