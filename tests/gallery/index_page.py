"""One page over all pictures: static, filtered by a few lines of JavaScript, each picture with what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.gallery.views import step_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.gallery.differences import Change
    from tests.gallery.drawing import Drawn

PAGE: Final = Path(__file__).with_name("index.html")


def write_index(drawn: Sequence[Drawn], changed: Mapping[str, Change], folder: Path) -> None:
    """Write index.html with all data in it, so that it opens from the disk."""
    data = json.dumps([_entry(one, changed.get(one.name)) for one in drawn], ensure_ascii=False)
    page = PAGE.read_text(encoding="utf-8").replace("/* DATA */ []", data.replace("</", "<\\/"))
    (folder / "index.html").write_text(page, encoding="utf-8")


def _entry(one: Drawn, change: Change | None) -> dict[str, object]:
    variant = one.variant
    found: dict[str, object] = {
        "name": one.name,
        "step": step_of(variant.state),
        "scene": variant.state,
        "language": variant.language,
        "text": f"{variant.text_size:g}",
        "theme": variant.theme,
        "layout": variant.manner.value,
        "panel": variant.size,
        "said": [one.title.replace("\n", " "), *one.said],
        "faults": one.faults,
    }
    if change is not None:
        found |= {"was": change.was, "before": change.before, "marked": change.marked, "changed": True}
    return found
