"""Regional faces of a font collection, each brought into a file of its own.

A collection holds the Japanese, Chinese and Korean forms of the same characters side by side, but what draws the screen
and what sets the page open its first face only. `python -m kiosk.screens.faces` makes the files at set-up.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

FOLDER: Final = Path(__file__).resolve().parents[2] / "build" / "fonts"
COLLECTIONS: Final = tuple(Path(f"/usr/share/fonts/opentype/noto/NotoSansCJK-{w}.ttc") for w in ("Regular", "Bold"))
REGIONS: Final = ("SC", "KR")  # as the families are named: Noto Sans CJK SC


class FaceMissing(Exception):
    """A collection has no face of that region, or it could not be written."""

    def __init__(self, collection: Path, region: str) -> None:
        super().__init__(f"{collection}: no face {region}; run sh image/setup.sh")
        self.collection = collection
        self.region = region


def face_file(collection: Path, region: str, folder: Path = FOLDER) -> Path:
    """Return the file of one face, made from the collection when it is not there yet; raises FaceMissing."""
    made = folder / f"{collection.stem}-{region}.otf"
    if not made.is_file() or made.stat().st_mtime < collection.stat().st_mtime:
        try:
            _make(collection, region, made)
        except OSError as error:
            raise FaceMissing(collection, region) from error
    return made


def _make(collection: Path, region: str, made: Path) -> None:
    """Copy the face's tables as they are: the same collection gives the same bytes."""
    with TTFont(collection, fontNumber=_number(collection, region), lazy=True, recalcTimestamp=False) as face:
        made.parent.mkdir(parents=True, exist_ok=True)
        unfinished = made.with_suffix(f".{os.getpid()}")
        face.save(unfinished, reorderTables=None)
        unfinished.replace(made)


def _number(collection: Path, region: str) -> int:
    with TTCollection(collection, lazy=True) as faces:  # type: ignore[no-untyped-call]  # it has no types
        for number, face in enumerate(faces.fonts):
            family = str(face["name"].getDebugName(1))
            if family.endswith(f" {region}") and " Mono " not in family:
                return number
    raise FaceMissing(collection, region)


def main() -> int:
    """Make every face that a language of the kiosk needs."""
    for collection in COLLECTIONS:
        for region in REGIONS:
            face_file(collection, region)
    return 0


if __name__ == "__main__":
    sys.exit(main())
