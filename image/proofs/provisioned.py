# ruff: noqa: INP001  # a tool, not a package
"""What the boot test gives the machine: a provisioned data partition, and a talkative command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from machine import credential

GIVEN = Path(__file__).parent / "test"
GROUP = 810  # madoguchi, of image/units/ids.conf
SECTOR = 512


def run(*order: str | Path) -> None:
    """Run a program to its end; raises CalledProcessError."""
    subprocess.run([str(word) for word in order], check=True)


def provision(trust: Path) -> None:
    """Make an authority, cards, a city's keys and a kiosk's, where there are none yet."""
    if (trust / "kiosk.key").exists():
        return
    trust.mkdir(parents=True)
    run(sys.executable, "-m", "drivers.virtual", "authority", "--dir", trust)
    run(sys.executable, "-m", "city", "provision", "--dir", trust, "--kiosk", "kiosk-demo", "--city-name", "鶴ヶ島市")


def disk_of(image: Path, folder: Path) -> Path:
    """Copy the disk and put a provisioned data partition on it."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "spool").mkdir(parents=True)
    kept = "city_ca.pem", "kiosk.pem", "kiosk.key", "sealing.pub", "receipt.pub", "catalogue.pub", "sign_ca.pem"
    (data / "etc/trust").mkdir(parents=True)
    for name in kept:
        shutil.copy(folder / "trust" / name, data / "etc/trust" / name)
        (data / "etc/trust" / name).chmod(0o640)
    shutil.copy(image / "kiosk.toml", data / "etc")
    shutil.copy(GIVEN / "profile.toml", data / "etc")
    shutil.copy(GIVEN / "probe.py", data / "etc")
    for path in data.rglob("*"):
        shutil.chown(path, 0, GROUP)
    disk = folder / "disk.img"
    run("cp", "--sparse=always", image / "madoguchi.img", disk)
    table = json.loads(subprocess.run(["sfdisk", "-J", disk], check=True, capture_output=True).stdout)["partitiontable"]
    start, size = table["partitions"][2]["start"], table["partitions"][2]["size"]
    part = folder / "data.ext4"
    part.unlink(missing_ok=True)
    run("mke2fs", "-q", "-t", "ext4", "-L", "MADOGUCHI", "-d", data, part, f"{size // 2}K")
    run("dd", f"if={part}", f"of={disk}", "bs=512", f"seek={start}", "conv=notrunc", "status=none")
    part.unlink()
    return disk


def command_line(boot: Path) -> str:
    """Return the image's own command line, made talkative, with the test's drop-in and probe."""
    own = (boot / "cmdline.txt").read_text("ascii").replace("quiet loglevel=3", "")
    talk = "console=ttyAMA0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info"
    slow = "systemd.watchdog_sec=120 systemd.default_device_timeout_sec=300"
    kiosk = credential("systemd.unit-dropin.madoguchi-kiosk.service", (GIVEN / "kiosk.conf").read_text("utf-8"))
    courier = credential("systemd.unit-dropin.madoguchi-courier.service", (GIVEN / "courier.conf").read_text("utf-8"))
    probe = credential("systemd.extra-unit.probe.service", (GIVEN / "probe.service").read_text("utf-8"))
    line = " ".join([*own.split(), talk, slow, kiosk, courier, probe, "systemd.wants=probe.service"])
    if len(line) > 2047:
        raise ValueError("the kernel takes 2,047 characters")
    return line


def damage(disk: Path) -> None:
    """Change one bit of the root, where it is read first: in the volume name of its superblock."""
    table = json.loads(subprocess.run(["sfdisk", "-J", disk], check=True, capture_output=True).stdout)["partitiontable"]
    place = table["partitions"][1]["start"] * SECTOR + 1024 + 64
    with disk.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))
