import pytest

from kiosk.screens.texts import TextMissing, Texts, TextsDiffer, load_texts


def written(directory, **languages):
    for language, text in languages.items():
        (directory / f"{language}.toml").write_text(text)
    return directory


def test_the_catalogues_of_the_kiosk_match(catalogue):
    assert catalogue["ja"].keys() == catalogue["en"].keys()
    assert len(catalogue["ja"].keys()) > 100


def test_names_are_filled_in(tmp_path):
    found = load_texts(written(tmp_path, ja='[checklist]\nleft = "あと{left}つ"'), ("ja",))
    assert found["ja"]("checklist.left", left=2) == "あと2つ"


def test_a_value_cannot_carry_markup(tmp_path):
    found = load_texts(written(tmp_path, ja='say = "<b>{name}</b>"'), ("ja",))
    assert found["ja"]("say", name="</b>x").count("</b>") == 1


def test_an_unknown_key_is_an_error():
    with pytest.raises(TextMissing):
        Texts("ja", {})("attract.title")


def test_a_missing_key_of_a_language_is_named(tmp_path):
    with pytest.raises(TextsDiffer) as caught:
        load_texts(written(tmp_path, ja='a = "1"\n[b]\nc = "2"', en='a = "1"'), ("ja", "en"))
    assert (caught.value.language, caught.value.key) == ("en", "b.c")


def test_other_names_to_fill_in_are_found(tmp_path):
    with pytest.raises(TextsDiffer) as caught:
        load_texts(written(tmp_path, ja='a = "{left}"', en='a = "{rest}"'), ("ja", "en"))
    assert caught.value.key == "a"
