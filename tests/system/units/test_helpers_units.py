"""Those that are started for a moment do what they are for, under their own units' sandboxes."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import tomli_w
from units_machine import wait_for
from units_trial import STICK, done, service_part, working
from units_world import CITY, KEPT

from kiosk.provision.making import make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from units_machine import Machine

pytestmark = pytest.mark.timeout(180)  # the first of them boots the machine

TRIAL = "/etc/madoguchi/trial"
RULES = """\
define courier = 61812
define updater = 61815
define clock = 61813
define leases = 61814
include "/usr/share/madoguchi/systemd/firewall.nft"
"""


def stick(machine: Machine, name: str, data: bytes) -> Iterator[None]:
    """Put a FAT volume with one file where the machine would see a stick, for as long as it is used."""
    (machine.work / "results" / name).write_bytes(data)
    volume = machine.path(f"/dev/{STICK}")
    subprocess.run(["mformat", "-C", "-i", volume, "-f", "1440", "::"], check=True)
    subprocess.run(["mcopy", "-i", volume, machine.work / "results" / name, f"::{name}"], check=True)
    machine.run("chown", "root:madoguchi-setup", f"/dev/{STICK}", check=True)
    machine.run("chmod", "640", f"/dev/{STICK}", check=True)
    yield
    volume.unlink()


def described(work: Path) -> bytes:
    """Return what the city's desk signs for this kiosk."""
    files = {name.partition(".")[0]: str(work / "etc/trust" / name) for name in KEPT if not name.startswith("kiosk.")}
    said = {
        "city": CITY,
        "kiosk": "kiosk-demo",
        "profile": "demo",
        "files": files,
        "settings": {"city": {"url": "https://127.0.0.1:8443"}},
    }
    (work / "trial.toml").write_text(tomli_w.dumps(said), encoding="utf-8")
    return make(work / "trial.toml", work / "etc/city/provision.key", datetime.now(UTC) - timedelta(hours=1))


@pytest.fixture
def provisioning(machine: Machine) -> Iterator[Machine]:
    shutil.copy(machine.work / "etc/city/provision.pub", machine.work / "results")
    machine.run("install", "-d", "-o", "madoguchi-setup", "-g", "madoguchi", TRIAL, check=True)
    yield from (machine for _ in stick(machine, "madoguchi.provision", described(machine.work)))
    machine.run("rm", "-r", TRIAL, check=True)


def test_a_stick_is_read_judged_and_applied(provisioning: Machine) -> None:
    machine = provisioning
    more = f"apply --root {TRIAL} --key /opt/results/provision.pub"
    done(machine, "stick", working("stick", apply=more))
    assert json.loads(machine.path("/run/madoguchi-setup/stick.json").read_text())["code"] == "applied"
    assert machine.run("readlink", f"{TRIAL}/kiosk.toml").stdout == "current/kiosk.toml\n"
    assert "127.0.0.1:8443" in machine.run("cat", f"{TRIAL}/kiosk.toml", check=True).stdout


def test_a_stick_brings_back_a_kiosk_that_had_given_up(machine: Machine) -> None:
    """Nobody can log in to the image: who has mended a configuration that ended the kiosk has a stick, and no more."""
    posts = [line.partition("=")[2] for line in service_part("madoguchi-provision@.service").splitlines()
             if line.startswith("ExecStartPost=")]  # fmt: skip
    config = machine.path("/etc/madoguchi/kiosk.toml")
    good = config.read_text("utf-8")
    try:
        config.write_text("[kiosk]\n", encoding="utf-8")
        machine.systemctl("restart", "--no-block", "madoguchi-kiosk.service")
        wait_for("the out-of-service scene", lambda: machine.active("madoguchi-out-of-service.service"))
    finally:
        config.write_text(good, encoding="utf-8")
    after = "".join(f"ExecStartPost={post}\n" for post in posts if "madoguchi-kiosk" in post)
    done(machine, "after", f"[Service]\nType=oneshot\nExecStart=/bin/true\n{after}")
    wait_for("the kiosk", lambda: machine.active("madoguchi-kiosk.service"))
    wait_for("the other one's end", lambda: not machine.active("madoguchi-out-of-service.service"))


def test_a_bundle_is_copied_off_a_stick(machine: Machine) -> None:
    for _ in stick(machine, "madoguchi.raucb", b"bundle" * 1000):
        done(machine, "update-stick", working("update-stick"))
    copied = [path for path in machine.path("/data/update").iterdir() if path.suffix == ".raucb"]
    assert [path.read_bytes() for path in copied] == [b"bundle" * 1000]
    copied[0].unlink()


def test_a_sticks_network_is_laid_where_systemd_looks(machine: Machine) -> None:
    places = {"10-madoguchi.network": "/run/systemd/network/10-madoguchi.network",
              "courier.conf": "/run/systemd/system/madoguchi-courier.service.d/city.conf"}  # fmt: skip
    source = "/etc/madoguchi/current/network"
    machine.run("install", "-d", "-m", "750", "-o", "madoguchi-setup", "-g", "madoguchi", source, check=True)
    for name in places:
        machine.path(f"{source}/{name}").write_text("[Service]\n")
    machine.run("chmod", "750", "/etc/madoguchi/current", check=True)
    machine.run("chown", "madoguchi-setup:madoguchi", "/etc/madoguchi/current", check=True)
    usb = "madoguchi-usb.service"  # the image's, which judges USB devices by the configuration
    machine.path(f"/run/systemd/system/{usb}").write_text(
        "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"
    )
    machine.systemctl("daemon-reload")
    machine.systemctl("start", usb)
    before = machine.show(usb, "InvocationID")
    lines = working("network").splitlines(keepends=True)
    done(machine, "network", "".join(line for line in lines if " restart " not in line or usb in line))
    wait_for("a new judgement of the USB devices", lambda: machine.show(usb, "InvocationID") not in {"", before})
    machine.path(f"/run/systemd/system/{usb}").unlink()
    for name, place in places.items():
        assert machine.path(place).read_text() == "[Service]\n", name
        machine.path(place).unlink()
    machine.run("rm", "-r", "/etc/madoguchi/current", check=True)
    machine.systemctl("daemon-reload")


@pytest.mark.skipif(shutil.which("nft") is None, reason="needs nftables")
def test_the_way_to_the_city_is_opened(machine: Machine) -> None:
    """In a network of its own: this machine's has other tests in it."""
    source = "/etc/madoguchi/current/network"
    machine.run("install", "-d", "-m", "750", "-o", "madoguchi-setup", "-g", "madoguchi", source, check=True)
    machine.run("chmod", "750", "/etc/madoguchi/current", check=True)
    machine.run("chown", "madoguchi-setup:madoguchi", "/etc/madoguchi/current", check=True)
    machine.path(f"{source}/city").write_text("127.0.0.0/8\n")
    (machine.work / "results/rules.nft").write_text(RULES, encoding="utf-8")
    orders = "ExecStart=/usr/sbin/nft -f /opt/results/rules.nft\nExecStart=/usr/lib"
    text = working("firewall", **{"ExecStart=/usr/lib": orders, "RemainAfterExit=yes": "PrivateNetwork=yes"})
    text += "ExecStart=/usr/sbin/nft list table inet madoguchi\nStandardOutput=truncate:/opt/results/rules.txt\n"
    done(machine, "firewall", text)
    listed = (machine.work / "results/rules.txt").read_text()
    assert "elements = { 8443 }" in listed
    assert "elements = { 127.0.0.0/8 }" in listed
    machine.run("rm", "-r", "/etc/madoguchi/current", check=True)


def test_the_kiosks_wish_for_another_backlight_is_read(machine: Machine) -> None:
    wish = machine.path("/run/madoguchi-kiosk/backlight")
    wish.write_text("30\n")
    machine.run("chown", "madoguchi-kiosk", "/run/madoguchi-kiosk/backlight", check=True)
    done(machine, "backlight", working("backlight"))
    wish.unlink()


@pytest.mark.parametrize(("program", "word"), [("power-off", "poweroff"), ("reboot", "block reboot")])
def test_systemd_hears_who_may_end_the_machine(machine: Machine, program: str, word: str) -> None:
    machine.path("/run/systemd/system/reached.service").write_text(
        "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"
    )
    other = word.replace("poweroff", "start reached.service").replace("reboot", "start reached.service")
    done(machine, program, working(program, **{word: other}))
    wait_for("what was asked for", lambda: machine.active("reached.service"))
    machine.systemctl("stop", "reached.service")


@pytest.mark.parametrize("wish", ["power-off", "backlight"])
def test_a_wish_that_the_kiosk_leaves_is_heard_at_once(machine: Machine, wish: str) -> None:
    """From the file in the folder that only the kiosk can enter to the service: the path unit as it is shipped."""
    reached, unit = machine.path("/run/systemd/system/reached.service"), f"madoguchi-{wish}"
    reached.write_text("[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n")
    instead = machine.path(f"/run/systemd/system/{unit}.service.d")
    instead.mkdir()
    order = "/usr/bin/systemctl --no-block start reached.service"
    (instead / "trial.conf").write_text(
        f"[Service]\nExecStart=\nExecStart=+{order}\nExecStartPost=+/usr/bin/rm -f /run/madoguchi-kiosk/{wish}\n"
    )
    machine.systemctl("daemon-reload")
    machine.systemctl("start", f"{unit}.path")
    assert not machine.active("reached.service")
    machine.run(
        "setpriv", "--reuid=madoguchi-kiosk", "--clear-groups", "touch", f"/run/madoguchi-kiosk/{wish}", check=True
    )
    wait_for("what was wished", lambda: machine.active("reached.service"))
    machine.systemctl("stop", f"{unit}.path", "reached.service")
    shutil.rmtree(instead)
    machine.systemctl("daemon-reload")
