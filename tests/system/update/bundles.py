"""Bundles as `make bundle` makes them, from a slot of a few megabytes, and ways to spoil them."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]
RUNS, NEWER, OLDER = "0.1.0.202611250000", "0.1.0.202611260000", "0.1.0.202611240000"
COMPATIBLE = "madoguchi-rpi-arm64"


def make(out: Path, version: str = NEWER, compatible: str = COMPATIBLE) -> Path:
    """Sign a bundle with the throw-away authority in `out`, which is made when it is not there yet."""
    out.mkdir(exist_ok=True)
    slot = out / "slot.img"
    if not slot.exists():
        slot.write_bytes(random.Random(1).randbytes(2 << 20))
    bundle = out / f"{compatible}-{version}.raucb"
    words = {"UPDATE_VERSION": version, "UPDATE_COMPATIBLE": compatible, "TMPDIR": str(out)}
    done = subprocess.run(
        ["sh", ROOT / "image/bundle.sh", out, bundle],
        env={**os.environ, **words}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return bundle


def rauc_config(folder: Path, authority: Path) -> Path:
    """The image's own configuration of RAUC, with another authority and without U-Boot."""
    text = (ROOT / "image/units/rauc.conf").read_text("utf-8")
    text = text.replace("/etc/madoguchi/trust/update_ca.pem", str(authority)).replace(
        "bootloader=uboot", "bootloader=noop"
    )
    for boot_only in ("boot-attempts=3\n", "boot-attempts-primary=3\n"):
        text = text.replace(boot_only, "")
    path = folder / "system.conf"
    path.write_text(text.replace("/data/rauc", str(folder)), encoding="utf-8")
    return path


def signature_length(bundle: Path) -> int:
    return int.from_bytes(bundle.read_bytes()[-8:], "big")


def flipped(bundle: Path, out: Path, place: int) -> Path:
    data = bytearray(bundle.read_bytes())
    data[place] ^= 1
    out.write_bytes(data)
    return out
