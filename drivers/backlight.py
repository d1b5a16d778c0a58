"""The screen's backlight: the kiosk leaves a wish, and a program with the right to do so writes it to sysfs.

`python -m drivers.backlight --wish FILE [--sysfs FOLDER]` is that program (madoguchi-backlight.service): the kiosk
itself sees sysfs read-only. A wish is a number of percent; anything else is ignored.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

SYSFS: Final = Path("/sys/class/backlight")
FULL: Final = 100
LEAST: Final = 1  # of the panel's own steps: never quite dark, so that nobody takes it for broken


def fitted(sysfs: Path = SYSFS) -> bool:
    """Whether the panel's backlight can be set at all."""
    return any(sysfs.glob("*/max_brightness"))


class BacklightWish:
    """The kiosk's side: says how bright the screen should be; without a file nobody is told."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.percent = FULL

    def wish(self, percent: int) -> None:
        """Say it; the same again says nothing. Raises OSError."""
        if percent == self.percent:
            return
        self.percent = percent
        if self._path is not None:
            self._path.write_text(f"{percent}\n", encoding="ascii")


def wished(path: Path) -> int | None:
    """Return the percent that are wished for, None for anything else."""
    try:
        with path.open("rb") as file:
            text = file.read(8).strip()
    except OSError:
        return None
    return int(text) if text.isdigit() and int(text) <= FULL else None


def carry_out(percent: int, sysfs: Path) -> int:
    """Set every backlight there is and return how many; raises OSError and ValueError where one does not take it."""
    found = sorted(sysfs.glob("*/max_brightness"))
    for most in found:
        steps = max(LEAST, round(int(most.read_text("ascii")) * percent / FULL))
        most.with_name("brightness").write_text(f"{steps}\n", encoding="ascii")
    return len(found)


def main(arguments: list[str] | None = None) -> int:
    """Carry out one wish; 1 where it is none."""
    parser = argparse.ArgumentParser(prog="drivers.backlight", description="Sets the backlight that the kiosk wishes.")
    parser.add_argument("--wish", type=Path, required=True)
    parser.add_argument("--sysfs", type=Path, default=SYSFS)
    options = parser.parse_args(arguments)
    percent = wished(options.wish)
    if percent is None:
        return 1
    carry_out(percent, options.sysfs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
