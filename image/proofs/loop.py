"""A crash loop ends at the out-of-service scene, on the screen, and not in a reboot; staff bring the kiosk back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from kiosk.demo.setting import as_options
from proofs.guest import KIOSK, LAST
from proofs.machine import NotSeen
from proofs.pixels import changed

if TYPE_CHECKING:
    from proofs.guest import Facts, Guest
    from proofs.stand import Stand

BURST = 5  # starts that systemd allows, StartLimitBurst= of the unit
QUIET = 60.0  # seconds in which nothing more may happen
SAME = 0.03


def prove(stand: Stand, facts: Facts) -> None:
    """Kill the kiosk as often as it starts; raises NotSeen."""
    with stand.go_on("loop", facts) as guest:
        guest.wait_for_attract()
        attract = guest.scene("1-attract")
        boot = guest.run("cat", "/proc/sys/kernel/random/boot_id")
        kills = _crash(guest)
        guest.until(lambda: guest.show(LAST, "ActiveState")["ActiveState"] == "active", "the out-of-service scene")
        expected = _drawn_here(stand)
        guest.until(
            lambda: changed(expected, guest.machine.picture("2-out-of-service")) < SAME, "its scene on the screen", 300
        )
        share = changed(expected, guest.machine.picture("2-out-of-service"))
        guest.note(f"{kills} crashes: the out-of-service scene is on the screen ({share:.1%} of the pixels differ)")
        time.sleep(QUIET)
        after = guest.show(LAST, "NRestarts", "ActiveState")
        if after != {"NRestarts": "0", "ActiveState": "active"} or changed(attract, expected) < SAME:
            raise NotSeen(f"a scene that stays: {after}")
        if guest.run("cat", "/proc/sys/kernel/random/boot_id") != boot:
            raise NotSeen("the same run of the machine: it has rebooted")
        guest.note(f"it stays there for {QUIET:.0f} s, and the machine has not rebooted")
        guest.run("systemctl", "reset-failed", KIOSK)
        guest.run("systemctl", "start", "--no-block", KIOSK)
        guest.until(lambda: guest.step() == "attract", "the kiosk, started by staff")
        guest.until(lambda: changed(attract, guest.machine.picture("3-attract")) < SAME, "the attract scene again")
        guest.note("started again by staff: the attract scene is back")


def _crash(guest: Guest) -> int:
    """Kill the kiosk whenever it runs, until systemd gives it up; return how often."""
    kills, last = 0, "0"
    for _ in range(BURST * 20):
        now = guest.show(KIOSK, "ActiveState", "MainPID")
        if now["ActiveState"] == "failed":
            return kills
        if now["MainPID"] not in {"0", last}:
            last = now["MainPID"]
            guest.line.run("systemctl", "kill", "--signal=KILL", KIOSK)  # it may have ended by itself meanwhile
            kills += 1
        time.sleep(0.5)
    raise NotSeen(f"an end of the crash loop: killed {kills} times")


def _drawn_here(stand: Stand) -> Image.Image:
    """Have the same program draw the scene on this machine, with the machine's own configuration."""
    folder = stand.folder / "loop/expected"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    etc, here = stand.folder / "data/etc", Path.cwd()
    sets = [
        "screen.fullscreen=false",
        f"screen.texts={here / 'config/texts'}",
        f"screen.tokens={here / 'config/themes'}",
    ]
    words = ["--config", str(etc / "kiosk.toml"), "--profile", str(etc / "profile.toml"), *as_options(sets)]
    given = {"SDL_VIDEODRIVER": "dummy", "SDL_VIDEO_DUMMY_SAVE_FRAMES": "1", "MONITOR_SERVICE_RESULT": "signal"}
    order = [sys.executable, "-m", "kiosk.out_of_service", *words]
    with subprocess.Popen(order, cwd=folder, env={**os.environ, **given}, stdout=subprocess.PIPE) as program:
        program.stdout.readline()  # type: ignore[union-attr]  # it says so when the scene is drawn
        program.terminate()
    with Image.open(max(folder.glob("*.bmp"))) as picture:
        picture.convert("RGB").save(folder.parent / "expected.png")
        return picture.convert("RGB")
