"""Forms are taken whole or not at all, and who wrote one is told where it is wrong."""

import json
import shutil

import pytest
from forms_samples import FORMS, LANGUAGES, juminhyo, small_form

from kiosk.forms.errors import FormError
from kiosk.forms.loader import load_forms
from kiosk.forms.model import Effect, Fee, FieldKind, Keyboard, Prefill, PrefillOffer

GONE = object()


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FORMS, tmp_path / "forms")
    return tmp_path / "forms"


def change(path, pointer, value):
    root = json.loads(path.read_text("utf-8"))
    *way, last = [int(part) if part.isdigit() else part for part in pointer.split("/")]
    at = root
    for part in way:
        at = at[part]
    if value is GONE:
        del at[last]
    elif isinstance(at, list) and last == len(at):
        at.append(value)
    else:
        at[last] = value
    path.write_text(json.dumps(root, ensure_ascii=False), "utf-8")


def refused(folder, languages=LANGUAGES):
    with pytest.raises(FormError) as caught:
        load_forms(folder, languages)
    return caught.value


def test_the_form_as_the_kiosk_sees_it():
    form = juminhyo()
    assert (form.version, form.prefill, form.fee) == ("1.0", PrefillOffer.OFFER, Fee(300, "copies"))
    assert len(form.sha256) == 64
    name = form.fields["name"]
    assert (name.kind, name.prefill, name.locked_when_prefilled) == (FieldKind.NAME, Prefill.NAME, True)
    assert (name.required, name.max_length, name.keyboard) == (True, 255, Keyboard.KANA)
    copies = form.fields["copies"]
    assert (copies.kind, copies.minimum, copies.maximum, copies.default) == (FieldKind.NUMBER, 1, 5, 1)
    members = form.fields["members"]
    assert members.required
    assert members.rule is not None
    assert (members.rule.effect, members.rule.condition.on) == (Effect.SHOW, "kind")
    assert form.fields["phone"].kind is FieldKind.PHONE
    assert form.page_of("purpose_other") == 5
    assert set(form.field_ids) == set(form.fields)


def test_every_kind_of_field_loads(tmp_path):
    form = small_form(
        tmp_path,
        {
            "note": {"type": "string", "maxLength": 9},
            "ways": {"type": "array", "items": {"enum": ["post", "desk"]}, "uniqueItems": True, "minItems": 1},
            "agreed": {"type": "boolean"},
            "moved": {"type": "string", "format": "date", "x-widget": "wareki-date"},
        },
    )
    kinds = [form.fields[name].kind for name in form.field_ids]
    assert kinds == [FieldKind.TEXT, FieldKind.MANY_OF, FieldKind.CHECK, FieldKind.DATE]
    assert form.fields["ways"].options == ("post", "desk")
    assert (form.prefill, form.fee) == (PrefillOffer.NONE, None)


SCHEMA = "schema.json"
LAYOUT = "ui.json"
BAD = [
    (SCHEMA, "x-logo", 1, "#/x-logo", "no such key"),
    (SCHEMA, "properties/kana/x-colour", "red", "#/properties/kana/x-colour", "no such key"),
    (SCHEMA, "properties/kana/contentEncoding", "a", "#/properties/kana/contentEncoding", "no such key"),
    (SCHEMA, "properties/kana/x-widget", "painting", "#/properties/kana/x-widget", "one of text"),
    (SCHEMA, "properties/kana/x-widget", "camera", "#/properties/kana/maxLength", "no such key"),
    (SCHEMA, "properties/kana/pattern", "[", "#/properties/kana/pattern", "regular expression"),
    (SCHEMA, "properties/kana/maxLength", "60", "#/properties/kana/maxLength", "whole number"),
    (SCHEMA, "properties/kana/maxLength", GONE, "#/properties/kana/maxLength", "this keyword"),
    (SCHEMA, "properties/kana/type", "text", "#/properties/kana/type", "'string'"),
    (SCHEMA, "properties/kana/type", GONE, "#/properties/kana/type", "this key"),
    (SCHEMA, "properties/name/$ref", "#/$defs/nobody", "#/properties/name/$ref", "a definition"),
    (SCHEMA, "properties/name/$ref", "other.json#/$defs/name", "#/properties/name/$ref", "a definition"),
    (SCHEMA, "properties/name/maxLength", 5, "#/properties/name/maxLength", "the definition has too"),
    (SCHEMA, "$defs/name/$ref", "#/$defs/name", "#/$defs/name/$ref", "no such key"),
    (SCHEMA, "properties/name/x-prefill/from", "card.number", "#/properties/name/x-prefill/from", "card.name"),
    (SCHEMA, "properties/name/x-prefill/from", "card.birth", "#/properties/name/x-prefill", "of the kind date"),
    (SCHEMA, "properties/name/x-prefill/lock", GONE, "#/properties/name/x-prefill/lock", "this key"),
    (SCHEMA, "properties/sex/enum", ["f", "m"], "#/properties/sex/x-prefill", "female and male"),
    (SCHEMA, "properties/sex/enum", ["female", "male", "female"], "#/properties/sex/enum/2", "each option once"),
    (SCHEMA, "properties/sex/enum", [], "#/properties/sex/enum", "at least one"),
    (SCHEMA, "properties/birth/format", "date-time", "#/properties/birth/format", "partial-date"),
    (SCHEMA, "properties/phone/format", "date", "#/properties/phone/format", "kind date"),
    (SCHEMA, "properties/copies/maximum", GONE, "#/properties/copies/maximum", "this keyword"),
    (SCHEMA, "properties/copies/default", 6, "#/properties/copies/default", "within the limits"),
    (SCHEMA, "properties/purpose/default", "fun", "#/properties/purpose/default", "one of the options"),
    (SCHEMA, "properties/Name", {"type": "boolean"}, "#/properties/Name", "small letters"),
    (SCHEMA, "required/0", "nobody", "#/required/0", "a property of the schema"),
    (SCHEMA, "required/1", "name", "#/required/1", "each name once"),
    (SCHEMA, "required/13", "members", "#/required/13", "without a rule"),
    (SCHEMA, "allOf/0/then/required/0", "nobody", "#/allOf/0/then/required/0", "a property of the schema"),
    (SCHEMA, "allOf/0/else", {}, "#/allOf/0/else", "no such key"),
    (SCHEMA, "allOf/0/if/properties/nobody", {}, "#/allOf/0/if/properties/nobody", "a property of the schema"),
    (SCHEMA, "allOf/0/if/properties/kind", {"enum": 5}, "#/allOf/0/if/properties/kind/enum", "2020-12"),
    (SCHEMA, "additionalProperties", True, "#/additionalProperties", "False"),
    (SCHEMA, "$schema", "http://json-schema.org/draft-07/schema#", "#/$schema", "2020-12"),
    (SCHEMA, "$id", "https://example.com/form", "#/$id", "urn:madoguchi:form:"),
    (SCHEMA, "$id", "urn:madoguchi:form:other:1", "#/$id", "juminhyo"),
    (SCHEMA, "x-fee/per", "name", "#/x-fee/per", "kind number"),
    (SCHEMA, "x-fee/unit", 0, "#/x-fee/unit", "1 or more"),
    (SCHEMA, "x-fee/currency", "JPY", "#/x-fee/currency", "no such key"),
    (LAYOUT, "elements/0/elements/0/scope", "#/properties/nobody", "#/elements/0/elements/0/scope", "one of name"),
    (LAYOUT, "elements/0/elements/0/scope", "name", "#/elements/0/elements/0/scope", "#/properties/"),
    (LAYOUT, "elements/0/elements/1/scope", "#/properties/name", "#/elements/0/elements/1", "in one place only"),
    (LAYOUT, "elements/0/elements/1", GONE, "#/elements", "a Control for kana"),
    (LAYOUT, "elements/0/elements/0/options", {}, "#/elements/0/elements/0/options", "no options for"),
    (LAYOUT, "elements/0/elements/0/type", "Button", "#/elements/0/elements/0/type", "'Control'"),
    (LAYOUT, "elements/1/i18n", "applicant", "#/elements", "each page's i18n once"),
    (LAYOUT, "elements/1/i18n", "Person 1", "#/elements/1/i18n", "small letters"),
    (LAYOUT, "options/prefill", "always", "#/options/prefill", "one of offer, none"),
    (LAYOUT, "type", "VerticalLayout", "#/type", "'Categorization'"),
    (LAYOUT, "elements", [], "#/elements", "at least one"),
]
RULE = "elements/3/elements/0/rule"
BAD_RULES = [
    (f"{RULE}/effect", "BLINK", f"#/{RULE}/effect", "one of SHOW, HIDE"),
    (f"{RULE}/condition/scope", "#/properties/nobody", f"#/{RULE}/condition/scope", "one of"),
    (f"{RULE}/condition/scope", "#/properties/purpose", f"#/{RULE}/condition/scope", "one of name"),
    (f"{RULE}/condition/failWhenUndefined", GONE, f"#/{RULE}/condition/failWhenUndefined", "this key"),
    (f"{RULE}/condition/failWhenUndefined", 1, f"#/{RULE}/condition/failWhenUndefined", "True"),
    (f"{RULE}/condition/schema/x-if", 1, f"#/{RULE}/condition/schema/x-if", "no such key"),
    (f"{RULE}/condition/schema/enum", "part", f"#/{RULE}/condition/schema/enum", "2020-12"),
    (f"{RULE}/condition/schema/not", {"$ref": "#"}, f"#/{RULE}/condition/schema/not/$ref", "no such key"),
]


@pytest.mark.parametrize(("file", "pointer", "value", "path", "expected"), BAD)
def test_a_wrong_definition_is_refused_by_its_place(folder, file, pointer, value, path, expected):
    change(folder / "juminhyo" / file, pointer, value)
    error = refused(folder)
    assert error.file.endswith(f"juminhyo/{file}")
    assert error.path == path
    assert expected in error.expected


@pytest.mark.parametrize(("pointer", "value", "path", "expected"), BAD_RULES)
def test_a_wrong_rule_is_refused_by_its_place(folder, pointer, value, path, expected):
    change(folder / "juminhyo" / LAYOUT, pointer, value)
    error = refused(folder)
    assert error.path == path
    assert expected in error.expected


def test_a_page_holds_four_elements_at_most(folder):
    path = folder / "juminhyo" / LAYOUT
    for number in range(3):
        change(path, f"elements/0/elements/{2 + number}", {"type": "Label", "i18n": f"note_{number}"})
    assert "at most 4" in refused(folder).expected


TEXTS = "juminhyo/texts.en.toml"
BAD_TEXTS = [
    (TEXTS, 'title = "Request', 'titel = "Request', "#/titel", "no such text"),
    (TEXTS, 'label = "Postcode"\n', "", "#/fields/postcode/label", "a text"),
    (TEXTS, 'label = "Postcode"', 'label = " "', "#/fields/postcode/label", "not empty"),
    (TEXTS, 'female = "Female"\n', "", "#/fields/sex/options/female", "a text"),
    (TEXTS, 'male = "Male"', 'man = "Male"', "#/fields/sex/options/man", "no such text"),
    (TEXTS, 'help = "Up to 5"\n', "", "#/fields/copies/help", "a text"),
    (TEXTS, 'shown = "{value} copies"', 'shown = "{number} copies"', "#/fields/copies/shown", "value"),
    (TEXTS, 'shown = "{value} copies"', 'shown = "{value copies"', "#/fields/copies/shown", "braces"),
    (TEXTS, 'label = "Postcode"', 'label = "Your My Number"', "#/fields/postcode/label", "individual number"),
    (TEXTS, 'label = "Postcode"', "label = 5", "#/fields/postcode/label", "a string"),
    ("problems.en.toml", 'required = "Please fill this in."\n', "", "#/required", "a text"),
    ("problems.en.toml", "{maximum} characters", "{limit} characters", "#/too-long", "maximum"),
    ("juminhyo/texts.ja.toml", 'label = "郵便番号"', 'label = "マイナンバー"', "#/fields/postcode/label", "individual"),
]


@pytest.mark.parametrize(("file", "old", "new", "path", "expected"), BAD_TEXTS)
def test_a_wrong_text_is_refused_by_its_place(folder, file, old, new, path, expected):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    error = refused(folder)
    assert error.file.endswith(file)
    assert error.path == path
    assert expected in error.expected


def test_missing_and_foreign_files(folder):
    assert refused(folder, ["ja", "en", "pt-BR"]).file.endswith("problems.pt-BR.toml")
    shutil.copy(folder / "problems.en.toml", folder / "problems.pt-BR.toml")
    assert refused(folder, ["ja", "en", "pt-BR"]).file.endswith("/texts.pt-BR.toml")
    (folder / "juminhyo" / "schema.json~").write_text("{}")
    assert refused(folder).file.endswith("schema.json~")
    (folder / "juminhyo" / "schema.json~").unlink()
    (folder / "juminhyo" / "ui.json").unlink()
    assert refused(folder).file.endswith("ui.json")


def test_a_folder_without_forms(tmp_path):
    for language in LANGUAGES:
        name = f"problems.{language}.toml"
        shutil.copy(FORMS / name, tmp_path / name)
    assert "at least one form" in refused(tmp_path).expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"a": 1', "well-formed JSON"),
        (b'{"a": 1, "a": 2}', "each key once"),
        (b'{"a": NaN}', "numbers that JSON knows"),
        (b"[]", "an object"),
        (b"\xff", "UTF-8"),
    ],
)
def test_files_that_are_not_json(folder, content, expected):
    (folder / "juminhyo" / SCHEMA).write_bytes(content)
    assert expected in refused(folder).expected


def test_files_that_are_not_toml(folder):
    (folder / "juminhyo" / "texts.ja.toml").write_text("title = ", "utf-8")
    assert "TOML" in refused(folder).expected


def test_the_digest_follows_what_is_said_and_not_how(folder):
    before = load_forms(folder, LANGUAGES)[0].sha256
    path = folder / "juminhyo" / SCHEMA
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), "utf-8")
    assert load_forms(folder, ["ja"])[0].sha256 == before
    change(path, "properties/copies/maximum", 4)
    assert load_forms(folder, LANGUAGES)[0].sha256 != before


def test_a_changed_word_in_any_language_changes_the_digest(folder):
    before = load_forms(folder, ["ja"])[0].sha256
    path = folder / TEXTS
    path.write_text(path.read_text("utf-8").replace("Telephone", "Phone", 1), "utf-8")
    assert load_forms(folder, ["ja"])[0].sha256 != before
