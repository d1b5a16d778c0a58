"""`make gallery`: every scene in every language, size and theme, checked; pictures and one page in build/gallery/.

`make gallery ACCEPT=1` also keeps what was drawn as the new goldens and renews docs/pictures/kiosk.png.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.gallery import goldens
from tests.gallery.drawing import draw_all
from tests.gallery.index_page import write_index
from tests.gallery.papers import LANGUAGES
from tests.gallery.sheet import COMMITTED, sheet
from tests.gallery.variants import all_variants

if TYPE_CHECKING:
    from tests.gallery.drawing import Drawn

OUT = Path("build/gallery")


def main() -> int:
    began = time.monotonic()
    accept = os.environ.get("ACCEPT", "") not in {"", "0"}
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "difference").mkdir(parents=True)
    drawn = draw_all(all_variants(), OUT)
    whole = goldens.reduced(sheet(lambda name: OUT / f"{name}.png"))
    whole.save(OUT / "kiosk.png", optimize=True)
    if accept:
        _accept(drawn)
    differences = _compare_pictures()
    write_index(drawn, differences, OUT)
    wrong = [f"{one.name}: {fault}" for one in drawn for fault in one.faults]
    changed = _changed_meanings(drawn)
    for line in (*wrong, *changed):
        print(line)
    for name in differences:
        print(f"{name}: looks different from its golden (difference/{name}.png)")
    pictures = sum(one.pictured for one in drawn)
    print(f"{pictures} pictures and {len(drawn) - pictures} checked besides in {time.monotonic() - began:.0f} s")
    print(f"{len(wrong)} faults, {len(changed)} changed in meaning, {len(differences)} in looks; {OUT}/index.html")
    return 1 if wrong or changed else 0


def _accept(drawn: list[Drawn]) -> None:
    """Keep what was drawn."""
    shutil.rmtree(goldens.FOLDER, ignore_errors=True)
    goldens.write_meanings({one.name: one.meaning for one in drawn if one.meaning})
    goldens.write_fonts()
    for variant in goldens.pictured_variants():
        with Image.open(OUT / f"{variant.name()}.png") as picture:
            goldens.keep_picture(variant.name(), picture)
    COMMITTED.parent.mkdir(exist_ok=True)
    shutil.copy(OUT / "kiosk.png", COMMITTED)


def _changed_meanings(drawn: list[Drawn]) -> list[str]:
    kept = {name: told for language in LANGUAGES for name, told in goldens.read_meanings(language).items()}
    now = {one.name: one.meaning for one in drawn if one.meaning}
    return [
        f"{name}: says something else than its golden"
        for name in sorted(kept.keys() | now.keys())
        if kept.get(name) != now.get(name)
    ]


def _compare_pictures() -> dict[str, str]:
    """Return pictures of the differences between what was drawn and the goldens, by name."""
    found = {}
    for name in (variant.name() for variant in goldens.pictured_variants()):
        if not goldens.golden_picture(name).exists():
            continue
        with Image.open(OUT / f"{name}.png") as after, Image.open(goldens.golden_picture(name)) as before:
            share, marked = goldens.difference(before, after)
            if share > goldens.SHARE:
                found[name] = f"difference/{name}.png"
                goldens.shown_difference(after, marked).save(OUT / found[name])
    return found


if __name__ == "__main__":
    sys.exit(main())
