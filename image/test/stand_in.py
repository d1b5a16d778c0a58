# ruff: noqa: INP001  # runs in the booted machine, where there is no screen
"""Play the kiosk to the updater: by the kiosk's own door, drawn and well, and closed as soon as it is asked."""

from __future__ import annotations

import time
from pathlib import Path

from kiosk.door import UPDATE, KioskDoor, Presence

door = KioskDoor(Path("/run/madoguchi-update"), time.monotonic())
while True:
    now = time.monotonic()
    asked = door.asked_to_close(now)
    door.tell(Presence.CLOSED if asked else Presence.OPEN, [UPDATE] if asked else [], 1, now)
    time.sleep(1)
