"""From power to the attract scene: root verified, reader seen, scene drawn, a touch moves on, a card answers."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from proofs.guest import KIOSK, PATIENCE
from proofs.machine import NotSeen
from proofs.pixels import changed

if TYPE_CHECKING:
    from PIL.Image import Image

    from proofs.guest import Facts, Guest
    from proofs.stand import Stand

PERSONA = "hanako"
MOVED_ON = 0.05  # share of the pixels that another scene changes
PROBE = (
    "systemd-run", "--quiet", "--pipe", "--wait", "--property=User=madoguchi-kiosk", "--property=Group=pcscd",
    "/usr/lib/madoguchi/bin/python", "/etc/madoguchi/proof/probe.py",
)  # fmt: skip


def readers(guest: Guest) -> dict[str, dict[str, str]]:
    """Return the readers that the card service has, with the card on each."""
    found: dict[str, dict[str, str]] = json.loads(guest.run(*PROBE, seconds=120))
    return found


def prove(stand: Stand, facts: Facts) -> None:
    """Boot and look; raises NotSeen."""
    with stand.off("boot", facts) as guest:
        guest.machine.wait_for("madoguchi: root verified", PATIENCE)
        guest.note("root verified")
        guest.machine.wait_for(r'"event": ?"ready"', PATIENCE)
        guest.note("kiosk ready")
        guest.wait_for_attract()
        attract = guest.scene("1-attract")
        guest.note("attract scene on the screen, with the forms of the city's catalogue")
        _touch(guest, attract)
        guest.tray.lay(PERSONA)
        guest.until(lambda: any(one["select"] == "9000" for one in readers(guest).values()), "the card's applet", 300)
        guest.note("card seen through libccid and pcscd, its applet answers")
        guest.machine.picture("3-card-laid")
        restarts = guest.show(KIOSK, "NRestarts")["NRestarts"]
        if restarts != "0":
            raise NotSeen(f"a kiosk that started once: {restarts} restarts")


def _touch(guest: Guest, attract: Image) -> None:
    before = guest.step()
    guest.screen.touch("はじめる")
    guest.until(lambda: guest.step() != before, "another step after the touch")
    end = time.monotonic() + PATIENCE
    while (share := changed(attract, guest.machine.picture("2-touched"))) < MOVED_ON:
        if time.monotonic() > end:
            raise NotSeen("another scene after the touch")
        time.sleep(1)
    guest.note(f"touched: {share:.0%} of the pixels differ")
