"""Puts applications into a spool until it is killed: `courier_filer.py SPOOL LIFE NOTES`."""

import itertools
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from courier_parcels import parcel

from kiosk.courier.spool import Spool


def main():
    spool, life, notes = sys.argv[1:]
    acknowledged = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with Spool(Path(spool), 1_000_000) as room:
        for number in itertools.count():
            one = parcel(f"{life}-{number}", created=datetime.now(UTC))
            room.put(one)
            os.write(acknowledged, one.transaction_id.encode() + b"\n")  # after put has returned, never before
            time.sleep(0.01)


if __name__ == "__main__":
    main()
