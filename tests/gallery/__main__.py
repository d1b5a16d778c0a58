"""`make gallery`: every scene in every language, size, theme and layout, checked, with one page to look at them.

make gallery                                  each pair of choices, for every scene; into build/gallery/
make gallery SCENE='entry.*' LANGUAGE=vi      every combination of these; PANEL, THEME, TEXT and LAYOUT too
make gallery ALL=1 CHECK=1                    every combination there is; CHECK=1 draws no pictures
make gallery JOBS=1                           one process instead of one for each core
make gallery ACCEPT=1                         keep what is drawn as the new goldens: only after looking at them
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.gallery import goldens
from tests.gallery.differences import Change, changes
from tests.gallery.drawing import draw_all
from tests.gallery.index_page import write_index
from tests.gallery.matrix import chosen
from tests.gallery.sheet import COMMITTED, sheet, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.gallery.drawing import Drawn
    from tests.gallery.variants import Variant

OUT: Final = Path("build/gallery")


def main() -> int:
    began = time.monotonic()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    if _wanted("CHECK"):
        drawn = draw_all(chosen(os.environ), None)
        changed: dict[str, Change] = {}
    else:
        drawn = draw_all(_with_goldens() if _wanted("ACCEPT") else chosen(os.environ), OUT)
        if _wanted("ACCEPT"):
            _accept(drawn)
        changed = changes(drawn, OUT)
        write_index(drawn, changed, OUT)
    wrong = [f"{one.name}: {fault}" for one in drawn for fault in one.faults]
    print(*wrong, *(f"{name}: {change.told()}" for name, change in changed.items()), sep="\n")
    print(f"{len(drawn)} scenes in {time.monotonic() - began:.0f} s: {len(wrong)} faults, {len(changed)} changed")
    if not _wanted("CHECK"):
        print(f"{OUT}/index.html")
    return 1 if wrong or any(change.meaning for change in changed.values()) else 0


def _wanted(name: str) -> bool:
    return os.environ.get(name, "") not in {"", "0"}


def _with_goldens() -> list[Variant]:
    """Return what is kept, and what the README's sheet shows."""
    told = [variant for language in goldens.TOLD for variant in goldens.golden_variants(language)]
    return list(dict.fromkeys([*told, *goldens.pictured_variants(), *shown()]))


def _accept(drawn: Sequence[Drawn]) -> None:
    """Keep what was drawn."""
    shutil.rmtree(goldens.FOLDER, ignore_errors=True)
    for language in goldens.TOLD:
        found = {one.name: one.meaning for one in drawn if one.meaning and one.variant.language == language}
        goldens.write_meanings(language, found)
    goldens.write_fonts()
    for variant in goldens.pictured_variants():
        with Image.open(OUT / f"{variant.name()}.png") as picture:
            goldens.keep_picture(variant.name(), picture)
    COMMITTED.parent.mkdir(exist_ok=True)
    goldens.reduced(sheet(lambda name: OUT / f"{name}.png")).save(COMMITTED, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
