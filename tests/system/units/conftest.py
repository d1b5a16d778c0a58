"""One machine of namespaces for all tests that need one: booted once, by the first of them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from units_machine import Machine, NotSeen, wait_for, why_not
from units_world import furnish

KIOSK = "madoguchi-kiosk.service"


@pytest.fixture(scope="session")
def booted():
    """The real systemd as PID 1 with our real units, ready for citizens."""
    if reason := why_not():
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="madoguchi-") as folder:
        furnish(Path(folder))
        machine = Machine(Path(folder))
        try:
            machine.start()
            try:
                wait_for("the kiosk", lambda: machine.active(KIOSK))
            except NotSeen as missing:
                said = machine.run("journalctl", "--no-pager", "--lines=60").stdout
                raise NotSeen(f"{missing}: {said}") from None
            yield machine
        finally:
            machine.stop()


@pytest.fixture
def machine(booted):
    """The machine with its counts of starts forgotten and its kiosk serving, as each test may expect it."""
    booted.systemctl("reset-failed")
    if not booted.active(KIOSK):
        booted.systemctl("start", KIOSK)
    wait_for("attract", lambda: booted.step() == "attract")
    return booted
