"""The list of what the image is made of: valid CycloneDX, with what an inventory asks for."""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from cyclonedx.validation.json import JsonStrictValidator

IMAGE = Path(__file__).parents[3] / "image"
sys.path.insert(0, str(IMAGE))  # its files are no package: the build starts them one by one
sbom = importlib.import_module("sbom")
debs = importlib.import_module("debs")
sys.path.remove(str(IMAGE))

COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: A
License: LGPL-2.1+ or MPL-2

Files: debian/*
License: Expat
 Permission is hereby granted.
"""


@pytest.fixture
def components(tmp_path: Path) -> list:
    packages = debs.parse((IMAGE / "debian.lock").read_text("ascii"))
    doc = tmp_path / "tree/usr/share/doc/libc6"
    doc.mkdir(parents=True)
    (doc / "copyright").write_text(COPYRIGHT, encoding="utf-8")
    (tmp_path / "wheels").mkdir()
    with ZipFile(tmp_path / "wheels/a_wheel-1.2-py3-none-any.whl", "w") as wheel:
        said = "Metadata-Version: 2.4\nName: A_Wheel\nVersion: 1.2\nLicense-Expression: MIT OR Apache-2.0\n"
        wheel.writestr("a_wheel-1.2.dist-info/METADATA", said)
    debian = sbom.of_debian([one for one in packages if one.section == "root"], tmp_path / "tree", tmp_path / "boot")
    return [*debian, *sbom.of_wheels(tmp_path / "wheels"), sbom.own("0.1.0.1", "f" * 40)]


@pytest.fixture
def told(components: list) -> dict:
    text = sbom.bill(components, "0.1.0.1", "f" * 40)
    assert JsonStrictValidator(sbom.VERSION).validate_str(text) is None
    return json.loads(text)


def component(told: dict, name: str) -> dict:
    (found,) = (each for each in told["components"] if each["name"] == name)
    return found


def names(component: dict) -> set[str]:
    return {each["license"].get("id") or each["license"]["name"] for each in component["licenses"]}


def test_every_pinned_package_is_listed_with_version_url_and_digest(told: dict) -> None:
    pinned = [one for one in debs.parse((IMAGE / "debian.lock").read_text("ascii")) if one.section == "root"]
    assert len(told["components"]) == len(pinned) + 2
    for package in pinned:
        listed = component(told, package.name)
        assert listed["version"] == package.version
        assert listed["purl"].startswith(f"pkg:deb/debian/{package.name.replace('+', '%2B')}@")
        assert listed["hashes"] == [{"alg": "SHA-256", "content": package.sha256}]


def test_licences_are_named_as_spdx_names_them(told: dict) -> None:
    assert names(component(told, "libc6")) == {"LGPL-2.1-or-later", "MPL-2.0", "MIT"}
    assert names(component(told, "a-wheel")) == {"MIT", "Apache-2.0"}
    assert names(component(told, "madoguchi")) == {"Apache-2.0"}


def test_a_wheel_is_listed_with_the_digest_of_what_was_fetched(told: dict, tmp_path: Path) -> None:
    listed = component(told, "a-wheel")
    assert listed["purl"] == "pkg:pypi/a-wheel@1.2"
    data = (tmp_path / "wheels/a_wheel-1.2-py3-none-any.whl").read_bytes()
    assert listed["hashes"][0]["content"] == hashlib.sha256(data).hexdigest()


def test_the_same_image_gives_the_same_bytes(components: list) -> None:
    assert sbom.bill(components, "0.1.0.1", "f" * 40) == sbom.bill(components, "0.1.0.1", "f" * 40)
    assert sbom.bill(components, "0.1.0.1", "f" * 40) != sbom.bill(components, "0.1.0.2", "f" * 40)


def test_our_own_programs_name_their_commit(told: dict) -> None:
    assert {"name": "madoguchi:commit", "value": "f" * 40} in component(told, "madoguchi")["properties"]


def test_a_copyright_file_of_the_free_kind_names_no_licence() -> None:
    assert sbom.debian_licences("This is Debian's package of lamp.\nLicense: see below\n") == {
        "see /usr/share/doc/*/copyright"
    }
