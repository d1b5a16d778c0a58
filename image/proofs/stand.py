"""Where proofs are made: the image, a provisioned disk, the city and the card around a machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from proofs.guest import Facts, Guest
from proofs.machine import disk_over
from proofs.outside import Outside
from proofs.provisioned import GIVEN, command_line, disk_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Frozen:
    """A machine's whole state, and the disk that belongs to it."""

    state: Path
    disk: Path


class Stand:
    """Holds what all proofs share; the city runs while its `with` block does.

    Proofs that begin at the attract scene go on from one boot whose whole state is kept: a boot takes minutes. It
    serves the next run, too, as long as image, keys and everything that is put into the machine are the same.
    """

    def __init__(self, image: Path) -> None:
        """Use the image's folder; everything of the proofs goes to `test` in it."""
        self.image = image
        self.folder = image / "test"
        self.folder.mkdir(exist_ok=True)
        self.outside = Outside(self.folder)
        self.disk = self.folder / "disk.img"
        self._key = self.folder / "attract.key"
        self._frozen = Frozen(self.folder / "attract.state", self.folder / "attract.qcow2")
        if not self._fits():
            self._key.unlink(missing_ok=True)
            disk_of(image, self.folder, self.outside.setting.trust, self.outside.city_port)

    def __enter__(self) -> Self:
        self.outside.start_city()
        return self

    def __exit__(self, *_: object) -> None:
        self.outside.close()

    def _digest(self) -> str:
        """Return what decides whether a kept state may serve."""
        given = [path for path in sorted(GIVEN.iterdir()) if path.is_file()]
        parts = [self.image / "root.hash", self.image / "kiosk.toml", self.outside.setting.trust / "kiosk.pem", *given]
        words = [f"{self.outside.city_port}", command_line(self.image / "boot")]
        return hashlib.sha256(b"\0".join([*(path.read_bytes() for path in parts), *map(str.encode, words)])).hexdigest()

    def _fits(self) -> bool:
        kept = self.disk, self._frozen.state, self._frozen.disk, self._key
        return all(path.exists() for path in kept) and self._key.read_text("ascii") == self._digest()

    def off(self, name: str, facts: Facts, disk: Sequence[str] = (), line: str = "") -> Guest:
        """Return a machine that has to boot; its words and pictures go to a folder of this name."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return Guest(folder, self.image, self.outside, facts, disk or disk_over(self.disk, folder / "disk.qcow2"), line)

    def frozen(self, facts: Facts) -> Frozen:
        """Return the machine's state at the attract scene; it boots as far where none is kept."""
        if not self._fits():
            with self.off("attract", facts, disk_over(self.disk, self._frozen.disk)) as guest:
                guest.wait_for_attract()
                guest.note("booted as far as the attract scene")
                guest.machine.freeze(self._frozen.state)
            self._key.write_text(self._digest(), encoding="ascii")
        return self._frozen

    def go_on(self, name: str, facts: Facts, disk: Sequence[str] = ()) -> Guest:
        """Return a machine that goes on at the attract scene, with a disk of its own from there on."""
        frozen = self.frozen(facts)
        (self.folder / name).mkdir(exist_ok=True)
        guest = self.off(name, facts, disk or disk_over(frozen.disk, self.folder / name / "disk.qcow2"))
        guest.frozen = frozen.state
        return guest
