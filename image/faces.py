# ruff: noqa: INP001  # a tool, not a package
"""Make the faces of the tree's fonts smaller: `python image/faces.py TREE FOLDER CACHE [--whole]`.

A whole face has the characters of all regions, most of which the Japanese face has too: four faces would be 66 MB. On
the device each has what its own language writes (GB 2312; KS X 1001 and all syllables) and the characters of our own
texts; what it lacks is drawn from the next face of the chain, as everywhere. That next one, the Japanese face, keeps
every character that it has, under the collection's name, but not the other regions' forms beside it. `--whole` leaves
them as they are.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from fontTools import subset

from kiosk.screens.faces import COLLECTIONS, REGIONS, face_file

TEXTS = Path(__file__).parents[1] / "config"
ALL = ["*"]
ONE_REGION = ["ccmp", "mark", "mkmk", "kern", "palt", "halt", "liga", "calt"]  # no other regions' forms, no columns
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}  # forms of one character, as names have them
WRITTEN_WITH = {"SC": "gb2312", "KR": "cp949"}  # Python's names of what a language's own standard has


def characters(region: str) -> set[int]:
    """Return the code points that a region's face has on the device."""
    ours = "".join(path.read_text("utf-8") for path in TEXTS.rglob("*.toml"))
    return {ord(sign) for sign in ours} | {point for point in range(0x20, 0x10000) if _in(point, WRITTEN_WITH[region])}


def _in(point: int, encoding: str) -> bool:
    try:
        chr(point).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def shrink(whole: Path, wanted: set[int], made: Path, features: list[str] = ALL) -> None:
    """Write the face with these characters only, none means all; the same face gives the same bytes."""
    options = subset.Options(
        layout_features=features, name_IDs=["*"], notdef_outline=True, recalc_timestamp=False, font_number=0
    )
    face = subset.load_font(whole, options, dontLoadGlyphNames=True)
    shears = subset.Subsetter(options)
    shears.populate(unicodes=(wanted or set(face.getBestCmap())) | SELECTORS)
    shears.subset(face)
    made.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(face, made, options)


def key(collection: Path, wanted: set[int]) -> str:
    """Return what a shrunk face is kept under: it changes with the font, the characters and this file."""
    signs = repr(sorted(wanted)).encode()
    return hashlib.sha256(collection.read_bytes() + signs + Path(__file__).read_bytes()).hexdigest()[:16]


def main(tree: Path, folder: Path, cache: Path) -> None:
    """Make them all, or take them from the cache."""
    folder.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    for collection in (tree / path.relative_to("/") for path in COLLECTIONS):
        for region in REGIONS:
            wanted = characters(region)
            kept = cache / f"{collection.stem}-{region}-{key(collection, wanted)}.otf"
            if not kept.exists():
                with tempfile.TemporaryDirectory(prefix="faces-") as whole:
                    shrink(face_file(collection, region, Path(whole)), wanted, kept)
            shutil.copy(kept, folder / f"{collection.stem}-{region}.otf")
        kept = cache / f"{collection.stem}-{key(collection, set())}.otf"
        if not kept.exists():
            shrink(collection, set(), kept, ONE_REGION)
        shutil.copy(kept, collection)


def bring(tree: Path, folder: Path) -> None:
    """Make the regional faces as they are."""
    for collection in (tree / path.relative_to("/") for path in COLLECTIONS):
        for region in REGIONS:
            face_file(collection, region, folder)


if __name__ == "__main__":
    if "--whole" in sys.argv:
        bring(*(Path(each) for each in sys.argv[1:3]))
    else:
        main(*(Path(each) for each in sys.argv[1:4]))
