"""From power to the attract scene: how long, where it goes, and how long a plain Debian takes to its multi-user target.

Times are the machine's own (see PACE): they can be repeated, and compared with each other, not with a Raspberry Pi's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from proofs.guest import KIOSK, PATIENCE
from proofs.machine import Machine, disk_over, raw_disk
from proofs.plain import plain_disk

if TYPE_CHECKING:
    from proofs.guest import Facts, Guest
    from proofs.stand import Stand

BEGAN, READY = "ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic"  # microseconds
PLAIN = "console=ttyAMA0 net.ifnames=0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info"
TOLD = re.compile(r"Startup finished in ([0-9.]+)s \(kernel\) \+ ([0-9.]+)s \(userspace\) = ([0-9.]+)s")


def prove(stand: Stand, facts: Facts) -> None:
    """Boot a machine that has been there before, then a plain Debian; leave startup.txt and bench.json."""
    with stand.off("timing", facts, disk_over(stand.frozen(facts).disk, stand.folder / "timing.qcow2")) as guest:
        guest.wait_for_attract()
        guest.scene("attract")
        told = guest.show(KIOSK, BEGAN, READY)
        attract = int(told[READY]) / 1e6  # it says so once its first frame stands
        own = attract - int(told[BEGAN]) / 1e6
        parts = _where(guest)
        guest.note(f"from power to the attract scene {attract:.1f} s, of these the kiosk's own start {own:.1f} s")
    (stand.folder / "startup.txt").write_text(parts, encoding="utf-8")
    plain = _plain(stand)
    facts.note(f"          a plain Debian with the same kernel reaches its multi-user target after {plain:.1f} s")
    rows = {
        "image: power to attract scene": (attract, "s"),
        "image: of these the kiosk's own start": (own, "s"),
        "image: plain Debian, same kernel, to multi-user": (plain, "s"),
    }
    (stand.folder / "bench.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _where(guest: Guest) -> str:
    """Return what systemd says of where the time went."""
    orders = (
        ("systemd-analyze", "time"),
        ("systemd-analyze", "critical-chain", KIOSK),
        ("systemd-analyze", "blame"),
    )
    guest.line.run("systemctl", "is-system-running", "--wait", seconds=600)  # until then it does not tell
    return "\n".join(f"$ {' '.join(order)}\n{guest.line.run(*order, seconds=120).out}" for order in orders)


def _plain(stand: Stand) -> float:
    """Boot a plain Debian and return the seconds of kernel and userspace together."""
    disk, boot = plain_disk(stand.image, stand.folder / "plain")
    with Machine(stand.folder / "plain", raw_disk(disk), boot, PLAIN) as machine:
        machine.start()
        return float(machine.wait_for(TOLD.pattern, PATIENCE)[3])
