# ruff: noqa: INP001, T201  # a tool, not a package
"""Put the kernel's modules into the tree, and no more than are needed: `python image/modules.py KERNEL TREE`.

Needed is what the boards' device trees ask for, what modules.txt lists, and what those depend on. KERNEL holds
usr/lib/modules/VERSION and the device trees; none of its programs runs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BOARDS = (
    "bcm2837-rpi-3-a-plus", "bcm2837-rpi-3-b", "bcm2837-rpi-3-b-plus", "bcm2837-rpi-zero-2-w", "bcm2711-rpi-4-b",
    "bcm2711-rpi-400",
)  # fmt: skip
NOT_WANTED = frozenset({"hci_uart"})  # Bluetooth, which the boards have and a kiosk must not
INDEXES = ("modules.builtin", "modules.builtin.modinfo", "modules.order")


class ModuleMissing(Exception):
    """The kernel package does not have a module of that name."""


def plain(name: str) -> str:
    """Return a module's name as the kernel compares it."""
    return name.replace("-", "_")


def listed(path: Path = HERE / "modules.txt") -> list[str]:
    """Return the names in the list."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def paths_needed(folder: Path, names: list[str]) -> list[str]:
    """Return paths below `folder` (…/modules/VERSION) of these and what they depend on; raises ModuleMissing."""
    needs: dict[str, list[str]] = {}
    paths: dict[str, str] = {}
    for line in (folder / "modules.dep").read_text("ascii").splitlines():
        path, _, rest = line.partition(":")
        needs[path] = rest.split()
        paths[plain(Path(path).name.partition(".")[0])] = path
    built_in = {plain(Path(line).stem) for line in (folder / "modules.builtin").read_text("ascii").splitlines()}
    wanted: set[str] = set()
    for name in map(plain, names):
        if name in paths:
            wanted |= {paths[name], *needs[paths[name]]}
        elif name not in built_in:
            raise ModuleMissing(name)
    return sorted(wanted)


def of_boards(kernel: Path, folder: Path) -> list[str]:
    """Return the modules whose devices the boards' device trees name."""
    by_device: dict[str, set[str]] = {}
    for line in (folder / "modules.alias").read_text("ascii").splitlines():
        if found := re.fullmatch(r"alias of:N\*T\*C([^*]+) (\S+)", line):
            by_device.setdefault(found[1], set()).add(found[2])
    names: set[str] = set()
    for board in BOARDS:
        tree = (kernel / f"usr/lib/linux-image-{folder.name}/broadcom/{board}.dtb").read_bytes()
        for device in re.findall(rb"[ -~]{3,}(?=\0)", tree):
            names |= by_device.get(device.decode("ascii"), set())
    return sorted(names - NOT_WANTED)


def main(kernel: Path, tree: Path) -> None:
    """Copy and index them."""
    (folder,) = (kernel / "usr/lib/modules").iterdir()
    target = tree / "usr/lib/modules" / folder.name
    wanted = paths_needed(folder, [*of_boards(kernel, folder), *listed()])
    for path in [*wanted, *INDEXES]:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / path, target / path)
    subprocess.run(["depmod", "-b", tree, folder.name], check=True, stderr=subprocess.DEVNULL)
    print(f"modules: {len(wanted)}", file=sys.stderr)


if __name__ == "__main__":
    main(*(Path(each).resolve() for each in sys.argv[1:3]))
