# ruff: noqa: INP001, T201  # a tool, not a package
"""List what the image is made of, as CycloneDX: `python image/sbom.py CACHE TREE OUT-FOLDER VERSION COMMIT`.

Debian packages (the lock's sections root and boot), wheels, and our own programs, with versions, package URLs, digests
of what was fetched, and licences as their packages state them. The same image gives the same bytes.
"""

from __future__ import annotations

import email
import hashlib
import os
import re
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.license import DisjunctiveLicense, License
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from debs import Package, pinned
from packageurl import PackageURL

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = SchemaVersion.V1_6
SPDX = {  # Debian's short names (copyright-format 1.0) where SPDX has another
    "GPL-1+": "GPL-1.0-or-later", "GPL-2": "GPL-2.0-only", "GPL-2+": "GPL-2.0-or-later", "GPL-3": "GPL-3.0-only",
    "GPL-3+": "GPL-3.0-or-later", "LGPL-2": "LGPL-2.0-only", "LGPL-2+": "LGPL-2.0-or-later",
    "LGPL-2.1": "LGPL-2.1-only", "LGPL-2.1+": "LGPL-2.1-or-later", "LGPL-3": "LGPL-3.0-only",
    "LGPL-3+": "LGPL-3.0-or-later", "Apache-2": "Apache-2.0", "Expat": "MIT", "BSD-2-clause": "BSD-2-Clause",
    "BSD-3-clause": "BSD-3-Clause", "Zlib": "Zlib", "MPL-2": "MPL-2.0", "OFL-1.1": "OFL-1.1",
}  # fmt: skip
SAME_IN_BOTH = frozenset({
    "Apache-2.0", "MIT", "ISC", "OFL-1.1", "MPL-2.0", "CC0-1.0", "Zlib", "PSF-2.0", "BSD-2-Clause", "BSD-3-Clause",
    "0BSD", "Unlicense", "LGPL-3.0-only",
})  # fmt: skip


class NotValid(Exception):
    """What was written does not fit the schema."""


def licences(names: set[str]) -> list[License]:
    """Return licences by their SPDX names where they have one, else by the name that the package gives."""
    found: list[License] = []
    for name in sorted(names):
        spdx = SPDX.get(name, name if name in SAME_IN_BOTH else "")
        found.append(DisjunctiveLicense(id=spdx) if spdx else DisjunctiveLicense(name=name))
    return found


def debian_licences(text: str) -> set[str]:
    """Read the short names in a Debian copyright file; one of the free kind has none."""
    if "copyright-format/1.0" not in text.partition("\n")[0] + text[:400]:
        return {"see /usr/share/doc/*/copyright"}
    lines = re.findall(r"(?m)^License:[ \t]*(\S.*)$", text)
    return {
        word.strip(" ,") for line in lines for word in re.split(r"\s+(?:or|and|with)\s+|,", line) if word.strip(" ,")
    }


def sha256(path: Path) -> HashType:
    """Return a file's digest."""
    return HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())


def of_debian(packages: list[Package], tree: Path, boot: Path) -> Iterator[Component]:
    """Describe Debian packages; their copyright files are in the tree, or with what boots."""
    for package in packages:
        files = [root / f"usr/share/doc/{package.name}/copyright" for root in (tree, boot)]
        text = next((file.read_text("utf-8", "replace") for file in files if file.is_file()), "")
        qualifiers = {"arch": package.architecture, "distro": "trixie"}
        yield Component(
            type=ComponentType.LIBRARY,
            bom_ref=f"{package.section}/{package.name}",
            name=package.name,
            version=package.version,
            supplier=OrganizationalEntity(name="Debian"),
            purl=PackageURL("deb", "debian", package.name, package.version, qualifiers),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=package.sha256)],
            licenses=licences(debian_licences(text)),
            properties=[Property(name="madoguchi:part", value=package.section)],
        )


def of_wheels(folder: Path) -> Iterator[Component]:
    """Describe the wheels."""
    for wheel in sorted(folder.glob("*.whl")):
        with ZipFile(wheel) as archive:
            (name,) = (name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
            said = email.message_from_bytes(archive.read(name))
        project, version = re.sub(r"[-_.]+", "-", said["Name"]).lower(), said["Version"]
        yield Component(
            type=ComponentType.LIBRARY,
            bom_ref=f"wheel/{project}",
            name=project,
            version=version,
            purl=PackageURL("pypi", None, project, version),
            hashes=[sha256(wheel)],
            licenses=licences(wheel_licences(said)),
            properties=[Property(name="madoguchi:part", value="wheel")],
        )


def wheel_licences(said: email.message.Message) -> set[str]:
    """Read a wheel's licence: the expression, the field of old, or the classifiers."""
    expression = said.get("License-Expression") or said.get("License", "")
    if expression and "\n" not in expression.strip() and len(expression) < 60:
        return {word.strip("() ") for word in re.split(r"\s+(?:OR|AND)\s+", expression)}
    classifiers = [
        each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if each.startswith("License ::")
    ]
    return set(classifiers) or {"see the wheel's own files"}


def own(version: str, commit: str) -> Component:
    """Describe our programs."""
    return Component(
        type=ComponentType.APPLICATION,
        bom_ref="madoguchi",
        name="madoguchi",
        version=version,
        purl=PackageURL("generic", None, "madoguchi", version, {"vcs_revision": commit}),
        licenses=[DisjunctiveLicense(id="Apache-2.0")],
        properties=[Property(name="madoguchi:part", value="own"), Property(name="madoguchi:commit", value=commit)],
    )


def bill(components: list[Component], version: str, commit: str) -> str:
    """Return the list as JSON, checked against CycloneDX's schema; raises NotValid."""
    image = Component(type=ComponentType.FIRMWARE, bom_ref="image", name="madoguchi-image", version=version)
    whole = Bom(components=components, serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"madoguchi:{version}:{commit}"))
    whole.metadata.component = image
    whole.metadata.timestamp = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600")), UTC)
    whole.register_dependency(image, components)
    text = make_outputter(whole, OutputFormat.JSON, VERSION).output_as_string(indent=1)
    fault = JsonStrictValidator(VERSION).validate_str(text)
    if fault is not None:
        raise NotValid(str(fault))
    return text + "\n"


def main(cache: Path, tree: Path, out: Path, version: str, commit: str) -> None:
    """Write sbom.cdx.json."""
    packages = [*pinned("root"), *pinned("boot")]
    components = [*of_debian(packages, tree, cache / "boot/tree"), *of_wheels(cache / "wheels"), own(version, commit)]
    (out / "sbom.cdx.json").write_text(bill(components, version, commit), encoding="utf-8")
    print(f"sbom: {len(components)} components")


if __name__ == "__main__":
    cache, tree, out = map(Path, sys.argv[1:4])
    main(cache, tree, out, *sys.argv[4:6])
