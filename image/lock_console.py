# ruff: noqa: INP001  # a program of the device, started alone
"""Lock the virtual consoles: no key combination leads away from the kiosk's picture."""

from __future__ import annotations

import fcntl
from pathlib import Path

VT_LOCKSWITCH = 0x560B  # linux/vt.h; needs CAP_SYS_TTY_CONFIG

if __name__ == "__main__":
    with Path("/dev/tty0").open("wb", buffering=0) as console:
        fcntl.ioctl(console, VT_LOCKSWITCH, 1)
