# ruff: noqa: INP001  # a tool, not a package
"""Make the initrd on the building machine: `python image/initrd.py KERNEL TOOLS OUT`.

KERNEL holds usr/lib/modules/VERSION, TOOLS the unpacked Debian packages with busybox and veritysetup. No program of the
device runs; the same input gives the same bytes.
"""

from __future__ import annotations

import lzma
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from modules import paths_needed

HERE = Path(__file__).parent
LIBRARIES = Path("usr/lib/aarch64-linux-gnu")
PROGRAMS = ("usr/sbin/veritysetup", "usr/sbin/dmsetup")
# In the order of loading: checksums and hashes first, then what the root lies on, then how it is read.
MODULES = (
    "crc32c_generic", "libcrc32c", "sha2-ce", "fixed", "gpio-regulator", "reset-raspberrypi", "bcm2835_wdt",
    "sdhci-iproc", "bcm2835", "virtio_mmio", "virtio_blk", "dm-mod", "dm-verity", "erofs", "overlay",
)  # fmt: skip


def add_modules(kernel: Path, tree: Path) -> None:
    """Copy the modules, unpacked, and have depmod index them."""
    (folder,) = (kernel / "usr/lib/modules").iterdir()
    target = tree / "lib/modules" / folder.name
    for path in paths_needed(folder, list(MODULES)):
        copy = (target / path).with_suffix("")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(lzma.decompress((folder / path).read_bytes()))
    for index in ("modules.builtin", "modules.builtin.modinfo", "modules.order"):
        shutil.copy(folder / index, target / index)
    subprocess.run(["depmod", "-b", tree, folder.name], check=True, stderr=subprocess.DEVNULL)


def libraries_of(program: Path, tools: Path) -> set[str]:
    """Return the names of all libraries that a program loads, the loader too."""
    found: set[str] = set()
    waiting = [program]
    while waiting:
        told = subprocess.run(["readelf", "-d", waiting.pop()], check=True, capture_output=True, text=True).stdout
        for name in re.findall(r"\(NEEDED\).*\[(.+)\]", told):
            if name not in found:
                found.add(name)
                waiting.append(tools / LIBRARIES / name)
    return found


def add_programs(tools: Path, tree: Path) -> None:
    """Copy busybox, the device mapper's programs and their libraries to where the loader looks for them."""
    (tree / "lib").mkdir(parents=True, exist_ok=True)
    (tree / "bin").mkdir()
    (tree / "usr/sbin").mkdir(parents=True)
    (tree / "sbin").mkdir()
    (tree / "sbin/modprobe").symlink_to("/bin/busybox")
    shutil.copy(tools / "usr/bin/busybox", tree / "bin/busybox")
    for program in PROGRAMS:
        shutil.copy(tools / program, tree / program)
        for name in libraries_of(tools / program, tools):
            shutil.copy(tools / LIBRARIES / name, tree / "lib" / name)


def pack(tree: Path, out: Path) -> None:
    """Pack the tree as the kernel unpacks it, with fixed times, owners and numbers."""
    for path in tree.rglob("*"):
        os.utime(path, (0, 0), follow_symlinks=False)
    names = "\0".join(sorted(str(path.relative_to(tree)) for path in tree.rglob("*"))).encode()
    archive = ["cpio", "--null", "--create", "--format=newc", "--quiet", "--reproducible", "--owner=0:0"]
    made = subprocess.run(archive, cwd=tree, input=names, check=True, capture_output=True).stdout
    subprocess.run(["zstd", "-q", "-f", "-12", "-o", out], input=made, check=True)


def main(kernel: Path, tools: Path, out: Path) -> None:
    """Make it."""
    with tempfile.TemporaryDirectory(prefix="initrd-", dir=out.parent) as folder:
        tree = Path(folder)
        add_programs(tools, tree)
        add_modules(kernel, tree)
        (tree / "modules").write_text("".join(f"{name}\n" for name in MODULES), encoding="ascii")
        shutil.copy(HERE / "initrd-init.sh", tree / "init")
        (tree / "init").chmod(0o755)
        pack(tree, out)


if __name__ == "__main__":
    main(*(Path(each).resolve() for each in sys.argv[1:4]))
