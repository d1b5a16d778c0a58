"""Where proofs are made: the image, a provisioned disk, the city and the card around a machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from proofs.guest import Facts, Guest
from proofs.machine import disk_over
from proofs.outside import Outside
from proofs.provisioned import disk_of

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

    Proofs that begin at the attract scene go on from one boot whose whole state was kept: a boot takes minutes.
    """

    def __init__(self, image: Path) -> None:
        """Use the image's folder; everything of the proofs goes to `test` in it."""
        self.image = image
        self.folder = image / "test"
        self.folder.mkdir(exist_ok=True)
        self.outside = Outside(self.folder)
        self.disk = disk_of(image, self.folder, self.outside.setting.trust, self.outside.city_port)
        self._frozen: Frozen | None = None

    def __enter__(self) -> Self:
        self.outside.start_city()
        return self

    def __exit__(self, *_: object) -> None:
        self.outside.close()
        if self._frozen is not None:
            self._frozen.state.unlink()

    def off(self, name: str, facts: Facts, disk: Sequence[str] = (), more: str = "") -> Guest:
        """Return a machine that has to boot; its words and pictures go to a folder of this name."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return Guest(folder, self.image, self.outside, facts, disk or disk_over(self.disk, folder / "disk.qcow2"), more)

    def frozen(self, facts: Facts) -> Frozen:
        """Return the machine's state at the attract scene; the first time it boots as far."""
        if self._frozen is None:
            state, disk = self.folder / "attract.state", self.folder / "attract.qcow2"
            with self.off("attract", facts, disk_over(self.disk, disk)) as guest:
                guest.wait_for_attract()
                guest.note("booted as far as the attract scene")
                guest.machine.freeze(state)
            self._frozen = Frozen(state, disk)
        return self._frozen

    def go_on(self, name: str, facts: Facts, disk: Sequence[str] = ()) -> Guest:
        """Return a machine that goes on at the attract scene, with a disk of its own from there on."""
        frozen = self.frozen(facts)
        (self.folder / name).mkdir(exist_ok=True)
        guest = self.off(name, facts, disk or disk_over(frozen.disk, self.folder / name / "disk.qcow2"))
        guest.frozen = frozen.state
        return guest
