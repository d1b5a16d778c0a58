"""Every language that is configured is complete, in the catalogue and in every form."""

import re
import tomllib
from pathlib import Path

import pytest

from kiosk.application.wording import JAPANESE
from kiosk.languages import load_languages
from kiosk.screens.rich import parse, plain
from kiosk.sheets import page_words

ROOT = Path(__file__).parents[2]
LANGUAGES = tuple(tomllib.loads((ROOT / "config/kiosk.toml").read_text())["kiosk"]["languages"])


@pytest.fixture(scope="module")
def words():
    return load_languages(ROOT / "config/texts", ROOT / "config/forms", LANGUAGES)


def test_nothing_is_missing_in_any_language(words):
    assert words.languages == LANGUAGES
    assert all(set(form.texts) == set(LANGUAGES) for form in words.forms)


def test_no_text_is_empty_or_badly_marked(words):
    for language, texts in words.texts.items():
        for key in sorted(texts.keys()):
            text = texts(key)
            assert text.strip(), (language, key)
            assert text.count("<b>") == text.count("</b>"), (language, key)
            assert not re.search(r"[《》｜]", plain(text)), (language, key)


def test_easy_japanese_has_readings_and_no_other_language_has(words):
    readings = {
        language: sum(bool(run.reading) for key in sorted(texts.keys()) for run in parse(texts(key)))
        for language, texts in words.texts.items()
    }
    assert readings.pop("ja-simple") > 500
    assert set(readings.values()) == {0}


def test_the_japanese_words_of_the_page_are_those_of_the_catalogue(words):
    told = page_words("ja", words.texts["ja"])
    assert told.banner == JAPANESE.banner
    assert (told.to, told.version, told.clock, told.page) == (
        JAPANESE.to,
        JAPANESE.version,
        JAPANESE.clock,
        JAPANESE.page,
    )
