"""The city checks the answers itself, against the schema of the form that was signed; a kiosk may be forged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from city_filing import an_application, document_of, filled
from hypothesis import given
from hypothesis import strategies as st

from city.catalogue.digest import form_digest
from city.config import Forms
from city.intake.forms import PublishedForms
from city.verification.answers import check_answers
from city.verification.document import Answer, read_document
from city.verification.refusal import Code, Refused
from kiosk.forms.checks import check_all
from kiosk.forms.loader import load_form

FORMS = Path(__file__).parents[3] / "config" / "forms"
SCHEMA = json.loads((FORMS / "juminhyo/schema.json").read_text("utf-8"))
JUMINHYO = load_form(FORMS / "juminhyo", FORMS, ("ja",))
SECRET = "誰にも見せない"


def answers(**changes):
    return read_document(document_of(an_application("txn-00000001", answers=filled(**changes)))).answers


def refusal(given):
    with pytest.raises(Refused) as told:
        check_answers(given, SCHEMA)
    assert told.value.code is Code.ANSWERS_INVALID
    return told.value.rule


@pytest.mark.parametrize(
    ("time", "taken"),
    [("00:00", True), ("23:59", True), ("24:00", False), ("9:00", False), ("09:60", False), ("09:00\n", False),
     ("０９:００", False)],
)  # fmt: skip
def test_a_time_of_day(time, taken):
    schema = {"properties": {"at": {"type": "string", "format": "clock-time"}}}
    given = (Answer("at", "時刻", time, time, "typed"),)
    if taken:
        check_answers(given, schema)
        return
    with pytest.raises(Refused) as told:
        check_answers(given, schema)
    assert told.value.rule == "at format"


def test_what_the_form_allows_is_taken():
    check_answers(answers(), SCHEMA)
    check_answers(answers(kind="part", members="花子と太郎"), SCHEMA)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"copies": 6}, "copies maximum"),
        ({"copies": "1"}, "copies type"),
        ({"purpose": SECRET}, "purpose enum"),
        ({"phone": SECRET}, "phone pattern"),
        ({"birth": "1867-12-31"}, "birth format"),
        ({"birth": "1954-13-01"}, "birth format"),
        ({"birth": "yesterday"}, "birth format"),
        ({"kind": "part"}, "document required"),
        ({"name": None}, "document required"),
        ({SECRET: 1}, "document additionalProperties"),
        ({"name": {"x": SECRET}}, "name type"),
    ],
)
def test_what_it_does_not_allow_is_refused_by_field_and_rule_never_by_value(changes, rule):
    told = refusal(answers(**changes))
    assert told == rule
    assert SECRET not in told


@pytest.mark.parametrize("birth", ["0000-00-00", "1954-00-00", "1954-04-00", "1868-00-00", "1868-01-25"])
def test_unknown_parts_of_a_birth_date_are_no_fault(birth):
    check_answers(answers(birth=birth), SCHEMA)


def test_a_question_is_answered_once():
    given = answers()
    assert refusal((*given, given[0])) == "answer twice"


@given(
    copies=st.integers(-2, 8),
    phone=st.from_regex(r"^0?[0-9]{8,12}$", fullmatch=True),
    kind=st.sampled_from(["all", "self", "part", "none"]),
    birth=st.sampled_from(["1954-04-01", "1954-00-00", "1868-01-24", "1868-01-00", "2023-02-29", "0000-12-31", ""]),
    members=st.sampled_from([None, "", "花子", "花" * 101]),
)
def test_kiosk_and_city_agree_about_everything_that_is_shown(copies, phone, kind, birth, members):
    given = {"copies": copies, "phone": phone, "kind": kind, "birth": birth, "members": members}
    if (members is None) == (kind == "part") or members == "":
        given["members"] = "花子" if kind == "part" else None  # what is not asked is removed before it is signed
    values = {answer.field: answer.value for answer in filled(**given)}
    try:
        check_answers(answers(**given), SCHEMA)
        accepted = True
    except Refused:
        accepted = False
    assert accepted == (check_all(JUMINHYO, values) == {})


def test_the_schema_is_that_of_the_signed_version():
    published = PublishedForms.load(Forms(directory=str(FORMS)), Path("/nonexistent"))
    digest = form_digest(FORMS / "juminhyo")
    known = read_document(document_of(an_application("txn-00000001", form_sha256=digest)))
    assert published.schema(known) == SCHEMA
    by_digest_alone = PublishedForms.load(Forms(accepted={"juminhyo": ("ab" * 32,)}), Path("/nonexistent"))
    assert by_digest_alone.schema(read_document(document_of(an_application("txn-00000001")))) is None
