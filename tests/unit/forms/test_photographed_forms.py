"""Papers that are photographed: how they are defined, refused, asked for, checked and shown."""

from copy import deepcopy

import pytest
from forms_samples import small_form

from kiosk.forms.checks import check_all
from kiosk.forms.errors import FormError
from kiosk.forms.legible import LEAST_PIXELS, MOST_PIXELS
from kiosk.forms.loader import load_forms
from kiosk.forms.model import FieldKind, Keyboard
from kiosk.forms.problems import Problem, ProblemCode
from kiosk.forms.rules import without_hidden
from kiosk.forms.show import problem_text, shown

KIND = {"type": "string", "enum": ["self", "agent"]}
PAPER = {
    "type": "array",
    "x-widget": "camera",
    "items": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "minItems": 1,
    "maxItems": 2,
    "uniqueItems": True,
}
NEEDED = [{"if": {"properties": {"kind": {"const": "agent"}}, "required": ["kind"]}, "then": {"required": ["letter"]}}]
ONE, OTHER = "ab" * 32, "cd" * 32


def form_of(folder, paper=PAPER, **schema):
    """Return a form that asks for a paper when somebody else is meant."""
    rules = {"letter": ("SHOW", "kind", {"const": "agent"})}
    return small_form(folder, {"kind": KIND, "letter": paper}, rules, **{"allOf": NEEDED, **schema})


def refused(folder, paper, **schema):
    with pytest.raises(FormError) as caught:
        form_of(folder, paper, **schema)
    return caught.value


def test_the_field_as_the_kiosk_sees_it(tmp_path):
    field = form_of(tmp_path, {**PAPER, "x-maxpixels": 5_000_000}).fields["letter"]
    assert (field.kind, field.minimum, field.maximum, field.max_pixels) == (FieldKind.CAMERA, 1, 2, 5_000_000)
    assert (field.required, field.keyboard) == (True, Keyboard.NONE)
    assert form_of(tmp_path / "again").fields["letter"].max_pixels == MOST_PIXELS


BAD = [
    ("type", "string", "type", "'array'"),
    ("items", {"type": "string"}, "items/pattern", "this key"),
    ("items", {"type": "string", "pattern": ".*"}, "items/pattern", "0-9a-f"),
    ("minItems", 0, "minItems", "1 or more"),
    ("minItems", 3, "maxItems", "at least minItems and at most 3"),
    ("maxItems", 4, "maxItems", "at most 3"),
    ("uniqueItems", False, "uniqueItems", "True"),
    ("maxLength", 9, "maxLength", "no such key"),
    ("x-maxpixels", LEAST_PIXELS - 1, "x-maxpixels", "A4 at 200 dots"),
    ("x-maxpixels", MOST_PIXELS + 1, "x-maxpixels", str(MOST_PIXELS)),
    ("x-maxpixels", "many", "x-maxpixels", "whole number"),
]


@pytest.mark.parametrize(("key", "value", "where", "expected"), BAD)
def test_a_wrong_definition_is_refused_with_its_place(tmp_path, key, value, where, expected):
    error = refused(tmp_path, {**PAPER, key: value})
    assert error.path == f"#/properties/letter/{where}"
    assert error.file.endswith("small/schema.json")
    assert expected in str(error)


@pytest.mark.parametrize("key", ["items", "minItems", "maxItems", "uniqueItems"])
def test_every_limit_must_be_said(tmp_path, key):
    paper = deepcopy(PAPER)
    del paper[key]
    assert refused(tmp_path, paper).path == f"#/properties/letter/{key}"


def test_no_form_can_only_be_filed_with_a_camera(tmp_path):
    """Where the camera fails, another answer must lead another way."""
    error = refused(tmp_path, PAPER, required=["kind", "letter"])
    assert error.path == "#/required/1"
    assert "where the camera fails" in str(error)


def test_all_papers_of_a_form_together_have_room_in_the_spool(tmp_path):
    with pytest.raises(FormError, match="at most 3 photographed pages in all, not 4") as caught:
        small_form(tmp_path, {"kind": KIND, "letter": PAPER, "proof": PAPER})
    assert caught.value.path == "#/properties"


def test_a_row_has_no_camera(tmp_path):
    rows = {
        "type": "array",
        "minItems": 1,
        "maxItems": 2,
        "items": {"type": "object", "additionalProperties": False, "properties": {"p": PAPER}, "required": ["p"]},
    }
    with pytest.raises(FormError, match="no widget"):
        small_form(tmp_path, {"kind": KIND, "rows": rows})


def test_how_many_must_be_said_in_words(tmp_path):
    form_of(tmp_path)
    texts = tmp_path / "small/texts.ja.toml"
    texts.write_text(texts.read_text("utf-8").replace('shown = "{value}個"', ""), "utf-8")
    with pytest.raises(FormError, match="fields/letter/shown"):
        load_forms(tmp_path, ["ja"])


def test_what_is_missing_is_said_plainly(tmp_path):
    form = form_of(tmp_path, {**PAPER, "minItems": 2})
    wanted = {"letter": Problem(ProblemCode.NOT_PHOTOGRAPHED, {"minimum": 2})}
    assert check_all(form, {"kind": "agent"}) == wanted
    assert check_all(form, {"kind": "agent", "letter": [ONE]}) == wanted
    assert check_all(form, {"kind": "agent", "letter": [ONE, OTHER]}) == {}
    assert "2枚以上" in problem_text(form, "letter", wanted["letter"], "ja")


@pytest.mark.parametrize("value", [[ONE, ONE], ["x"], [ONE, OTHER, "ef" * 32]])
def test_what_no_camera_gives_is_no_answer(tmp_path, value):
    found = check_all(form_of(tmp_path), {"kind": "agent", "letter": value})
    assert found["letter"].code is ProblemCode.NOT_PHOTOGRAPHED


def test_hidden_photographs_are_no_answer(tmp_path):
    form = form_of(tmp_path)
    assert without_hidden(form, {"kind": "self", "letter": [ONE]}) == {"kind": "self"}
    assert without_hidden(form, {"kind": "agent", "letter": (ONE,)}) == {"kind": "agent", "letter": [ONE]}
    assert check_all(form, {"kind": "self"}) == {}


def test_the_answer_is_read_as_how_many(tmp_path):
    form = form_of(tmp_path)
    assert [shown(form, "letter", value, "ja") for value in (None, [ONE], [ONE, OTHER])] == ["", "1個", "2個"]
