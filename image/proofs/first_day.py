"""A new card's first day: it makes its data partition, a signed stick makes it a kiosk, staff test it, it opens."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import tomli_w

from kiosk.demo.story import read_story
from proofs.guest import COURIER, PATIENCE
from proofs.machine import NotSeen, raw_disk
from proofs.provisioned import (
    CITY_NAME,
    GIVEN,
    HOST,
    KIOSK_ID,
    card_of,
    first_day_line,
    profile,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from proofs.guest import Facts, Guest
    from proofs.stand import Stand

STORY = GIVEN / "first-day.play"
DATA_MIB = 256
STICK_MIB = 8
DROP_IN = "/run/systemd/system/madoguchi-courier.service.d/city.conf"  # the image itself leaves it to the fire wall
ADDRESS = "10.0.2.77/24"  # another one than DHCP gives out
SETUP = "madoguchi-setup:madoguchi 640"
FILES = {
    "city_ca": "city_ca.pem", "sealing": "sealing.pub", "receipt": "receipt.pub", "catalogue": "catalogue.pub",
    "sign_ca": "sign_ca.pem", "update_ca": "city_ca.pem",
}  # fmt: skip
ELSEWHERE = "kiosk.id", "kiosk.remote", "city.url", "courier.control", "first_day.folder"  # no stick sets these


def prove(stand: Stand, facts: Facts) -> None:
    """Take a card as `make image` leaves it through its first day, and once more through a start; raises NotSeen."""
    folder = stand.folder / "first_day"
    folder.mkdir(exist_ok=True)
    disk = card_of(stand.image, folder, DATA_MIB)
    agent = _agent(folder)
    line = first_day_line(stand.image / "boot", (stand.outside.setting.trust / "provision.pub").read_text("ascii"))
    with stand.off("first_day", facts, [*raw_disk(disk), *agent], line) as guest:
        guest.line.wait_for_hello(PATIENCE)
        guest.machine.wait_for("madoguchi: data partition made", PATIENCE)
        guest.note("data partition made")
        guest.machine.wait_for(r'"event": ?"first-day.started".*"step": ?"stick"', PATIENCE)
        guest.scene("1-waiting")
        guest.note("waits for a stick")
        stick = _stick(stand, folder, "ABCD-EFGH-JKLM-NPQR")
        guest.machine.put_stick_in(_spoilt(stick), "bad")
        guest.machine.wait_for(r'"event": ?"stick.refused".*"code": ?"signature"', PATIENCE)
        guest.machine.take_stick_out("bad")
        guest.machine.picture("2-refused")
        guest.note("a stick with a flipped bit is refused, and the machine still waits")
        good = _stick(stand, folder, stand.outside.enrol(KIOSK_ID))
        guest.run("date", "--set", f"@{time.time() + 1}")  # the machine's own time is slower than the desk's
        guest.machine.put_stick_in(good, "good")
        guest.machine.wait_for(r'"event": ?"stick.applied"', PATIENCE)
        guest.note("a good one is applied")
        guest.until(lambda: guest.step() == "first-day.welcome", "the self-test")
        guest.scene("3-welcome")
        guest.note("the kiosk has started anew, with the self-test")
        guest.until(lambda: _enrolled(guest), "the certificate of the city")
        guest.note("the kiosk has made its key, and the city has certified it")
        _applied(guest)
        guest.play(read_story(STORY), "pictures")
        guest.scene("4-open")
        report = guest.run("sh", "-c", "ls /var/lib/madoguchi/readiness")
        guest.note(f"tested and opened; reports: {' '.join(report.split())}")
        guest.run("sync")
    _again(stand, facts, [*raw_disk(disk), *agent], line)
    disk.unlink()


def _again(stand: Stand, facts: Facts, disk: Sequence[str], line: str) -> None:
    """Start the provisioned machine without a stick; it serves, and does what the kiosk wishes."""
    with stand.off("first_day-again", facts, disk, line) as guest:
        guest.wait_for_attract()
        guest.scene("attract")
        _applied(guest)
        guest.note("started again without a stick: open, with the same network and the courier let out to the city")
        _wish(guest, "backlight", "50")
        guest.until(lambda: _ended_well(guest, "madoguchi-backlight.service"), "the backlight's program")
        guest.note("a wish for less light is carried out (this machine's panel has none to set)")
        _wish(guest, "power-off", "")
        end = time.monotonic() + PATIENCE
        while guest.machine.running and time.monotonic() < end:
            time.sleep(1)
        if guest.machine.running:
            raise NotSeen("the machine switched off, as the kiosk wished")
        facts.note("          the kiosk's wish switches the machine off")


def _wish(guest: Guest, name: str, text: str) -> None:
    """Leave what the kiosk leaves when staff hold the button, or nobody is there."""
    words = "--uid=madoguchi-kiosk", "--gid=madoguchi", "--pipe", "--wait", "--quiet", "--setenv=WORD=" + text
    guest.run("systemd-run", *words, "sh", "-c", f"printf '%s' \"$WORD\" >/run/madoguchi-kiosk/{name}")


def _ended_well(guest: Guest, unit: str) -> bool:
    told = guest.show(unit, "Result", "ExecMainStatus", "ExecMainExitTimestampMonotonic")
    return (
        told["Result"] == "success" and told["ExecMainStatus"] == "0" and told["ExecMainExitTimestampMonotonic"] != "0"
    )


def _enrolled(guest: Guest) -> bool:
    return guest.line.run("test", "-s", "/var/lib/madoguchi/identity/kiosk.pem").code == 0


def _applied(guest: Guest) -> None:
    """Look at what follows from the stick beside the kiosk itself."""
    guest.until(lambda: guest.show(COURIER, "ActiveState")["ActiveState"] == "active", "the courier")
    looked = {
        "the wire's address": (("cat", "/proc/net/fib_trie"), ADDRESS.partition("/")[0]),
        "the courier's drop-in": (("systemctl", "show", COURIER, "--property=DropInPaths"), DROP_IN),
        "the fire wall": (("nft", "list", "ruleset"), HOST),
        "the authority of updates": (("cat", "/etc/madoguchi/trust/update_ca.pem"), "BEGIN CERTIFICATE"),
        "the updater": (("systemctl", "show", "madoguchi-update.service", "--property=ActiveState"), "=active"),
        "whose the configuration is": (
            ("stat", "-L", "-c", "%U:%G %a", "/etc/madoguchi/kiosk.toml"),
            "madoguchi-setup",
        ),
    }
    for what, (order, expected) in looked.items():
        guest.until(lambda order=order, expected=expected: expected in guest.run(*order), what, 120)  # type: ignore[misc]


def _agent(folder: Path) -> list[str]:
    """Return the options for a disk, the machine's second, whose content is the agent's program."""
    text = (GIVEN / "agent.py").read_bytes()
    path = folder / "agent.img"
    path.write_bytes(text + b"\n" * (-len(text) % (64 << 10)))
    drive = f"if=none,id=agent,file={path},format=raw,readonly=on"
    return ["-drive", drive, "-device", "virtio-blk-pci,drive=agent,addr=0x1e"]  # found after the first


def _stick(stand: Stand, folder: Path, code: str) -> Path:
    """Sign a stick as a city's desk does, and write it."""
    trust = stand.outside.setting.trust
    settings = profile(stand.outside.city_port)
    for key in ELSEWHERE:
        table, name = key.split(".")
        settings.get(table, {}).pop(name, None)
    settings["city"] = {"url": f"https://{HOST}:{stand.outside.city_port}"}
    described = {
        "city": CITY_NAME, "kiosk": KIOSK_ID, "files": FILES,
        "settings": {name: made for name, made in settings.items() if made},
        "network": {"address": ADDRESS, "gateway": HOST, "city": [HOST]},
        "enrolment": {"url": f"https://{HOST}:{stand.outside.enrolment_port}", "code": code},
    }  # fmt: skip
    description = trust / "first-day.toml"
    description.write_text(tomli_w.dumps(described), encoding="utf-8")
    stand.outside.sign_stick(description, folder / "stick")
    stick = folder / "stick.img"
    with stick.open("wb") as file:
        file.truncate(STICK_MIB << 20)
    run("mkfs.vfat", stick)
    run("mcopy", "-i", stick, folder / "stick/madoguchi.provision", "::madoguchi.provision")
    return stick


def _spoilt(stick: Path) -> Path:
    """Return a copy of a stick with one bit of its file changed."""
    data = bytearray(stick.read_bytes())
    found = re.search(rb'"kiosk":"', data)
    if found is None:
        raise NotSeen("the statement on the stick")
    data[found.end()] ^= 1
    copy = stick.with_name("spoilt.img")
    copy.write_bytes(data)
    return copy
