# ruff: noqa: INP001, T201  # a tool, not a package
"""Look through the device's tree whether it is what the documentation says.

`python image/audit.py TREE COMMAND-LINE [--quick]`: COMMAND-LINE is the file with the kernel's command line, `--quick`
says that the tree was made without voices. Prints a line for each statement and, below it, what contradicts it; 1 when
anything does. The statements are in audit_programs.py and audit_settings.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import audit_programs  # noqa: F401
import audit_settings
from audit_image import STATEMENTS, Image, audit

MOST = 20  # contradictions that are printed of one statement


def main(tree: Path, command_line: Path, *, quick: bool = False) -> int:
    """Look and tell."""
    if quick:
        del STATEMENTS[audit_settings.VOICES]
    found = audit(Image(tree, command_line.read_text("ascii")))
    for sentence, contradictions in found.items():
        print(f"{'NO ' if contradictions else 'yes'} {sentence}")
        for line in contradictions[:MOST]:
            print(f"      {line}")
    wrong = sum(map(bool, found.values()))
    print(f"audit: {len(found)} statements, {wrong} contradicted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(Path(each).resolve() for each in sys.argv[1:3]), quick="--quick" in sys.argv))
