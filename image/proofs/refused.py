"""A root with one bit changed is refused before any program of it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofs.guest import PATIENCE
from proofs.machine import Machine, NotSeen, raw_disk
from proofs.provisioned import command_line, damage, run

if TYPE_CHECKING:
    from proofs.guest import Facts
    from proofs.stand import Stand


def prove(stand: Stand, facts: Facts) -> None:
    """Boot a disk with one bit changed; raises NotSeen when systemd was started from it."""
    disk = stand.folder / "damaged.img"
    run("cp", "--sparse=always", stand.disk, disk)
    damage(disk)
    boot = stand.image / "boot"
    with Machine(stand.folder / "refused", raw_disk(disk), boot, command_line(boot)) as machine:
        machine.start()
        machine.wait_for("dm-verity device corrupted|madoguchi: the root (is not|cannot)", PATIENCE)
        if "systemd[1]" in machine.said():
            raise NotSeen("the refusal: systemd was started from a changed root")
        facts.note(f"{machine.own_time:6.1f} s  a root with one bit changed is refused")
    disk.unlink()
