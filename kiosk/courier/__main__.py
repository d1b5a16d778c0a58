"""Start the courier: `python -m kiosk.courier --config FILE [--profile FILE] [--set key=value ...]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from kiosk.application.errors import TrustFileUnusable
from kiosk.application.receipt import ReceiptKey
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.clock import SystemClock
from kiosk.config import ConfigError, load
from kiosk.courier.parcel import SpoolError
from kiosk.courier.program import Courier
from kiosk.courier.settings import courier_settings
from kiosk.courier.spool import Spool
from kiosk.journal import Journal
from kiosk.notify import Notifier

WRONG_SETTINGS = 78  # EX_CONFIG of sysexits.h


def main(arguments: list[str] | None = None) -> int:
    """Run until stopped; 78 when settings or spool cannot be used, 1 when a socket cannot or the spool fails later."""
    parser = argparse.ArgumentParser(prog="kiosk.courier", description="Carries sealed applications to the city.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="sets")
    options = parser.parse_args(arguments)
    try:
        settings = courier_settings(load(options.config, options.profile, options.sets))
        key = ReceiptKey.load(settings.receipt_key)
        catalogue_keys = CatalogueKeys.load(settings.catalogue_keys, key) if settings.catalogue else None
        spool = Spool(settings.spool, settings.capacity)
    except (ConfigError, TrustFileUnusable, SpoolError, OSError) as error:
        print(f"courier: {error}", file=sys.stderr)
        return WRONG_SETTINGS
    clock = SystemClock()
    journal = Journal("courier", sys.stdout, clock, priorities="JOURNAL_STREAM" in os.environ)
    try:
        with spool:
            Courier(settings, key, spool, clock, journal, Notifier(), catalogue_keys).run()
    except (SpoolError, OSError) as error:
        journal.incident(error)
        print(f"courier: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
