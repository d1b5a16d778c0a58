"""The city and the kiosk name a form's version by the same digest, each with its own code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from city.config import Forms
from city.errors import FileUnusable
from city.intake.forms import PublishedForms, form_digest
from kiosk.forms.loader import load_forms

FORMS = Path(__file__).parents[3] / "config" / "forms"


def test_the_digests_agree_with_the_kiosks():
    published = PublishedForms.load(Forms(directory=str(FORMS)))
    kiosk_forms = load_forms(FORMS, ("ja", "en"))
    assert kiosk_forms
    for form in kiosk_forms:
        assert published.holds(form.id, form.sha256)


def test_any_change_of_any_file_is_another_version(tmp_path):
    folder = tmp_path / "juminhyo"
    shutil.copytree(FORMS / "juminhyo", folder)
    before = form_digest(folder)
    texts = folder / "texts.ja.toml"
    texts.write_text(texts.read_text().replace("氏名", "名前", 1))
    assert form_digest(folder) != before


def test_versions_can_be_accepted_beside_the_published_one():
    forms = PublishedForms.load(Forms(accepted={"juminhyo": ("ab" * 32,)}))
    assert forms.holds("juminhyo", "ab" * 32)
    assert not forms.holds("juminhyo", "cd" * 32)
    assert not forms.holds("other", "ab" * 32)
    assert PublishedForms.load(Forms(any=True)).holds("other", "00" * 32)


def test_a_missing_folder_and_a_broken_file_are_named(tmp_path):
    with pytest.raises(FileUnusable, match="nowhere"):
        PublishedForms.load(Forms(directory=str(tmp_path / "nowhere")))
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "schema.json").write_text("{")
    with pytest.raises(FileUnusable, match=r"schema\.json"):
        PublishedForms.load(Forms(directory=str(tmp_path)))
