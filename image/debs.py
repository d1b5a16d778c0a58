# ruff: noqa: INP001, T201  # a tool, not a package
"""Fetch and unpack the Debian packages of image/debian.lock, those and no others.

    python image/debs.py fetch FOLDER SECTION...     into FOLDER, by name, version and SHA-256
    python image/debs.py unpack FOLDER SECTION TREE
    python image/debs.py digest SECTION              of the section's lines: the name of what was made of them

None of a package's scripts runs. `make image-lock` writes the lock (debs_lock.py).
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).with_name("debian.lock")
HELPER = "/usr/lib/apt/apt-helper"
MIRRORS = {
    "debian": os.environ.get("MIRROR", "http://deb.debian.org/debian"),
    "security": os.environ.get("SECURITY_MIRROR", "http://deb.debian.org/debian-security"),
}
AT_ONCE = 40  # packages that one call of apt's fetcher is given
FIRST = "base-files"  # brings the links /bin, /lib and /sbin, over which all others are laid


class LockRefuses(Exception):
    """A package is not the one that is pinned, or cannot be had; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Package:
    """One line of the lock. `path` is below the archive's root; `sha256` is of the .deb."""

    section: str
    name: str
    version: str
    architecture: str
    archive: str
    size: int
    sha256: str
    path: str

    @property
    def file(self) -> str:
        """The name under which it is kept, as apt writes it."""
        return f"{self.name}_{self.version.replace(':', '%3a')}_{self.architecture}.deb"

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.architecture})"


def parse(text: str) -> list[Package]:
    """Read a lock; raises LockRefuses naming the line that is wrong."""
    packages = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if (
            len(words) != len(Package.__slots__)
            or not re.fullmatch("[0-9a-f]{64}", words[6])
            or words[4] not in MIRRORS
        ):
            raise LockRefuses(f"debian.lock, line {number}: expected section, name, version, architecture, "
                              f"{' or '.join(MIRRORS)}, size, SHA-256, path")  # fmt: skip
        section, name, version, architecture, archive, size, sha256, path = words
        packages.append(Package(section, name, version, architecture, archive, int(size), sha256, path))
    return packages


def pinned(section: str, lock: Path = LOCK) -> list[Package]:
    """Return a section's packages; raises LockRefuses when it has none."""
    found = [package for package in parse(lock.read_text("ascii")) if package.section == section]
    if not found:
        raise LockRefuses(f"{lock.name}: no package for {section!r}; pin them with: make image-lock")
    return found


def check(package: Package, folder: Path) -> Path:
    """Return the package's file; raises LockRefuses when it is not the one that was pinned."""
    path = folder / package.file
    if not path.exists():
        raise LockRefuses(f"{package} was not fetched into {folder}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != package.sha256:
        raise LockRefuses(
            f"{path} is not the pinned {package}:\n  pinned {package.sha256}\n  found  {digest}\n"
            "Delete the file and build again; when it stays, the mirror gives out something else."
        )
    return path


def fetch(packages: list[Package], folder: Path, mirrors: dict[str, str] = MIRRORS) -> None:
    """Bring what is not in the folder; raises LockRefuses for what the mirror no longer has or gives out otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    lacking = [package for package in packages if not (folder / package.file).exists()]
    for start in range(0, len(lacking), AT_ONCE):
        _fetch_some(lacking[start : start + AT_ONCE], folder, mirrors)
    for package in packages:
        check(package, folder)


def _fetch_some(packages: list[Package], folder: Path, mirrors: dict[str, str]) -> None:
    order = [HELPER, "-o", "APT::Sandbox::User=root", "download-file"]
    for package in packages:
        url = f"{mirrors[package.archive]}/{package.path.replace('+', '%2b').replace('~', '%7e')}"
        order += [url, str(folder / f"{package.file}.part"), f"SHA256:{package.sha256}"]
    done = subprocess.run(order, check=False, capture_output=True, text=True)
    for package in packages:
        part = folder / f"{package.file}.part"
        if part.exists() and hashlib.sha256(part.read_bytes()).hexdigest() == package.sha256:
            part.rename(folder / package.file)
    missing = [package for package in packages if not (folder / package.file).exists()]
    if missing:
        for package in missing:
            (folder / f"{package.file}.part").unlink(missing_ok=True)
        raise LockRefuses(_why(missing, mirrors, done.stderr))


def _why(missing: list[Package], mirrors: dict[str, str], said: str) -> str:
    names = "\n".join(f"  {package} from {mirrors[package.archive]}" for package in missing)
    return (
        f"These pinned packages could not be fetched:\n{names}\n{said.strip()}\n"
        "A mirror keeps the newest versions only. Either build from Debian's archive of all versions, of the day in "
        "debian.lock's first line:\n"
        "  MIRROR=http://snapshot.debian.org/archive/debian/YYYYMMDDT000000Z \\\n"
        "  SECURITY_MIRROR=http://snapshot.debian.org/archive/debian-security/YYYYMMDDT000000Z make image\n"
        "or pin the versions of today, look at the difference, and commit it: make image-lock"
    )


def digest(packages: list[Package]) -> str:
    """Return sixteen hex digits that change with any of the packages."""
    return hashlib.sha256("\n".join(map(repr, packages)).encode()).hexdigest()[:16]


def unpack(packages: list[Package], folder: Path, tree: Path) -> None:
    """Lay the files of the packages into the tree; each is checked first."""
    tree.mkdir(parents=True, exist_ok=True)
    for package in sorted(packages, key=lambda one: (one.name != FIRST, one.name)):
        path = check(package, folder)
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", path], stdout=subprocess.PIPE) as archive:
            order = ["tar", "-x", "--keep-directory-symlink", "--preserve-permissions", "--numeric-owner", "-C"]
            subprocess.run([*order, str(tree)], stdin=archive.stdout, check=True)
        if archive.returncode:
            raise LockRefuses(f"{path} cannot be unpacked")


def main(verb: str, *words: str) -> int:
    """Do what the module's first lines say."""
    try:
        if verb == "fetch":
            fetch([package for section in words[1:] for package in pinned(section)], Path(words[0]))
        elif verb == "digest":
            (section,) = words
            print(digest(pinned(section)))
        else:
            folder, section, tree = words
            unpack(pinned(section), Path(folder), Path(tree))
    except LockRefuses as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
