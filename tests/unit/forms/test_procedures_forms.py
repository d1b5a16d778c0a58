"""The five procedures beside 住民票: what each asks for, and when."""

from datetime import date

import pytest
from forms_samples import FORMS, LANGUAGES

from kiosk.forms.checks import check_all
from kiosk.forms.loader import load_forms
from kiosk.forms.model import Fee, FieldKind, Prefill
from kiosk.forms.problems import ProblemCode
from kiosk.forms.rules import visible_fields
from kiosk.forms.show import help_text, label, option_label, page_title, short_label, shown, title

TODAY = date(2026, 11, 25)
LOADED = load_forms(FORMS, LANGUAGES)
SENTENCES = (FieldKind.INFO, FieldKind.HEADING)
BY_ID = {form.id: form for form in LOADED}
PERSON = {
    "name": "鶴ヶ島　花子",
    "kana": "ツルガシマ　ハナコ",
    "birth": "1954-04-01",
    "address": "埼玉県鶴ヶ島市富士見一丁目０番０号",
    "phone": "0490001234",
}
COMPLETE = {
    "kisaijiko": PERSON | {"kind": "self", "own_form": False, "copies": 1, "purpose": "work"},
    "inkan": PERSON | {"registered": True, "copies": 2},
    "kazei": PERSON | {"year": "r8", "kind": "tax", "lived": "same", "copies": 1, "purpose": "loan"},
    "fuhyo": PERSON
    | {"relationship": "self", "domicile": "埼玉県鶴ヶ島市大字三ツ木１番地", "head": "鶴ヶ島　太郎", "scope": "all"}
    | {"show_domicile": "omit", "copies": 1, "purpose": "car"},
    "tenshutsu": PERSON
    | {"moving_date": "2026-11-30", "new_postcode": "1000013", "new_address": "東京都千代田区霞が関１－２"}
    | {"new_head": "self", "who": "self", "true_statement": True},
}


def codes(form_id, **changes):
    answers = {name: value for name, value in (COMPLETE[form_id] | changes).items() if value is not None}
    return {name: problem.code for name, problem in check_all(BY_ID[form_id], answers, TODAY).items()}


def test_six_forms_are_offered_with_the_most_asked_first():
    assert [form.id for form in LOADED] == ["juminhyo", "kisaijiko", "inkan", "kazei", "fuhyo", "tenshutsu"]


@pytest.mark.parametrize("form_id", COMPLETE)
def test_complete_answers_are_taken(form_id):
    assert codes(form_id) == {}


@pytest.mark.parametrize(
    ("form_id", "changes", "problems"),
    [
        ("kisaijiko", {"kind": "part"}, {"members": ProblemCode.REQUIRED}),
        ("kisaijiko", {"items": ["relationship", "since"]}, {}),
        ("kisaijiko", {"purpose": "other"}, {"purpose_other": ProblemCode.REQUIRED}),
        ("inkan", {"registered": None}, {"registered": ProblemCode.NOT_DECLARED}),
        ("inkan", {"number": "12345"}, {}),
        ("inkan", {"number": "12345678901"}, {"number": ProblemCode.TOO_LONG}),
        ("inkan", {"copies": 6}, {"copies": ProblemCode.RANGE}),
        (
            "kazei",
            {"lived": "other"},
            {"postcode_then": ProblemCode.REQUIRED, "address_then": ProblemCode.REQUIRED},
        ),
        ("kazei", {"year": "r3"}, {"year": ProblemCode.CHOICE}),
        ("kazei", {"submit_to": "1234 5678 9018"}, {"submit_to": ProblemCode.INDIVIDUAL_NUMBER}),
        ("fuhyo", {"scope": "part"}, {"person": ProblemCode.REQUIRED}),
        ("fuhyo", {"head": None}, {"head": ProblemCode.REQUIRED}),
        ("tenshutsu", {"moving_date": "2026-11-11"}, {}),
        ("tenshutsu", {"moving_date": "2026-11-10"}, {"moving_date": ProblemCode.TOO_FAR_BACK}),
        ("tenshutsu", {"moving_date": "2026-12-26"}, {"moving_date": ProblemCode.TOO_FAR_AHEAD}),
        (
            "tenshutsu",
            {"who": "part"},
            {"members.0.name": ProblemCode.REQUIRED, "members.0.relation": ProblemCode.NOT_CHOSEN},
        ),
        ("tenshutsu", {"who": "all", "members": [{"name": "鶴ヶ島　太郎", "relation": "spouse"}]}, {}),
        ("tenshutsu", {"new_head": "other"}, {"new_head_name": ProblemCode.REQUIRED}),
        ("tenshutsu", {"mail": "taro@example"}, {"mail": ProblemCode.MAIL}),
        ("tenshutsu", {"true_statement": None}, {"true_statement": ProblemCode.NOT_DECLARED}),
    ],
)
def test_rules(form_id, changes, problems):
    assert codes(form_id, **changes) == problems


def test_what_belongs_to_another_answer_is_hidden():
    form = BY_ID["tenshutsu"]
    members = {"members": [{"name": "鶴ヶ島　太郎", "relation": "spouse"}]}
    assert "members" not in visible_fields(form, COMPLETE["tenshutsu"] | members)
    assert codes("tenshutsu", members=[{"name": "1234-5678-9018"}]) == {}  # hidden: neither checked nor signed


def test_fees():
    fees = {form.id: form.fee for form in LOADED}
    assert fees.pop("tenshutsu") is None
    assert set(fees.values()) == {Fee(300, "copies")}


@pytest.mark.parametrize("form", LOADED, ids=lambda form: form.id)
def test_the_holder_fills_in_and_locks(form):
    prefilled = {field.prefill: field for field in form.fields.values() if field.prefill}
    assert {Prefill.NAME, Prefill.ADDRESS, Prefill.BIRTH} <= prefilled.keys()
    assert all(field.locked_when_prefilled for field in prefilled.values())


def test_the_years_of_the_tax_certificate_are_a_fixed_list():
    field = BY_ID["kazei"].fields["year"]
    assert [option_label(BY_ID["kazei"], "year", option, "ja") for option in field.options] == [
        f"令和{year}年度" for year in (8, 7, 6, 5, 4)
    ]


def test_a_family_is_read_in_lines():
    rows = [{"name": "鶴ヶ島　太郎", "relation": "spouse"}, {"name": "鶴ヶ島　次郎", "relation": "child"}]
    assert (
        shown(BY_ID["tenshutsu"], "members", rows, "ja") == "1人目　鶴ヶ島　太郎（妻・夫）\n2人目　鶴ヶ島　次郎（子）"
    )
    assert shown(BY_ID["tenshutsu"], "members.1", rows[1], "en") == "鶴ヶ島　次郎 (child)"
    assert short_label(BY_ID["tenshutsu"], "members.1", "ja") == "ほかに引っ越しする方 2人目"


@pytest.mark.parametrize("form", LOADED, ids=lambda form: form.id)
def test_pages_are_small_enough_for_three_rows_of_targets(form):
    for page in form.pages:
        rows = [
            -(-len(form.fields[name].options) // 3) or 1
            for name in page.fields
            if form.fields[name].kind not in SENTENCES
        ]
        assert sum(rows) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", LOADED, ids=lambda form: form.id)
def test_words_fit_their_places(form, language):
    assert title(form, language)
    for page in form.pages:
        assert width(page_title(form, page.id, language)) * 46 <= 1080
    for name in form.field_ids:
        assert form.fields[name].kind in SENTENCES or width(short_label(form, name, language)) * 24 <= 400
        for option in form.fields[name].options:
            assert width(option_label(form, name, option, language)) * 32 <= 640
        assert width(help_text(form, name, language) or "") * 24 <= 1184


@pytest.mark.parametrize("form", LOADED, ids=lambda form: form.id)
def test_nothing_asks_for_the_individual_number(form):
    for name in form.field_ids:
        assert not any(word in label(form, name, "ja") for word in ("個人番号", "マイナンバー（"))


def width(text: str) -> float:
    """Return about how many full-width characters wide the text is."""
    return sum(0.55 if char.isascii() else 1 for char in text)
