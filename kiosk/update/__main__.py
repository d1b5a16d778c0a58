"""Start the updater: `python -m kiosk.update --config FILE [--profile FILE] [--set key=value ...] [--stick DEVICE]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.config import ConfigError, load
from kiosk.hours import HoursFaulty
from kiosk.journal import Journal
from kiosk.notify import Notifier
from kiosk.update.program import BOOT, STICK, Updater
from kiosk.update.settings import update_settings
from kiosk.update.stick import copy_off
from kiosk.update.version import NoVersion

WRONG_SETTINGS = 78  # EX_CONFIG of sysexits.h


def main(arguments: list[str] | None = None) -> int:
    """Run until stopped, or copy one bundle off a stick; 78 when settings or image cannot be used."""
    parser = argparse.ArgumentParser(prog="kiosk.update", description="Installs signed updates between citizens.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="sets")
    parser.add_argument("--stick", type=Path, metavar="DEVICE", help="copy the bundle off this FAT volume, and end")
    options = parser.parse_args(arguments)
    clock = SystemClock()
    journal = Journal("update", sys.stdout, clock, priorities="JOURNAL_STREAM" in os.environ)
    try:
        settings = update_settings(load(options.config, options.profile, options.sets))
        if options.stick is not None:
            found = copy_off(options.stick, settings.folder / STICK)
            journal.note("update.stick", bundle=found)
            return 0
        updater = Updater(settings, clock, journal, Notifier(), BOOT.read_text("ascii").strip())
    except (ConfigError, HoursFaulty, NoVersion, OSError) as error:
        print(f"update: {error}", file=sys.stderr)
        return WRONG_SETTINGS
    updater.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
