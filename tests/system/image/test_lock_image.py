"""The lock of Debian packages: those and no others, and a refusal that says what to do."""

from __future__ import annotations

import functools
import hashlib
import http.server
import re
import runpy
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

IMAGE = Path(__file__).parents[3] / "image"
DEBS = runpy.run_path(str(IMAGE / "debs.py"))
Refuses = DEBS["LockRefuses"]


@dataclass
class Mirror:
    """A Debian mirror on this machine, with one package."""

    folder: Path
    url: str
    packages: list[Any] = field(default_factory=list)

    def add(self, name: str, version: str, content: str) -> Any:
        """Build a package, put it into the pool, and return what a lock says of it."""
        tree = self.folder.parent / f"{name}-{version}"
        (tree / "DEBIAN").mkdir(parents=True)
        (tree / "usr/share").mkdir(parents=True)
        (tree / f"usr/share/{name}").write_text(content, encoding="utf-8")
        control = (
            f"Package: {name}\nVersion: {version}\nArchitecture: arm64\nMaintainer: A <a@example.org>\nDescription: a\n"
        )
        (tree / "DEBIAN/control").write_text(control, encoding="utf-8")
        path = f"pool/{name}_{version}_arm64.deb"
        (self.folder / "pool").mkdir(exist_ok=True)
        order = ["dpkg-deb", "--root-owner-group", "--build", str(tree), str(self.folder / path)]
        subprocess.run(order, check=True, capture_output=True)
        data = (self.folder / path).read_bytes()
        package = DEBS["Package"](
            "root", name, version, "arm64", "debian", len(data), hashlib.sha256(data).hexdigest(), path
        )
        self.packages.append(package)
        return package


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    folder = tmp_path / "mirror"
    folder.mkdir()
    config = tmp_path / "apt.conf"
    config.write_text('Acquire::http::Proxy::127.0.0.1 "DIRECT";\n', encoding="ascii")
    monkeypatch.setenv("APT_CONFIG", str(config))
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Mirror(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


def fetch(mirror: Mirror, into: Path) -> None:
    DEBS["fetch"](mirror.packages, into, {"debian": mirror.url, "security": mirror.url})


def test_pinned_packages_are_fetched_and_unpacked_together(mirror: Mirror, tmp_path: Path) -> None:
    mirror.add("lamp", "1.0+deb13u1", "lamp")
    mirror.add("base-files", "13~1", "base")
    fetch(mirror, tmp_path / "debs")
    DEBS["unpack"](mirror.packages, tmp_path / "debs", tmp_path / "tree")
    assert (tmp_path / "tree/usr/share/lamp").read_text() == "lamp"
    assert (tmp_path / "tree/usr/share/base-files").read_text() == "base"


def test_a_package_that_the_mirror_no_longer_has_is_named_with_what_to_do(mirror: Mirror, tmp_path: Path) -> None:
    package = mirror.add("lamp", "1.0", "lamp")
    mirror.add("buzzer", "1.0", "buzzer")
    (mirror.folder / package.path).unlink()
    with pytest.raises(Refuses) as refusal:
        fetch(mirror, tmp_path / "debs")
    said = str(refusal.value)
    assert "lamp 1.0 (arm64)" in said
    assert "buzzer" not in said
    assert "make image-lock" in said
    assert "snapshot.debian.org" in said


def test_another_file_under_the_pinned_name_is_refused(mirror: Mirror, tmp_path: Path) -> None:
    package = mirror.add("lamp", "1.0", "lamp")
    path = mirror.folder / package.path
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(Refuses, match=re.escape("lamp 1.0")):
        fetch(mirror, tmp_path / "debs")
    assert not list((tmp_path / "debs").glob("*.deb"))


def test_a_kept_file_that_changed_is_refused_before_it_is_unpacked(mirror: Mirror, tmp_path: Path) -> None:
    package = mirror.add("lamp", "1.0", "lamp")
    fetch(mirror, tmp_path / "debs")
    kept = tmp_path / "debs" / package.file
    kept.write_bytes(kept.read_bytes() + b"!")
    with pytest.raises(Refuses, match="not the pinned lamp"):
        DEBS["unpack"](mirror.packages, tmp_path / "debs", tmp_path / "tree")
    assert not (tmp_path / "tree/usr").exists()


@pytest.mark.parametrize(
    "line",
    [
        "root lamp 1.0 arm64 debian 9 abc pool/lamp.deb",
        "root lamp 1.0",
        "root lamp 1.0 arm64 elsewhere 9 " + "0" * 64 + " p",
    ],
)
def test_a_line_that_is_no_pin_is_named(line: str) -> None:
    with pytest.raises(Refuses, match="line 2"):
        DEBS["parse"](f"# a lock\n{line}\n")


def test_the_lock_fits_the_lists() -> None:
    lock = DEBS["parse"]((IMAGE / "debian.lock").read_text("ascii"))
    sections = {"root": "packages.txt", "boot": "boot-packages.txt", "build": "build-packages.txt"}
    left_out = set(_names("left-out.txt"))
    for section, name in sections.items():
        pinned = {package.name: package for package in lock if package.section == section}
        assert set(_names(name)) <= set(pinned), f"{name} names what debian.lock does not pin: make image-lock"
        if section != "build":
            assert not left_out & set(pinned)
            assert {package.architecture for package in pinned.values()} <= {"arm64", "all"}
    assert {package.section for package in lock} == set(sections)


def _names(name: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in (IMAGE / name).read_text("utf-8").splitlines())
    return [line for line in lines if line]
