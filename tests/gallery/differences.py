"""What was drawn beside what is kept: what it said before, and how it looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.gallery import goldens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.gallery.drawing import Drawn


@dataclass(frozen=True)
class Change:
    """How a scene differs from its golden; `before` and `marked` are files beside the picture."""

    meaning: bool = False
    was: tuple[str, ...] = ()
    before: str = ""
    marked: str = ""

    def told(self) -> str:
        """Return it in one line."""
        parts = ["says something else than its golden"] * self.meaning
        return " and ".join(parts + ["looks different from its golden"] * bool(self.before))


def changes(drawn: Sequence[Drawn], folder: Path) -> dict[str, Change]:
    """Return what changed by the picture's name, and put the pictures before and of the differences into a folder."""
    (folder / "difference").mkdir(exist_ok=True)
    kept = {name: told for language in goldens.TOLD for name, told in goldens.read_meanings(language).items()}
    pictured = {variant.name() for variant in goldens.pictured_variants()}
    found = {}
    for one in drawn:
        was = kept.get(one.name)
        meaning = bool(one.meaning) and was != one.meaning
        before, marked = _looks(one.name, folder) if one.name in pictured else ("", "")
        if meaning or before:
            found[one.name] = Change(meaning, _lines(was) if meaning else (), before, marked)
    return found


def _lines(told: dict[str, Any] | None) -> tuple[str, ...]:
    if told is None:
        return ()
    return (told["title"], *told["items"], *([f"keys: {told['keys']}"] if "keys" in told else []))


def _looks(name: str, folder: Path) -> tuple[str, str]:
    """Return the files of the golden and of the differences, nothing where there are none."""
    golden = goldens.golden_picture(name)
    if not golden.exists():
        return "", ""
    with Image.open(folder / f"{name}.png") as after, Image.open(golden) as before:
        share, marked = goldens.difference(before, after)
        if share <= goldens.SHARE:
            return "", ""
        files = f"difference/{name}.before.png", f"difference/{name}.png"
        before.convert("RGB").save(folder / files[0])
        goldens.shown_difference(after, marked).save(folder / files[1])
    return files
