"""A language is offered only when nothing is missing in it; the others go on."""

import shutil
from pathlib import Path

import pytest

from kiosk.languages import load_languages
from kiosk.screens.texts import TextsDiffer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folders(tmp_path):
    for name in ("texts", "forms"):
        shutil.copytree(ROOT / "config" / name, tmp_path / name)
    return tmp_path / "texts", tmp_path / "forms"


def test_complete_languages_are_offered(folders):
    words = load_languages(*folders, ("ja", "en"))
    assert (words.languages, dict(words.lacking)) == (("ja", "en"), {})


def test_a_language_that_a_form_does_not_speak_is_not_offered_and_is_told(folders):
    (folders[1] / "juminhyo" / "texts.en.toml").unlink()
    words = load_languages(*folders, ("ja", "en"))
    assert (words.languages, dict(words.lacking)) == (("ja",), {"en": "juminhyo/texts.en.toml"})
    assert all(set(form.texts) == {"ja"} for form in words.forms)


def test_a_language_without_a_sentence_is_not_offered(folders):
    catalogue = folders[0] / "en.toml"
    catalogue.write_text(catalogue.read_text().replace('[leave]\ntitle = "', '[leave]\ntitel = "'))
    words = load_languages(*folders, ("ja", "en"))
    assert words.languages == ("ja",)
    assert words.lacking["en"].startswith("texts:leave.tit")


def test_a_language_without_a_catalogue_is_not_offered(folders):
    assert load_languages(*folders, ("ja", "tlh")).lacking == {"tlh": "tlh.toml"}


def test_the_first_language_must_be_there(folders):
    (folders[0] / "ja.toml").write_text("")
    with pytest.raises((TextsDiffer, KeyError, IndexError)):
        load_languages(*folders, ("ja", "en")).texts["ja"]("attract.title")
