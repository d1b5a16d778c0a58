"""Stores a bundle and dies at a chosen step: `catalogue_storing.py FOLDER BUNDLE KEY STEP`; prints how many there were.

Each step is one call by which the file system changes; the process ends right before it, without any cleaning up.
"""

import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.catalogue.bundle import read_bundle
from kiosk.catalogue.keys import CatalogueKeys
from kiosk.catalogue.shelf import Shelf
from kiosk.catalogue.storing import Storeroom

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def main():
    folder, bundle, key, step = sys.argv[1:]
    keys = CatalogueKeys((Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)),))
    packed = Path(bundle).read_bytes()
    room = Storeroom(Shelf(Path(folder), keys, "鶴ヶ島市"))
    count = 0

    def watch(event, facts):
        nonlocal count
        changes = event in CHANGES or (event == "open" and isinstance(facts[2], int) and facts[2] & os.O_CREAT)
        if changes and folder in str(facts[0]):
            if count == int(step):
                os._exit(9)
            count += 1

    sys.addaudithook(watch)
    room.mend()
    room.put(read_bundle(packed, keys, "鶴ヶ島市"))
    sys.stdout.write(str(count))


if __name__ == "__main__":
    main()
