"""The catalogue over the kiosks' door: published while the city runs, fetched once, asked for by its tag."""

from __future__ import annotations

from city_filing import FORM_SHA256, filled
from city_running import KioskLine, run_verb

from kiosk.catalogue.bundle import read_bundle
from kiosk.catalogue.keys import CatalogueKeys


def ask(line: KioskLine, **headers: str):
    return line.get(line.address.replace("applications", "catalogue"), headers=headers, timeout=20)


def test_a_catalogue_is_published_and_fetched(own_city):
    city = own_city()
    with KioskLine(city) as line:
        nothing = ask(line)
        assert (nothing.status_code, nothing.json()["code"]) == (404, "not-found")
        told = run_verb(city.folder, "catalogue", "publish", "--forms", "config/forms")
        assert (told.returncode, told.stdout) == (0, "様式目録を公開しました: 1\n"), told.stderr
        first = ask(line)
        assert first.status_code == 200
        assert first.headers["Content-Type"] == "application/vnd.madoguchi.catalogue+zip"
        keys = CatalogueKeys.load([city.folder / "catalogue.pub"])
        assert read_bundle(first.content, keys, "鶴ヶ島市").catalogue.serial == 1
        again = ask(line, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        run_verb(city.folder, "catalogue", "publish", "--forms", "config/forms", "--days", "7")
        newer = ask(line, **{"If-None-Match": first.headers["ETag"]})
        assert newer.status_code == 200
        catalogue = read_bundle(newer.content, keys, "鶴ヶ島市").catalogue
        assert (catalogue.serial, (catalogue.expires - catalogue.issued).days) == (2, 7)
        assert line.post(line.address.replace("applications", "catalogue"), timeout=20).status_code == 405


def test_a_document_must_name_a_catalogue_that_has_its_form(own_city, citizen):
    city = own_city("forms.any=false")
    told = run_verb(city.folder, "catalogue", "publish", "--forms", "config/forms")
    assert told.returncode == 0, told.stderr
    with KioskLine(city) as line:
        keys = CatalogueKeys.load([city.folder / "catalogue.pub"])
        forms = read_bundle(ask(line).content, keys, "鶴ヶ島市").catalogue.forms
        form = next(form for form in forms if form.id == "juminhyo")
        facts = {"form_id": form.id, "form_version": form.version, "answers": filled()}
        assert line.file(citizen, **facts, form_sha256=form.sha256, catalogue_serial=1).status_code == 201
        for digest, serial in ((form.sha256, 0), (form.sha256, 2), (FORM_SHA256, 1)):
            refused = line.file(citizen, **facts, form_sha256=digest, catalogue_serial=serial)
            assert (refused.status_code, refused.json()["code"]) == (422, "form-unknown")


def test_a_forged_application_whose_answers_break_the_form_is_refused(own_city, citizen):
    city = own_city("forms.any=false")
    assert run_verb(city.folder, "catalogue", "publish", "--forms", "config/forms").returncode == 0
    with KioskLine(city) as line:
        keys = CatalogueKeys.load([city.folder / "catalogue.pub"])
        forms = read_bundle(ask(line).content, keys, "鶴ヶ島市").catalogue.forms
        form = next(form for form in forms if form.id == "juminhyo")
        facts = {"form_id": form.id, "form_version": form.version, "form_sha256": form.sha256, "catalogue_serial": 1}
        assert line.file(citizen, **facts, answers=filled()).status_code == 201
        for changes in ({"copies": 500}, {"name": None}, {"discount": True}):
            refused = line.file(citizen, **facts, answers=filled(**changes))
            assert (refused.status_code, refused.json()["code"]) == (422, "answers-invalid")
    assert "discount" not in city.log


def test_a_stranger_gets_no_catalogue(own_city):
    city = own_city('kiosks.ids=["kiosk-other"]')
    with KioskLine(city) as line:
        assert ask(line).status_code == 403
