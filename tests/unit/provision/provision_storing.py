"""Applies a stick and dies at a chosen step: `provision_storing.py ROOT BASE KEY STICK STEP`; prints their number.

Each step is one call by which the file system changes; the process ends right before it, without any cleaning up.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.provision.applying import apply, check
from kiosk.provision.machine import Machine

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink"}


def main():
    root, base, key, stick, step = sys.argv[1:]
    machine = Machine(Path(root), Path(base), (Path(key),))
    checked = check(Path(stick).read_bytes(), machine, datetime.now(UTC), clock_plausible=False)
    count = 0

    def watch(event, facts):
        nonlocal count
        changes = event in CHANGES or (event == "open" and isinstance(facts[2], int) and facts[2] & os.O_CREAT)
        if changes and any(root in str(fact) for fact in facts[:2]):
            if count == int(step):
                os._exit(9)
            count += 1

    sys.addaudithook(watch)
    apply(checked, Path(root))
    sys.stdout.write(str(count))


if __name__ == "__main__":
    main()
