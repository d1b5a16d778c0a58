# ruff: noqa: INP001, T201  # a tool, not a package
"""Pin the Debian packages anew: `python image/debs_lock.py`, writes image/debian.lock.

A private apt resolves the lists for arm64 (and for this machine's kind what the build itself runs). What left-out.txt
names counts as installed: it does not come, and what only it needs does not come either.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import urllib.parse
from datetime import UTC, datetime
from pathlib import Path

from debs import LOCK, MIRRORS, Package

HERE = Path(__file__).parent
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
SECTIONS = {  # of the lock: which list, for which machine
    "root": ("packages.txt", "arm64"),
    "boot": ("boot-packages.txt", "arm64"),
    "build": ("build-packages.txt", "amd64"),
}
SOURCES = (
    ("debian", "trixie"), ("debian", "trixie-updates"), ("security", "trixie-security"),
)  # fmt: skip


def listed(name: str) -> list[str]:
    """Return the names in a list."""
    lines = (line.partition("#")[0].strip() for line in (HERE / name).read_text("utf-8").splitlines())
    return [line for line in lines if line]


class Apt:
    """An apt of our own in a folder, for one architecture; this machine's is not touched."""

    def __init__(self, folder: Path, architecture: str) -> None:
        for part in ("lists/partial", "archives/partial"):
            (folder / part).mkdir(parents=True)
        sources = [
            f"deb [signed-by={KEYS}] {MIRRORS[mirror]} {suite} main non-free-firmware" for mirror, suite in SOURCES
        ]
        (folder / "sources.list").write_text("\n".join(sources) + "\n", encoding="ascii")
        self._status = folder / "status"
        self._status.write_text("", encoding="ascii")
        settings = {
            "APT::Architecture": architecture, "APT::Architectures": architecture, "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "root", "Acquire::Languages": "none", "Dir::Cache": folder, "Dir::State": folder,
            "Dir::State::lists": folder / "lists", "Dir::State::status": self._status,
            "Dir::Cache::archives": folder / "archives", "Dir::Etc::sourcelist": folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null", "Dir::Etc::main": "/dev/null", "Dir::Etc::parts": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
        }  # fmt: skip
        config = folder / "apt.conf"
        config.write_text("".join(f'{key} "{value}";\n' for key, value in settings.items()), encoding="ascii")
        self._environment = {"APT_CONFIG": str(config), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        self.run("apt-get", "-qq", "update")

    def run(self, *order: str) -> str:
        """Run one of apt's programs; returns what it prints, raises CalledProcessError."""
        return subprocess.run(order, check=True, stdout=subprocess.PIPE, text=True, env=self._environment).stdout

    def shown(self, wishes: list[str]) -> list[dict[str, str]]:
        """Return the fields of packages, `name` or `name=version`."""
        blocks = self.run("apt-cache", "show", "--no-all-versions", *wishes).strip().split("\n\n")
        return [dict(re.findall(r"(?m)^([A-Z]\S*): (.*)$", block)) for block in blocks]

    def count_as_installed(self, names: list[str]) -> None:
        """Have apt believe that these are there already."""
        fields = "Package: {Package}\nStatus: hold ok installed\nVersion: {Version}\nArchitecture: {Architecture}\n"
        more = "Maintainer: nobody\nDescription: left out\n\n"
        stanzas = [fields.format(**each) + more for each in self.shown(names)]
        self._status.write_text("".join(stanzas), encoding="ascii")

    def resolved(self, names: list[str]) -> list[tuple[str, str]]:
        """Return `name=version` and archive of what these need, themselves included."""
        told = self.run("apt-get", "install", "--print-uris", "-qq", "--yes", *names)
        found = []
        for url, name, version in re.findall(r"(?m)^'([^']+)' ([^_ ]+)_([^_ ]+)_\S+\.deb ", told):
            archive = next(key for key, mirror in MIRRORS.items() if url.startswith(f"{mirror}/"))
            found.append((f"{name}={urllib.parse.unquote(version)}", archive))
        return found


def packages_of(section: str, folder: Path) -> list[Package]:
    """Resolve one section."""
    name, architecture = SECTIONS[section]
    apt = Apt(folder, architecture)
    if architecture == "arm64":
        apt.count_as_installed(listed("left-out.txt"))
    archives = dict(apt.resolved(listed(name)))
    shown = {f"{each['Package']}={each['Version']}": each for each in apt.shown(list(archives))}
    return [
        Package(
            section, each["Package"], each["Version"], each["Architecture"], archives[wish], int(each["Size"]),
            each["SHA256"], each["Filename"],
        )
        for wish, each in sorted(shown.items())
    ]  # fmt: skip


def main() -> None:
    """Write the lock."""
    now = datetime.now(UTC)
    lines = [f"# Debian packages of the image, pinned on {now:%Y-%m-%d} by `make image-lock`. Not edited by hand."]
    lines.append("# section name version architecture archive size sha256 path")
    for section in SECTIONS:
        with tempfile.TemporaryDirectory(prefix="lock-") as folder:
            packages = packages_of(section, Path(folder))
        lines += [" ".join(str(getattr(one, field)) for field in Package.__slots__) for one in packages]
        print(f"{section}: {len(packages)} packages, {sum(one.size for one in packages) / 1e6:.0f} MB")
    LOCK.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
