"""Kept alive: real units, real programs and the real systemd as PID 1, in namespaces of their own."""

from __future__ import annotations

import json
import signal

import pytest
from PIL import Image, ImageStat
from units_machine import frozen, wait_for
from units_world import REMOTE

pytestmark = pytest.mark.timeout(180)  # the first of them boots the machine

KIOSK, COURIER, MOZC, PCSCD = (
    "madoguchi-kiosk.service", "madoguchi-courier.service", "madoguchi-mozc.service", "pcscd.service",
)  # fmt: skip
CLOSED, RESTART = "madoguchi-out-of-service.service", "madoguchi-pcscd-restart"
CONFIGURATION = "/etc/madoguchi/kiosk.toml"


def moment(machine, unit, name):
    """Return when something was last so, in microseconds since the machine's start."""
    return int(machine.show(unit, f"{name}TimestampMonotonic"))


def first_said(machine, unit, word):
    """Return when systemd first said so of a unit, in microseconds: a busy machine may restart one later."""
    told = machine.run("journalctl", "--output=json", "_PID=1", f"UNIT={unit}", check=True).stdout
    lines = [json.loads(line) for line in told.splitlines()]
    return next(int(line["__MONOTONIC_TIMESTAMP"]) for line in lines if str(line["MESSAGE"]).startswith(word))


def is_scene(path):
    """Judge by the pixels: bright, and many colours; a black or a text screen is neither."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").resize((200, 120))
    return sum(ImageStat.Stat(small).mean) / 3 > 60 and len(small.getcolors(24000) or ()) > 100


def test_the_kiosk_starts_after_what_it_needs_and_is_ready_with_its_first_frame(machine):
    starting = first_said(machine, KIOSK, "Starting")
    assert first_said(machine, "pcscd.socket", "Listening") <= starting
    assert first_said(machine, MOZC, "Started") <= starting
    begun = moment(machine, KIOSK, "ExecMainStart")
    (*_, ready) = machine.said(KIOSK, "ready")
    assert ready["first_ms"] > 0
    assert moment(machine, KIOSK, "ActiveEnter") - begun >= ready["first_ms"] * 1000, "ready before the frame"
    assert machine.ask(REMOTE, {"do": "figures"})["frames"] >= 1
    assert is_scene(machine.picture("started"))


@pytest.mark.parametrize("unit", [COURIER, MOZC, PCSCD, KIOSK])
def test_what_is_killed_comes_back(machine, unit):
    if unit == PCSCD:
        wait_for("pcscd by its socket", lambda: machine.active(PCSCD))
    machine.back(unit, machine.kill(unit, signal.SIGKILL))
    assert machine.show(unit, "Result") == "success"
    wait_for("attract", lambda: machine.step() == "attract")
    assert is_scene(machine.picture("returned"))


def test_a_card_is_seen_after_the_card_service_was_killed(machine):
    kiosk = machine.main_pid(KIOSK)
    machine.tray.renew()
    machine.back(PCSCD, machine.kill(PCSCD, signal.SIGKILL))  # nobody but the kiosk asks its socket for a new one
    machine.tray.lay("hanako")
    wait_for("power on the card", lambda: machine.tray.state()["power_ups"])
    machine.tray.renew()
    assert machine.main_pid(KIOSK) == kiosk, "it survives the card service's death"


def test_a_stopped_courier_is_ended_by_its_watchdog(machine):
    machine.back(COURIER, machine.kill(COURIER, signal.SIGSTOP))
    assert any("Watchdog timeout" in str(entry.get("text")) for entry in machine.journal(COURIER))


def test_a_kiosk_whose_loop_hangs_is_ended_though_the_process_lives(machine):
    before = machine.main_pid(KIOSK)
    watchdogs = sum("Watchdog timeout" in str(entry.get("text")) for entry in machine.journal(KIOSK))
    with frozen(machine.outside(before)):
        wait_for("the watchdog", lambda: machine.main_pid(KIOSK) != before)
    machine.back(KIOSK, before)
    assert sum("Watchdog timeout" in str(entry.get("text")) for entry in machine.journal(KIOSK)) == watchdogs + 1
    wait_for("attract", lambda: machine.step() == "attract")
    assert is_scene(machine.picture("after-hang"))


def test_a_card_service_that_hangs_is_replaced_and_the_kiosk_lives_on(machine):
    kiosk = machine.main_pid(KIOSK)
    wait_for("pcscd by its socket", lambda: machine.active(PCSCD))
    machine.back(PCSCD, machine.kill(PCSCD, signal.SIGSTOP))
    assert machine.said(KIOSK, "card-silent")[-1]["busy"] is False
    wait_for("the wish heard", lambda: not machine.path("/run/madoguchi/restart-pcscd").exists())
    wait_for("attract", lambda: machine.step() == "attract")
    assert machine.main_pid(KIOSK) == kiosk


def test_a_card_worker_that_hangs_for_good_takes_the_kiosk_with_it(machine):
    machine.systemctl("stop", f"{RESTART}.path")  # nobody replaces the card service
    try:
        stopped = machine.kill(PCSCD, signal.SIGSTOP)
        kiosk = machine.main_pid(KIOSK)
        wait_for("the watchdog", lambda: machine.main_pid(KIOSK) not in {0, kiosk})
        assert machine.main_pid(PCSCD) == stopped
    finally:
        machine.systemctl("start", f"{RESTART}.path")
    machine.back(PCSCD, stopped)  # the wish was left, and is heard now
    machine.back(KIOSK, kiosk)


def test_a_crash_loop_ends_at_the_out_of_service_scene_with_a_code_and_staff_bring_it_back(machine):
    for _ in range(int(machine.show(KIOSK, "StartLimitBurst")) + 1):
        kiosk = wait_for("the next start", lambda: machine.main_pid(KIOSK))
        machine.run("kill", "-9", str(kiosk))
        wait_for("its end", lambda kiosk=kiosk: machine.main_pid(KIOSK) != kiosk)
    wait_for("out of service", lambda: machine.active(CLOSED))
    assert machine.show(KIOSK, "ActiveState") == "failed"
    assert machine.said(CLOSED, "out-of-service")[-1]["code"] == "K-30"
    assert machine.state() != "stopping", "nothing reboots"
    machine.back(CLOSED, machine.kill(CLOSED, signal.SIGKILL))
    machine.systemctl("reset-failed", KIOSK)  # what the runbook has staff do
    machine.systemctl("start", KIOSK)
    assert machine.active(KIOSK)
    wait_for("the scene's end", lambda: machine.show(CLOSED, "ActiveState") in {"inactive", "failed"})


def test_a_spool_that_cannot_be_opened_is_set_aside_and_told_by_a_code(machine):
    spool = machine.path("/var/lib/madoguchi/spool.sqlite3")
    machine.systemctl("stop", KIOSK, COURIER)
    with spool.open("r+b") as file:
        file.write(b"no spool any more")
    machine.systemctl("start", COURIER, KIOSK)
    assert [
        entry["code"] for entry in machine.said(COURIER, "spool-set-aside") + machine.said(KIOSK, "spool-set-aside")
    ] == ["S-01"]
    assert spool.with_name("spool.broken-1.sqlite3").exists()
    wait_for("attract", lambda: machine.step() == "attract")


def test_a_broken_configuration_is_named_in_the_journal_and_ends_at_the_out_of_service_scene(machine):
    path = machine.path(CONFIGURATION)
    good = path.read_text("utf-8")
    machine.systemctl("stop", KIOSK)
    path.write_text(good.replace("width = 1280", 'width = "wide"'), encoding="utf-8")
    try:
        machine.run("systemctl", "start", KIOSK)
        wait_for("out of service", lambda: machine.active(CLOSED))
        assert machine.show(KIOSK, "NRestarts") == "0", "what cannot be used is not tried again and again"
        said = [str(entry.get("text")) for entry in machine.journal(KIOSK)]
        assert f"kiosk: {CONFIGURATION}: screen.width: Expected `int`, got `str`" in said
        assert not [line for line in said if "Traceback" in line]
        assert machine.said(CLOSED, "out-of-service")[-1]["code"] == "K-78"
    finally:
        path.write_text(good, encoding="utf-8")
