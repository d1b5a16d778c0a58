"""住民票の写しの交付申請 as the city asks for it."""

import pytest
from forms_samples import LANGUAGES, juminhyo
from sample_answers import ANSWERS

from kiosk.forms.checks import check_all
from kiosk.forms.model import FieldKind, Prefill
from kiosk.forms.show import help_text, label, option_label, page_title, short_label

FORM = juminhyo()


def test_the_pages_are_small_enough_for_one_screen():
    assert 4 <= len(FORM.pages) <= 6
    for page in FORM.pages:
        assert len(page.fields) <= 3
        # 96 + 148 a field from y 208 to 672: rows of three choices, each 88 with its gap, under a label.
        rows = [-(-len(FORM.fields[name].options) // 3) or 1 for name in page.fields]
        assert sum(48 + 100 * count for count in rows) <= 464


def test_all_four_attributes_come_from_the_card_and_are_locked():
    prefilled = {field.prefill: field for field in FORM.fields.values() if field.prefill}
    assert set(prefilled) == set(Prefill)
    assert all(field.locked_when_prefilled for field in prefilled.values())


@pytest.mark.parametrize("name", ["name", "address", "members", "head_name"])
def test_it_is_said_how_kanji_are_typed(name):
    assert "かなで入力し、漢字を選んでください" in (help_text(FORM, name, "ja") or "")
    assert "Type kana and choose the kanji" in (help_text(FORM, name, "en") or "")


@pytest.mark.parametrize(
    ("choice", "asked"),
    [({"kind": "part"}, "members"), ({"head": "other"}, "head_name"), ({"purpose": "other"}, "purpose_other")],
)
def test_three_questions_follow_from_others(choice, asked):
    assert set(check_all(FORM, ANSWERS | choice)) == {asked}
    assert check_all(FORM, ANSWERS | choice | {asked: "はなこ"}) == {}


def test_nothing_asks_for_the_individual_number():
    for language in LANGUAGES:
        for name in FORM.field_ids:
            words = [
                label(FORM, name, language),
                *(option_label(FORM, name, each, language) for each in FORM.fields[name].options),
            ]
            assert not any("番号" in word and "郵便" not in word and "電話" not in word for word in words)
            assert not any("ndividual" in word for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_fit_their_places(language):
    """A review label has 200 px of 24 px type, twice; a choice a third of 1184 px of 32 px type, twice."""
    for page in FORM.pages:
        assert width(page_title(FORM, page.id, language)) * 46 <= 1080
    for name in FORM.field_ids:
        assert width(short_label(FORM, name, language)) * 24 <= 400
        for option in FORM.fields[name].options:
            assert width(option_label(FORM, name, option, language)) * 32 <= 640
        assert width(help_text(FORM, name, language) or "") * 24 <= 1184


def width(text: str) -> float:
    """Return about how many full-width characters wide the text is."""
    return sum(0.55 if char.isascii() else 1 for char in text)


def test_kinds():
    kinds = {name: field.kind for name, field in FORM.fields.items()}
    assert kinds["kana"] is FieldKind.KANA
    assert kinds["address"] is FieldKind.ADDRESS
    assert kinds["birth"] is FieldKind.DATE
    assert kinds["postcode"] is FieldKind.POSTCODE
