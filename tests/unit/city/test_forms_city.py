"""The city and the kiosk name a form's version by the same digest, each with its own code; the city keeps to it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from city_filing import an_application, document_of

from city.catalogue.digest import form_digest
from city.catalogue.publish import publish
from city.config import Forms
from city.errors import FileUnusable
from city.intake.forms import PublishedForms
from city.provision import provision
from city.verification.document import read_document
from kiosk.forms.loader import load_forms

FORMS = Path(__file__).parents[3] / "config" / "forms"
NOWHERE = Path("/nonexistent")


def a_document(form: str, sha256: str, serial: int = 0):
    return read_document(
        document_of(an_application("txn-00000001", form_id=form, form_sha256=sha256, catalogue_serial=serial))
    )


def test_the_digests_agree_with_the_kiosks():
    published = PublishedForms.load(Forms(directory=str(FORMS)), NOWHERE)
    kiosk_forms = load_forms(FORMS, ("ja", "en"))
    assert kiosk_forms
    for form in kiosk_forms:
        assert published.accepts(a_document(form.id, form.sha256))


def test_any_change_of_any_file_is_another_version(tmp_path):
    folder = tmp_path / "juminhyo"
    shutil.copytree(FORMS / "juminhyo", folder)
    before = form_digest(folder)
    texts = folder / "texts.ja.toml"
    texts.write_text(texts.read_text().replace("氏名", "名前", 1))
    assert form_digest(folder) != before


def test_versions_can_be_accepted_beside_the_published_one():
    forms = PublishedForms.load(Forms(accepted={"juminhyo": ("ab" * 32,)}), NOWHERE)
    assert forms.accepts(a_document("juminhyo", "ab" * 32))
    assert forms.accepts(a_document("juminhyo", "ab" * 32, serial=7))
    assert not forms.accepts(a_document("juminhyo", "cd" * 32))
    assert not forms.accepts(a_document("other", "ab" * 32))
    assert PublishedForms.load(Forms(any=True), NOWHERE).accepts(a_document("other", "00" * 32))


def test_a_form_of_a_catalogue_is_accepted_under_the_serial_that_had_it(tmp_path):
    provision(tmp_path, "kiosk-demo", "鶴ヶ島市")
    source, out, key = tmp_path / "forms", tmp_path / "catalogue", tmp_path / "catalogue.key"
    shutil.copytree(FORMS, source)
    accepting = PublishedForms.load(Forms(), out)
    first = form_digest(source / "juminhyo")
    assert not accepting.accepts(a_document("juminhyo", first, serial=1))
    assert publish(source, out, key, "鶴ヶ島市", 30) == 1
    assert accepting.accepts(a_document("juminhyo", first, serial=1))  # published while the city runs
    texts = source / "juminhyo" / "texts.ja.toml"
    texts.write_text(texts.read_text().replace("氏名", "名前", 1))
    second = form_digest(source / "juminhyo")
    assert publish(source, out, key, "鶴ヶ島市", 30, datetime.now(UTC)) == 2
    assert accepting.accepts(a_document("juminhyo", first, serial=1))
    assert accepting.accepts(a_document("juminhyo", second, serial=2))
    for form, digest, serial in (("juminhyo", second, 1), ("juminhyo", first, 2), ("juminhyo", first, 3)):
        assert not accepting.accepts(a_document(form, digest, serial))
    assert not accepting.accepts(a_document("juminhyo", first))  # a document without a catalogue
    assert not accepting.accepts(a_document("other", first, serial=1))


def test_a_missing_folder_and_a_broken_file_are_named(tmp_path):
    with pytest.raises(FileUnusable, match="nowhere"):
        PublishedForms.load(Forms(directory=str(tmp_path / "nowhere")), NOWHERE)
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "schema.json").write_text("{")
    with pytest.raises(FileUnusable, match=r"schema\.json"):
        PublishedForms.load(Forms(directory=str(tmp_path)), NOWHERE)
