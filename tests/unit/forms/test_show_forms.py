"""What the citizen reads."""

import pytest
from forms_samples import FORMS, LANGUAGES, juminhyo, small_form
from sample_answers import ANSWERS

from kiosk.forms import show
from kiosk.forms.loader import load_forms
from kiosk.forms.model import FieldKind

FORM = juminhyo()


@pytest.mark.parametrize(
    ("field", "value", "japanese", "english"),
    [
        ("birth", "1954-04-01", "昭和29年4月1日", "1 April 1954"),
        ("birth", "1954-00-00", "昭和29年（月日不詳）", "1954 (month and day unknown)"),
        ("sex", "female", "女", "Female"),
        ("kind", "part", "住民票の写し（世帯の一部）", "Certificate of residence (Some members)"),
        ("postcode", "3502201", "350-2201", "350-2201"),
        ("phone", "0490001234", "049-000-1234", "049-000-1234"),
        ("copies", 1, "1通", "1 copy"),
        ("copies", 5, "5通", "5 copies"),
        ("purpose", "pension", "年金の手続き", "Pension"),
        ("kana", None, "", ""),
    ],
)
def test_answers_as_they_are_read(field, value, japanese, english):
    assert show.shown(FORM, field, value, "ja") == japanese
    assert show.shown(FORM, field, value, "en") == english


@pytest.mark.parametrize("name", ["髙﨑　𠮷子", "神\ufa19", "葛\U000e0100城", "か\u3099", "鶴ヶ島　花子 ", "{value}"])
@pytest.mark.parametrize("field", ["name", "address", "members"])
def test_names_and_addresses_come_back_code_point_for_code_point(field, name):
    assert show.shown(FORM, field, name, "ja") == name


def test_half_typed_numbers_are_grouped_already():
    assert [show.shown(FORM, "postcode", "3502201"[:length], "ja") for length in (2, 3, 4)] == ["35", "350", "350-2"]
    assert show.shown(FORM, "phone", "04900", "ja") == "049-00"


def test_choices_and_yes_or_no(tmp_path):
    listed = {"type": "array", "items": {"enum": ["x", "y"]}, "uniqueItems": True}
    form = small_form(tmp_path, {"a": listed, "b": {"type": "boolean"}})
    assert show.shown(form, "a", ["y", "x"], "ja") == "選y、選x"
    assert show.shown(form, "b", True, "ja") == "選yes"
    assert show.shown(form, "b", False, "ja") == "選no"


def test_headings_and_the_receiver():
    assert show.title(FORM, "ja") == "住民票の写しの交付申請"
    assert show.description(FORM, "ja") == "約5分"
    assert show.receiver(FORM, "ja", "鶴ヶ島市") == "鶴ヶ島市長"
    assert show.page_title(FORM, "contact", "ja") == "連絡先と通数を入力してください"
    assert show.page_help(FORM, "purpose", "ja") is None
    assert show.short_label(FORM, "phone", "ja") == "電話番号"
    assert show.label(FORM, "phone", "ja") == "日中に連絡のとれる電話番号"
    assert show.short_label(FORM, "postcode", "ja") == "郵便番号"


def test_the_fee_follows_the_copies():
    assert show.fee(FORM, {"copies": 3}) == 900
    assert show.fee(FORM, {}) is None


def test_a_sentence_among_the_fields(tmp_path):
    home = tmp_path / "juminhyo"
    home.mkdir()
    for path in (FORMS / "juminhyo").iterdir():
        text = path.read_text("utf-8")
        if path.name == "ui.json":
            first = '{"type": "Control", "scope": "#/properties/name"}'
            text = text.replace(first, f'{{"type": "Label", "i18n": "note"}}, {first}')
        if path.suffix == ".toml":
            text += '\n[fields.note]\ntext = "手数料は300円です。"\n'
        (home / path.name).write_text(text, "utf-8")
    for language in LANGUAGES:
        name = f"problems.{language}.toml"
        (tmp_path / name).write_text((FORMS / name).read_text("utf-8"), "utf-8")
    form = load_forms(tmp_path, LANGUAGES)[0]
    assert form.pages[0].fields == ("note", "name", "kana")
    assert form.fields["note"].kind is FieldKind.INFO
    assert show.label(form, "note", "ja") == "手数料は300円です。"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_the_form_can_be_shown(language):
    for name, value in ANSWERS.items():
        assert show.shown(FORM, name, value, language)
        assert show.label(FORM, name, language)
        for option in FORM.fields[name].options:
            assert show.option_label(FORM, name, option, language)


def test_a_language_that_the_form_does_not_speak():
    with pytest.raises(KeyError):
        show.title(FORM, "fr")
