"""A small image for proofs of updates: versions of one small tree, a card with the first, bundles of the others."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from proofs.provisioned import GIVEN, card_of, credential, fill, run, updating

if TYPE_CHECKING:
    from collections.abc import Mapping

IMAGE_DIR: Final = Path(__file__).parents[1]
OLDER, FIRST, GOOD, BAD = "0.1.0.202611010000", "0.1.0.202611020000", "0.1.0.202611030000", "0.1.0.202611040000"
NEVER = "0.1.0.202611050000"
SLOT_A, SLOT_B = 1, 2  # partitions, from nought
DATA_MIB: Final = 500
SLOT_MIB: Final = 224
TALK: Final = (
    "console=ttyAMA0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info "
    "systemd.watchdog_sec=120 systemd.default_device_timeout_sec=300"
)
STAND_IN: Final = """[Service]
User=madoguchi-kiosk
SupplementaryGroups=madoguchi-update
ExecStart=/usr/lib/madoguchi/bin/python /etc/madoguchi/proof/stand_in.py
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """A version: its folder with slot.img, and the words that its own command line has beside the image's."""

    folder: Path
    version: str

    @property
    def image(self) -> Path:
        """What is written to a slot."""
        return self.folder / "slot.img"


def unit(name: str, text: str) -> str:
    """Return the words that bring a unit into a machine and start it."""
    return f"{credential(f'systemd.extra-unit.{name}.service', text)} systemd.wants={name}.service"


class Small:
    """Made of the tree that `make image` left; everything goes to `folder`."""

    def __init__(self, image: Path, tree: Path, folder: Path) -> None:
        self.image = image
        self.folder = folder
        self._tree = tree
        self._boot = image / "cache/boot"

    def slot(self, name: str, version: str, words: str = "", init: str = "") -> Slot:
        """Make a slot, with a first program of `image/test` in place of systemd; raises CalledProcessError."""
        out, small = self.folder / name, self.folder / "tree"
        script("small_tree.sh", self._tree, small, version, *([GIVEN / init] if init else []))
        script(
            "slot.sh",
            self._boot,
            self.image / "initrd",
            small,
            out,
            EROFS_COMPRESSION="lz4hc",
            EXTRA_CMDLINE=f"{TALK} {words}",
        )
        shutil.rmtree(small)
        return Slot(out, version)

    def whole(self, name: str, version: str, words: str) -> Slot:
        """Make a slot of the whole tree under another version; raises CalledProcessError."""
        out, tree = self.folder / name, self.folder / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        run("cp", "-al", self._tree, tree)
        release = tree / "usr/lib/os-release"
        text = re.sub(r"(?m)^IMAGE_VERSION=.*$", f"IMAGE_VERSION={version}", release.read_text("utf-8"))
        release.unlink()  # the link, not the image's own file
        release.write_text(text, encoding="utf-8")
        compression = {"EROFS_COMPRESSION": "lz4hc", "EXTRA_CMDLINE": words}
        script("slot.sh", self._boot, self.image / "initrd", tree, out, **compression)
        shutil.rmtree(tree)
        return Slot(out, version)

    def hollow(self) -> Slot:
        """Return a slot of a megabyte that holds nothing: bundles that are refused need no more."""
        out = self.folder / "hollow"
        out.mkdir(exist_ok=True)
        (out / "slot.img").write_bytes(random.Random(1).randbytes(1 << 20))  # noqa: S311 - the same each time
        return Slot(out, NEVER)

    def bundle(self, slot: Slot, authority: str = "update-demo", **words: str) -> Path:
        """Sign a bundle of a slot by a throw-away authority; `words` change what bundle.sh is told."""
        keys, own = self.folder / authority, slot.folder / "update-demo"
        keys.mkdir(exist_ok=True)
        own.unlink(missing_ok=True)
        own.symlink_to(keys)
        bundle = self.folder / f"{'-'.join([slot.folder.name, authority, *words.values()])}.raucb"
        script("bundle.sh", slot.folder, bundle, **({"UPDATE_VERSION": slot.version} | words))
        return bundle

    def card(self, slot: Slot, settings: Mapping[str, str], waiting: Mapping[str, Path]) -> Path:
        """Make a card with the slot as A, an authority, settings of the updater; bundles wait in /data/update."""
        script("disk.sh", self._boot, slot.folder, SLOT_MIB=str(SLOT_MIB))
        shutil.copy(self.image / "kiosk.toml", slot.folder / "kiosk.toml")
        disk = card_of(slot.folder, self.folder, DATA_MIB)
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        for name in ("spool", "rauc", "update", "etc/trust", "etc/proof"):
            (data / name).mkdir(parents=True)
        shutil.copy(GIVEN / "stand_in.py", data / "etc/proof")
        shutil.copy(self.folder / "update-demo/ca.pem", data / "etc/trust/update_ca.pem")
        config = updating((self.image / "kiosk.toml").read_text("utf-8"), settings)
        (data / "etc/kiosk.toml").write_text(config, encoding="utf-8")
        for name, bundle in waiting.items():
            shutil.copy(bundle, data / "update" / name)
        fill(disk, data)
        return disk


def script(name: str, *words: Path | str, **environment: str) -> None:
    """Run one of the image's scripts; raises CalledProcessError with what it said."""
    order = ["sh", str(IMAGE_DIR / name), *map(str, words)]
    subprocess.run(order, check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)


def flipped(bundle: Path, place: int) -> Path:
    """Return a copy of a bundle with one bit changed."""
    copy = bundle.with_name(f"flipped-{bundle.name}")
    data = bytearray(bundle.read_bytes())
    data[place] ^= 1
    copy.write_bytes(data)
    return copy
