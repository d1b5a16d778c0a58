"""What each program can reach from inside its sandbox: tried under the shipped unit's words, in the image."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from proofs.guest import CARDS, COURIER, KIOSK
from proofs.machine import STRANGER, NotSeen

if TYPE_CHECKING:
    from proofs.guest import Facts, Guest
    from proofs.stand import Stand

UNITS = {"kiosk": KIOSK, "courier": COURIER, "pcscd": CARDS, "mozc": "madoguchi-mozc.service"}
PLACE = "/run/systemd/system"
# The shipped unit and its drop-ins as they are; only what runs, and when, is another.
INSTEAD = """
[Unit]
Conflicts=
OnFailure=
[Service]
Type=oneshot
Restart=no
WatchdogSec=0
RestartMode=normal
TimeoutStartSec=900
RuntimeDirectory=
RuntimeDirectory=tried-{kind}
ExecStart=
ExecStart=/usr/bin/python3 -I /run/tries.py {kind}
ExecPaths=/usr/lib -/usr/bin/python3.13
Environment=CITY_PORT={port}
StandardOutput=truncate:/run/tried-{kind}.json
"""


def prove(stand: Stand, facts: Facts) -> None:
    """Try, and leave the table in tried.json and tried.txt; raises NotSeen when something was not as it must be."""
    with stand.go_on("inside", facts) as guest:
        guest.wait_for_attract()
        _root(guest)
        guest.run("sh", "-c", "install -m 644 /etc/madoguchi/proof/tries.py /run/tries.py")
        rows = [row for kind, unit in UNITS.items() for row in _tried(guest, kind, unit, stand.outside.city_port)]
    (stand.folder / "tried.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = [f"{row['program']:<8} {row['found']:<14} {row['wanted']:<8} {row['tried']}" for row in rows]
    (stand.folder / "tried.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    # "?" is a try that could not be made: it proves nothing
    wrong = [row for row in rows if (row["found"] == "done") != (row["wanted"] == "done") or row["found"][0] == "?"]
    refused = sum(row["wanted"] == "refused" for row in rows) - len(wrong)
    facts.note(f"          {refused} forbidden things tried and refused in {len(UNITS)} sandboxes: tried.json")
    if wrong:
        raise NotSeen("the sandbox: " + "; ".join(f"{row['program']}: {row['tried']}: {row['found']}" for row in wrong))


def _tried(guest: Guest, kind: str, unit: str, port: int) -> list[dict[str, str]]:
    """Run the tries in a unit that has the shipped one's words."""
    text = guest.run("systemctl", "cat", unit) + INSTEAD.format(kind=kind, port=port)
    ran = guest.line.run("sh", "-c", f"cat > {PLACE}/tried-{kind}.service && systemctl daemon-reload", given=text)
    if ran.code:
        raise NotSeen(f"the unit for {kind}: {ran.err}")
    guest.run("systemctl", "start", f"tried-{kind}.service", seconds=600)
    rows = [json.loads(line) for line in guest.run("cat", f"/run/tried-{kind}.json").splitlines()]
    guest.note(f"{kind}: {len(rows)} things tried in its sandbox")
    return rows


def _root(guest: Guest) -> None:
    """Not even root writes to the verified root; and somebody is there whom the courier must not reach."""
    lower = guest.run("findmnt", "--noheadings", "--output=FSTYPE,OPTIONS", "/").split()
    table = guest.run("sh", "-c", "cat /sys/block/dm-1/ro /sys/block/dm-1/dm/name").split()
    if lower[0] != "overlay" or table != ["1", "root"]:
        raise NotSeen(f"a read-only root: {lower}, {table}")
    ran = guest.line.run("dd", "if=/dev/zero", "of=/dev/dm-1", "bs=512", "count=1", "conv=notrunc")
    if not ran.code:
        raise NotSeen("a root that root cannot write to")
    # The fire wall lets root speak to nobody either: it is opened for a moment, to see that somebody would answer.
    guest.run("nft", "insert", "rule", "inet", "madoguchi", "output", "meta", "skuid", "0", "accept")
    guest.run("python3", "-c", f"import socket; socket.create_connection(('{STRANGER}', 80), 20)")
    guest.run("systemctl", "restart", "nftables.service", "madoguchi-firewall.service")
    guest.note(f"the verified root is read-only, also for root: {ran.err.splitlines()[0].split(': ')[-1]}")
