# ruff: noqa: INP001, T201  # a tool, not a package
"""Prove updates in emulated machines that begin with U-Boot: `python image/update_test.py [PROOF ...]`.

Without a proof's name all are made. `make image` has to have been run; its tree is used in a small form, without screen
(see proofs/small.py), so that a start takes seconds; by the proof `whole` as it is. What was seen is left in
build/image/update.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from proofs import update_cuts, update_flow, update_pulled, update_whole
from proofs.guest import Facts
from proofs.machine import NotSeen
from proofs.small import Small

PROOFS = {
    "flow": update_flow.prove,
    "pulled": update_pulled.prove,
    "cuts": update_cuts.prove,
    "whole": update_whole.prove,
}


def main(names: list[str]) -> int:
    """Return 0 when everything was seen."""
    image = Path(os.environ.get("IMAGE", "build/image")).resolve()
    tree = Path(os.environ.get("MADOGUCHI_IMAGE_WORK", "/var/tmp/madoguchi-image")) / "tree"  # noqa: S108
    unknown = [name for name in names if name not in PROOFS]
    if unknown or not tree.exists():
        print(f"there are the proofs {', '.join(PROOFS)}, and they need make image's tree in {tree}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that everything that was started ends, too
    result = 0
    for name in names or PROOFS:
        (image / "update" / name).mkdir(parents=True, exist_ok=True)
        facts = Facts(image / "update" / f"{name}.txt")
        try:
            PROOFS[name](Small(image, tree, image / "update" / name), facts)
        except NotSeen as missing:
            facts.note(f"NOT SEEN  {missing}")
            result = 1
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
