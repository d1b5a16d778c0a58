# ruff: noqa: INP001, T201  # runs in the booted machine, as the kiosk's user
"""Put applications of random bytes into the kiosk's own spool, and say of each when it is promised."""

from __future__ import annotations

import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.courier.parcel import Parcel, holding_number
from kiosk.courier.spool import Spool

SIZES = (3_000, 30_000, 90_000)  # bytes

chance = random.Random()  # noqa: S311 - sizes only
with Spool(Path("/var/lib/madoguchi/spool.sqlite3"), 500) as spool:
    for number in range(int(sys.argv[1])):
        name = f"cut-{os.getpid()}-{number}"
        sealed = os.urandom(chance.choice(SIZES))
        spool.put(Parcel(name, holding_number(name), sealed, "0123456789abcdef", datetime.now(UTC)))
        print(name, flush=True)
