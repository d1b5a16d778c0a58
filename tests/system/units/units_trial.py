"""Our units' sandboxes with the probe in them: the same `[Service]` but for what is started, and how it is watched."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from units_world import DIRECT_RESTARTS, INTERPRETER, PYTHON, systemd_version

if TYPE_CHECKING:
    from units_machine import Machine

ROOT = Path(__file__).parents[3]
SYSTEMD = ROOT / "systemd"
PROBE = Path(__file__).with_name("units_probe.py")
# Program: its unit and what is laid over it.
PROGRAMS = {
    "kiosk": ("madoguchi-kiosk.service",),
    "courier": ("madoguchi-courier.service",),
    "pcscd": ("pcscd.service.d/madoguchi.conf",),
    "mozc": ("madoguchi-mozc.service",),
    "out-of-service": ("madoguchi-out-of-service.service",),
    "update": ("madoguchi-update.service",),
    "restart": ("madoguchi-pcscd-restart.service",),
}
# Started for a moment, by a stick, by what a stick brings, or by a wish.
HELPERS = {
    "stick": ("madoguchi-provision@.service",),
    "update-stick": ("madoguchi-update-stick@.service",),
    "network": ("madoguchi-machine.service",),
    "firewall": ("madoguchi-firewall.service",),
    "backlight": ("madoguchi-backlight.service",),
    "power-off": ("madoguchi-power-off.service",),
    "reboot": ("madoguchi-update-reboot.service",),
}
LATER = {"kiosk": "debian13/madoguchi-kiosk.conf", "pcscd": "debian13/pcscd.conf"}
NOTHING = "unconfined"  # the control: no sandbox at all
STICK = "loop1"  # what a unit for a stick is told it is; the machine has none
OVER = f"""\
Type=oneshot
ExecStart=
ExecStartPost=
ExecStart={PYTHON} -B /opt/results/probe.py
Restart=no
WatchdogSec=0
RuntimeDirectory=
{INTERPRETER} -/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}
StandardOutput=truncate:/opt/results/%N.json
"""


def service_part(file: str) -> str:
    """Return the `[Service]` section of one of our files, without its header."""
    text = (SYSTEMD / file).read_text("utf-8")
    found = re.search(r"^\[Service\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, file
    return found[1]


def unit_text(program: str) -> str:
    """Return the unit that runs the probe as `program` would run."""
    files = list((PROGRAMS | HELPERS).get(program, ()))
    if program in LATER and systemd_version() >= DIRECT_RESTARTS:
        files.append(LATER[program])
    return "[Unit]\n[Service]\n" + "".join(map(service_part, files)).replace("%I", STICK) + OVER


def working(program: str, **instead: str) -> str:
    """Return a helper's unit as it is shipped, but for words of its orders and for what follows them."""
    (file,) = HELPERS[program]
    text = re.sub("^ExecStartPost=.*\n", "", service_part(file).replace("%I", STICK), flags=re.MULTILINE)
    for word, other in instead.items():
        assert word in text, word
        text = text.replace(word, other)
    return f"[Unit]\n[Service]\n{text}{INTERPRETER}\n"


def done(machine: Machine, program: str, text: str) -> None:
    """Have systemd run a unit to its end; raises AssertionError with what it said where that fails."""
    unit = f"trial-{program}.service"
    machine.path("/run/systemd/system").mkdir(exist_ok=True)
    machine.path(f"/run/systemd/system/{unit}").write_text(text, encoding="utf-8")
    machine.systemctl("daemon-reload")
    ended = machine.run("systemctl", "start", unit)
    assert ended.returncode == 0, machine.journal(unit)


def tried(machine: Machine, program: str, text: str = "") -> dict[str, str]:
    """Run the probe in the program's sandbox, or in that of another unit's text, and return what came of each act."""
    shutil.copy(PROBE, machine.work / "results/probe.py")
    unit = f"probe-{program}.service"
    machine.path(f"/run/systemd/system/{unit}").parent.mkdir(exist_ok=True)
    machine.path(f"/run/systemd/system/{unit}").write_text(text or unit_text(program), encoding="utf-8")
    machine.systemctl("daemon-reload")
    machine.systemctl("start", unit)
    return json.loads((machine.work / f"results/probe-{program}.json").read_text("ascii"))
