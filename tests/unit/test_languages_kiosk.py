"""A language that is configured is complete, or nothing starts."""

import shutil
from pathlib import Path

import pytest

from kiosk.forms.errors import FormError
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
    assert words.languages == ("ja", "en")
    assert set(words.texts) == {"ja", "en"}


def test_a_form_that_lacks_a_language_is_named(folders):
    (folders[1] / "juminhyo/texts.en.toml").unlink()
    with pytest.raises(FormError, match=r"juminhyo.*texts\.en\.toml"):
        load_languages(*folders, ("ja", "en"))


def test_a_catalogue_that_lacks_a_text_is_named(folders):
    path = folders[0] / "en.toml"
    path.write_text(path.read_text().replace("[leave]", "[levae]", 1))
    with pytest.raises(TextsDiffer, match=r"en: le(ave|vae)\."):
        load_languages(*folders, ("ja", "en"))


def test_a_language_without_a_catalogue_is_named(folders):
    with pytest.raises(FileNotFoundError, match=r"tlh\.toml"):
        load_languages(*folders, ("ja", "tlh"))
