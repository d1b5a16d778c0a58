# ruff: noqa: INP001, T201  # a tool, not a package
"""Boot the image in an emulated machine and prove what it promises: `python image/boot_test.py [PROOF ...]`.

Without a proof's name all are made. The root, the initrd and the kernel are the image's own; the data partition is
provisioned for the test, with a throw-away authority. Pictures, facts.txt and everything that the machine said are left
in build/image/test, or below the folder that IMAGE in the environment names.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from proofs import alive, boot, first_day, inside, journey, loop, power, refused, timing
from proofs.guest import Facts
from proofs.guest_line import NoAnswer
from proofs.machine import NotSeen
from proofs.stand import Stand

from kiosk.demo.player import StoryBroken

PROOFS = {
    "boot": boot.prove,
    "inside": inside.prove,
    "alive": alive.prove,
    "loop": loop.prove,
    "journey": journey.prove,
    "power": power.prove,
    "refused": refused.prove,
    "timing": timing.prove,
    "first_day": first_day.prove,
}


def main(names: list[str]) -> int:
    """Return 0 when everything was seen."""
    image = Path(os.environ.get("IMAGE", "build/image")).resolve()
    unknown = [name for name in names if name not in PROOFS]
    if unknown:
        print(f"no such proof: {', '.join(unknown)}; there are {', '.join(PROOFS)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that everything that was started ends, too
    with Stand(image) as stand:
        return max(_proved(stand, name) for name in names or PROOFS)


def _proved(stand: Stand, name: str) -> int:
    """Make one proof; 1 when something was not seen. The others are made all the same."""
    facts = Facts(stand.folder / f"{name}.txt")
    result = 0
    try:
        PROOFS[name](stand, facts)
    except (NotSeen, NoAnswer, StoryBroken) as missing:
        facts.note(f"NOT SEEN  {missing}")
        print(f"{name}: see {stand.folder}/{name}/serial.log", file=sys.stderr)
        result = 1
    made = [(name, stand.folder / f"{name}.txt") for name in PROOFS]
    told = [f"{name}\n{path.read_text('utf-8')}" for name, path in made if path.exists()]
    (stand.folder / "facts.txt").write_text("\n".join(told), encoding="utf-8")
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
