# ruff: noqa: INP001  # a tool, not a package
"""Make the Chinese and Korean faces of the tree's fonts: `python image/faces.py TREE FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.screens.faces import COLLECTIONS, REGIONS, face_file

if __name__ == "__main__":
    tree, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for collection in COLLECTIONS:
        for region in REGIONS:
            face_file(tree / collection.relative_to("/"), region, folder)
