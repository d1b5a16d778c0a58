"""Start the courier: `python -m kiosk.courier --config FILE [--profile FILE] [--set key=value ...]`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.application.errors import TrustFileUnusable
from kiosk.application.receipt import ReceiptKey
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.clock import SystemClock
from kiosk.config import ConfigError, load
from kiosk.courier.enrolment import Enroller
from kiosk.courier.parcel import SpoolError
from kiosk.courier.program import Courier
from kiosk.courier.settings import EnrolmentSettings, courier_settings, enrolment_settings
from kiosk.courier.spool import Spool, tell_mended
from kiosk.journal import Journal
from kiosk.notify import Notifier

if TYPE_CHECKING:
    from kiosk.clock import Clock

WRONG_SETTINGS = 78  # EX_CONFIG of sysexits.h


def enrolled(settings: EnrolmentSettings | None, clock: Clock, journal: Journal, notifier: Notifier) -> bool:
    """Get the kiosk's certificate where it has none for its code yet; False when it was stopped before that."""
    if settings is None:
        return True
    enroller = Enroller(settings, clock, journal, notifier.alive)
    if not enroller.needed():
        return True
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: enroller.stopped.set())
    journal.note("enrolment.started", kiosk=settings.kiosk_id)
    notifier.ready()  # from now on it answers to the watchdog, however long the city is away
    return enroller.run()


def main(arguments: list[str] | None = None) -> int:
    """Run until stopped; 78 when settings or spool cannot be used, 1 when a socket cannot or the spool fails later."""
    parser = argparse.ArgumentParser(prog="kiosk.courier", description="Carries sealed applications to the city.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="sets")
    options = parser.parse_args(arguments)
    clock = SystemClock()
    journal = Journal("courier", sys.stdout, clock, priorities="JOURNAL_STREAM" in os.environ)
    try:
        config = load(options.config, options.profile, options.sets)
        if not enrolled(enrolment_settings(config), clock, journal, Notifier()):
            return 0
        settings = courier_settings(config)
        key = ReceiptKey.load(settings.receipt_key)
        catalogue_keys = CatalogueKeys.load(settings.catalogue_keys, key) if settings.catalogue else None
        spool = Spool(settings.spool, settings.capacity)
    except (ConfigError, TrustFileUnusable, SpoolError, OSError) as error:
        print(f"courier: {error}", file=sys.stderr)
        return WRONG_SETTINGS
    try:
        with spool:
            tell_mended(spool, journal)
            Courier(settings, key, spool, clock, journal, Notifier(), catalogue_keys).run()
    except (SpoolError, OSError) as error:
        journal.incident(error)
        print(f"courier: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
