"""Publishing: what a catalogue states, what cannot be published, and that the kiosk's code believes it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from city.catalogue.publish import publish
from city.catalogue.shelf import CatalogueShelf, Edition
from city.catalogue.statement import read_forms
from city.errors import FileUnusable, PublishRefused
from city.provision import provision
from kiosk.catalogue.bundle import read_bundle
from kiosk.catalogue.keys import CatalogueKeys

FORMS = Path(__file__).parents[3] / "config" / "forms"
NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def hall(tmp_path):
    """A folder with keys and its own copy of the forms."""
    provision(tmp_path, "kiosk-demo", "鶴ヶ島市")
    shutil.copytree(FORMS, tmp_path / "forms")
    return tmp_path


def published(hall: Path, *, days: int = 30, now: datetime = NOW) -> int:
    return publish(hall / "forms", hall / "out", hall / "catalogue.key", "鶴ヶ島市", days, now)


def believed(hall: Path, serial: int):
    packed = (hall / "out" / f"{serial:012d}.zip").read_bytes()
    return read_bundle(packed, CatalogueKeys.load([hall / "catalogue.pub"]), "鶴ヶ島市")


def test_the_kiosk_believes_what_the_city_publishes(hall):
    (hall / "forms" / "dates.toml").write_text("[juminhyo]\nopens = 2026-12-01\ncloses = 2027-03-31\n")
    assert published(hall) == 1
    bundle = believed(hall, 1)
    catalogue = bundle.catalogue
    assert (catalogue.serial, catalogue.city, catalogue.issued) == (1, "鶴ヶ島市", NOW)
    assert catalogue.expires == NOW + timedelta(days=30)
    names = sorted(path.name for path in (hall / "forms").iterdir() if path.is_dir())
    assert [form.id for form in catalogue.forms] == names
    juminhyo = next(form for form in catalogue.forms if form.id == "juminhyo")
    assert (juminhyo.opens, juminhyo.closes) == (date(2026, 12, 1), date(2027, 3, 31))
    for place, file in catalogue.files():
        assert (hall / place).read_bytes() == bundle.entries[place]
        assert len(bundle.entries[place]) == file.size


def test_serials_rise_and_the_same_forms_give_the_same_bytes(hall):
    assert [published(hall), published(hall)] == [1, 2]
    (hall / "again").mkdir()
    publish(hall / "forms", hall / "again", hall / "catalogue.key", "鶴ヶ島市", 30, NOW)
    assert (hall / "again" / "000000000001.zip").read_bytes() == (hall / "out" / "000000000001.zip").read_bytes()


def test_a_serial_is_never_published_twice(hall):
    published(hall)
    before = (hall / "out" / "000000000001.zip").read_bytes()
    with pytest.raises(PublishRefused, match="000000000001"):
        CatalogueShelf(hall / "out").add(Edition(1, b"another"))
    assert [path.name for path in (hall / "out").iterdir()] == ["000000000001.zip"]
    assert (hall / "out" / "000000000001.zip").read_bytes() == before


def test_what_is_published_is_on_the_disk_under_its_name(told_calls, tmp_path):
    program = """
import sys
from pathlib import Path
from city.catalogue.shelf import CatalogueShelf, Edition
CatalogueShelf(Path(sys.argv[1])).add(Edition(1, b"whole"))
"""
    told = told_calls.run(program, tmp_path, folder=tmp_path)
    assert told.ended.returncode == 0, told.ended.stderr
    assert [re.sub(r"\.\d+\.part", "part", call) for call in told.calls] == ["fsync .1part", "fsync ."]
    assert (tmp_path / "000000000001.zip").read_bytes() == b"whole"


def test_openssl_and_unzip_check_it_by_hand(hall):
    published(hall)
    with zipfile.ZipFile(hall / "out" / "000000000001.zip") as archive:
        archive.extractall(hall / "unzipped")
    command = [
        "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(hall / "catalogue.pub"), "-rawin",
        "-in", "catalogue.json", "-sigfile", "catalogue.sig",
    ]  # fmt: skip
    checked = subprocess.run(command, cwd=hall / "unzipped", capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    statement = json.loads((hall / "unzipped" / "catalogue.json").read_bytes())
    for form in statement["forms"]:
        for file in form["files"]:
            told = subprocess.run(
                ["sha256sum", str(hall / "unzipped" / "forms" / form["id"] / file["path"])],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            assert told.stdout.startswith(file["sha256"])


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (shutil.rmtree, "folder of forms"),
        (lambda forms: (forms / "juminhyo" / "ui.json").write_text("{"), "ui.json"),
        (lambda forms: (forms / "juminhyo" / "texts.ja.toml").write_text("= 1"), "texts.ja.toml"),
        (lambda forms: (forms / "juminhyo" / "schema.json").write_text('{"$id": "urn:x"}'), "urn:madoguchi:form"),
        (lambda forms: (forms / "juminhyo").rename(forms / "other"), "other"),
        (lambda forms: (forms / "juminhyo" / "a b.json").write_text("{}"), "a b.json"),
        (lambda forms: (forms / "juminhyo" / "big.json").write_text(json.dumps("x" * (1 << 20))), "big.json"),
        (lambda forms: (forms / "dates.toml").write_text("[unknown]\nopens = 2026-12-01\n"), "unknown"),
        (lambda forms: (forms / "dates.toml").write_text('[juminhyo]\nopens = "soon"\n'), "dates.toml"),
        (lambda forms: (forms / "dates.toml").write_text("[juminhyo]\nfrom = 2026-12-01\n"), "dates.toml"),
        (
            lambda forms: (forms / "dates.toml").write_text("[juminhyo]\nopens = 2026-12-02\ncloses = 2026-12-01\n"),
            "after it opens",
        ),
    ],
)
def test_what_cannot_be_published_is_named_and_nothing_is_published(hall, spoil, named):
    spoil(hall / "forms")
    with pytest.raises(FileUnusable) as told:
        published(hall)
    assert named in str(told.value)
    assert not (hall / "out").exists()


@pytest.mark.parametrize("key", ["nothing.key", "sealing.key", "city.key"])
def test_only_the_catalogues_own_kind_of_key_signs(hall, key):
    with pytest.raises(FileUnusable, match=key):
        publish(hall / "forms", hall / "out", hall / key, "鶴ヶ島市", 30)


def test_without_dates_every_form_is_open(hall):
    assert all(form.span.opens is None and form.span.closes is None for form in read_forms(hall / "forms"))
