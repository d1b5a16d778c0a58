"""What ends comes back: programs killed and programs that hang, each looked for again on the screen or in its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofs.boot import readers
from proofs.guest import CARDS, COURIER, KIOSK
from proofs.machine import NotSeen
from proofs.pixels import changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

    from proofs.guest import Facts, Guest
    from proofs.stand import Stand

SAME = 0.02  # share of the pixels in which two pictures of one scene may differ


def prove(stand: Stand, facts: Facts) -> None:
    """Kill and stop the programs one after the other; raises NotSeen."""
    with stand.go_on("alive", facts) as guest:
        guest.wait_for_attract()
        attract = guest.scene("1-attract")
        guest.note("attract scene on the screen")
        boot = guest.run("cat", "/proc/sys/kernel/random/boot_id")
        stand.outside.publish()
        _killed(guest, COURIER, lambda: _fetched(guest), "has brought the catalogue that the city published meanwhile")
        _killed(guest, CARDS, lambda: bool(readers(guest)), "lists the reader again")
        _killed(guest, KIOSK, lambda: _attract_again(guest, attract, "2-killed"), "shows the attract scene again")
        _hung(guest, KIOSK, lambda: _attract_again(guest, attract, "3-hung"), "shows the attract scene again")
        _hung_cards(guest, attract)
        if guest.run("cat", "/proc/sys/kernel/random/boot_id") != boot:
            raise NotSeen("the same run of the machine: it has rebooted")
        guest.note("the machine has not rebooted")


def _restarts(guest: Guest, unit: str) -> int:
    return int(guest.show(unit, "NRestarts")["NRestarts"])


def _killed(guest: Guest, unit: str, works: Callable[[], bool], what: str) -> None:
    """Kill a program and wait until it does its work again."""
    before, pid = _restarts(guest, unit), guest.show(unit, "MainPID")["MainPID"]
    guest.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", unit)
    _back(guest, unit, before, pid)
    guest.until(works, f"{unit} {what}")
    guest.note(f"{unit} killed (-9): restarted (NRestarts {before} → {_restarts(guest, unit)}), {what}")


def _hung(guest: Guest, unit: str, works: Callable[[], bool], what: str) -> None:
    """Stop a program as if it hung, and wait until the watchdog has replaced it."""
    before, pid = _restarts(guest, unit), guest.show(unit, "MainPID")["MainPID"]
    said = len(guest.machine.said())
    guest.run("systemctl", "kill", "--kill-whom=main", "--signal=STOP", unit)
    guest.machine.wait_for(rf"{unit}: Watchdog timeout", 900, said)
    guest.machine.wait_for(rf"{unit}: Failed with result 'watchdog'", 900, said)
    _back(guest, unit, before, pid)
    guest.until(works, f"{unit} {what}")
    guest.note(f"{unit} stopped: ended by the watchdog (Result=watchdog), restarted, {what}")


def _hung_cards(guest: Guest, attract: Image) -> None:
    """Stop the card service as if it hung: it is replaced, and the kiosk serves again."""
    pid = guest.show(CARDS, "MainPID")["MainPID"]
    guest.run("systemctl", "kill", "--kill-whom=main", "--signal=STOP", CARDS)
    guest.until(lambda: guest.show(CARDS, "MainPID")["MainPID"] not in {"0", pid}, f"another {CARDS}")
    guest.until(lambda: bool(readers(guest)), f"{CARDS} lists the reader again")
    guest.until(lambda: _attract_again(guest, attract, "4-cards-hung"), "the attract scene after a hung card service")
    guest.note(f"{CARDS} stopped: replaced by another one, which lists the reader; the kiosk shows the attract scene")


def _back(guest: Guest, unit: str, restarts: int, pid: str) -> None:
    def back() -> bool:
        now = guest.show(unit, "NRestarts", "MainPID", "ActiveState")
        return now["ActiveState"] == "active" and now["MainPID"] not in {"0", pid} and int(now["NRestarts"]) > restarts

    guest.until(back, f"{unit} again")


def _attract_again(guest: Guest, attract: Image, name: str) -> bool:
    return guest.step() == "attract" and changed(attract, guest.machine.picture(name)) < SAME


def _fetched(guest: Guest) -> bool:
    """Whether the courier that runs now has brought a catalogue from the city."""
    pid = guest.show(COURIER, "MainPID")["MainPID"]
    return "catalogue.stored" in guest.run("journalctl", f"_PID={pid}", "--output=cat", "--no-pager")
