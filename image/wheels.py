# ruff: noqa: INP001  # a tool, not a package
"""Fetch the wheels of the device: `python image/wheels.py FOLDER`.

The kiosk's own dependencies, without the city's and the developers', in the versions and with the digests of
requirements.lock, for Debian trixie's Python on arm64. pyscard comes from Debian: it has no wheel.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parents[1] / "requirements.lock"
FROM_DEBIAN = frozenset({"pyscard"})
PURE_SOURCES = frozenset({"pydes"})  # no wheel, but nothing to compile: built on this machine, they run on any
DEVICE = {
    "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64", "os_name": "posix",
    "python_version": "3.13", "python_full_version": "3.13.5", "platform_python_implementation": "CPython",
    "implementation_name": "cpython", "extra": "",
}  # fmt: skip
PLATFORMS = tuple(f"manylinux_2_{minor}_aarch64" for minor in (17, 24, 26, 27, 28, 31, 34, 35, 39))
ANYWHERE = (
    "--only-binary=:all:",
    "--python-version",
    "3.13",
    "--implementation",
    "cp",
    "--abi",
    "cp313",
    "--abi",
    "abi3",
)


def needed(root: str = "madoguchi") -> set[str]:
    """Return the names of what `root` needs on the device, itself left out."""
    names: set[str] = set()
    waiting = [root]
    while waiting:
        for line in requires(waiting.pop()) or ():
            wish = Requirement(line)
            name = canonicalize_name(wish.name)
            if name not in names and (wish.marker is None or wish.marker.evaluate(DEVICE)):
                names.add(name)
                waiting.append(name)
    return names - FROM_DEBIAN


def locked(names: set[str]) -> str:
    """Return the lock's entries of these packages; raises KeyError for one that it does not pin."""
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", LOCK.read_text("utf-8")))
    by_name: dict[str, str] = {canonicalize_name(entry.split("==")[0]): entry for entry in entries if "==" in entry}
    return "\n".join(by_name[name].strip() for name in sorted(names)) + "\n"


def order(folder: Path, verb: str, names: set[str], *options: str) -> None:
    """Have pip bring these packages into the folder, by the lock's digests; raises CalledProcessError."""
    wishes = folder / f"{verb}.lock"
    wishes.write_text(locked(names), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", verb, "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, *options, "-r", str(wishes)], check=True)


def main(folder: Path) -> None:
    """Fill the folder; what is there already is not fetched again."""
    folder.mkdir(parents=True, exist_ok=True)
    platforms = [part for name in PLATFORMS for part in ("--platform", name)]
    names = needed()
    order(folder, "download", names - PURE_SOURCES, *ANYWHERE, *platforms, "-d", str(folder))
    order(folder, "wheel", names & PURE_SOURCES, "--no-build-isolation", "-w", str(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
