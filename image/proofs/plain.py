"""A plain Debian to compare with: the image's kernel, its initrd's modules, and the smallest root that has systemd."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from proofs.provisioned import run

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = "systemd-sysv,udev,dbus,login,passwd,iproute2,kmod"
# Loads the same modules, and mounts the root without looking at its hashes.
INIT = """#!/bin/busybox sh
/bin/busybox mkdir -p /bin /proc /sys /dev /lower /memory /root
/bin/busybox --install -s /bin
export PATH=/bin:/usr/sbin
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
while read -r module; do modprobe "$module" 2>/dev/null; done </modules
while [ ! -b /dev/vda ]; do sleep 1; done
mount -t erofs -o ro /dev/vda /lower
mount -t tmpfs memory /memory
mkdir /memory/upper /memory/work
mount -t overlay -o lowerdir=/lower,upperdir=/memory/upper,workdir=/memory/work root /root
mount --move /dev /root/dev
umount /proc /sys
exec switch_root /root /sbin/init
"""


def plain_disk(image: Path, folder: Path) -> tuple[Path, Path]:
    """Make the disk and a boot folder (vmlinuz.gz, initrd) for it; raises CalledProcessError."""
    shutil.rmtree(folder, ignore_errors=True)
    boot, tree = folder / "boot", folder / "tree"
    boot.mkdir(parents=True)
    shutil.copy(image / "boot/vmlinuz.gz", boot)
    _initrd(image / "initrd", folder / "initrd", boot / "initrd")
    mirror = os.environ.get("MIRROR", "http://deb.debian.org/debian")
    extract = "--quiet", "--mode=root", "--arch=arm64", "--variant=extract", "--skip=check/qemu", "--format=directory"
    run("mmdebstrap", *extract, f"--include={PACKAGES}", "trixie", tree, f"deb {mirror} trixie main")
    _configure(tree)
    disk = folder / "disk.img"
    run("mkfs.erofs", "--quiet", "-zlz4hc", disk, tree)
    shutil.rmtree(tree)
    return disk, boot


def _configure(tree: Path) -> None:
    """Do the little that the packages' scripts would have done for a first boot."""
    for name in ("passwd", "group"):
        shutil.copy(tree / f"usr/share/base-passwd/{name}.master", tree / "etc" / name)
    (tree / "etc/machine-id").write_text("0123456789abcdef0123456789abcdef\n", encoding="ascii")
    (tree / "etc/hostname").write_text("plain\n", encoding="ascii")
    (tree / "etc/fstab").write_text("", encoding="ascii")
    for path in (tree / "usr/lib/sysusers.d").glob("*.conf"):
        path.write_text(path.read_text("utf-8").replace("u!", "u "), encoding="utf-8")
    run("systemd-sysusers", f"--root={tree}")
    run("systemctl", f"--root={tree}", "set-default", "multi-user.target")
    run("systemctl", f"--root={tree}", "--quiet", "preset-all")


def _initrd(image: Path, work: Path, out: Path) -> None:
    """Take the image's initrd and give it another first program."""
    work.mkdir()
    with subprocess.Popen(["zstd", "-dc", image], stdout=subprocess.PIPE) as unpack:
        subprocess.run(["cpio", "-id", "--quiet"], cwd=work, stdin=unpack.stdout, check=True)
    (work / "init").write_text(INIT, encoding="ascii")
    names = "\0".join(sorted(str(path.relative_to(work)) for path in work.rglob("*"))).encode()
    archive = ["cpio", "--null", "--create", "--format=newc", "--quiet", "--owner=0:0"]
    made = subprocess.run(archive, cwd=work, input=names, check=True, capture_output=True).stdout
    subprocess.run(["zstd", "-q", "-f", "-o", out], input=made, check=True)
    shutil.rmtree(work)
