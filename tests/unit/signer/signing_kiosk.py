"""A kiosk reduced to its secret: takes cells by pipe, signs, and stands still wherever the test wants to look.

signing_kiosk.py <reader's name> [careless] [briefly]; standard input: first a line with the number of cells, then the
cells; then a line for each time it may go on. Standard output: a line for each place where it stands still.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time

from drivers.card.pad import SIGNING_PAD
from drivers.errors import DeviceError
from drivers.secrets import Secret
from kiosk.signer.parent import Signer

SECONDS, BRIEFLY = 40.0, 1.5


def stand_still(place: str) -> None:
    os.write(1, place.encode() + b"\n")
    while os.read(0, 1) != b"\n":
        pass


def take_cells(secret: Secret) -> None:
    """Read cell by cell, as touches come."""
    count = b""
    while (digit := os.read(0, 1)) != b"\n":
        count += digit
    for _ in range(int(count)):
        secret.append(os.read(0, 1)[0])


def careless(secret: Secret) -> None:
    """Do what must not be done: spell the password here, and then delete it."""
    with secret.lend() as cells:
        spelt = "".join(SIGNING_PAD[cell] for cell in cells)
        command = spelt.encode().hex()
    del spelt, command


def decide(certificate: bytes) -> bytes:
    stand_still("deciding")
    return hashlib.sha256(certificate).digest()


def main() -> None:
    secret = Secret()
    take_cells(secret)
    stand_still("held")
    seconds = BRIEFLY if "briefly" in sys.argv else SECONDS
    if "careless" in sys.argv:
        careless(secret)
        stand_still("spelt")
    try:
        with secret.lend() as cells:
            Signer(sys.argv[1], os.environ).sign(cells, decide, lambda _: None, time.monotonic() + seconds)
        outcome = "signed"
    except DeviceError as error:
        outcome = type(error).__name__
    secret.wipe()
    stand_still(outcome)


if __name__ == "__main__":
    main()
