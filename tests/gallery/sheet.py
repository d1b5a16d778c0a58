"""The sheet of the README: six scenes that tell what the kiosk does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.gallery.easel import BIG
from tests.gallery.papers import ROOT
from tests.gallery.variants import Variant

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCENES: Final = (
    *("attract", "prefill-offer", "form-page.applicant.card-filled"),
    *("consent", "password.eight", "receipt.accepted"),
)
COMMITTED: Final = ROOT / "docs" / "pictures" / "kiosk.png"
_EACH: Final = 640, 400
_COLUMNS: Final = 3
_GAP: Final = 16
_GROUND: Final = "#c8c8c8"


def shown() -> list[Variant]:
    """Return what is on the sheet."""
    return [Variant(state, "ja", BIG) for state in SCENES]


def sheet(picture_of: Callable[[str], Path]) -> Image.Image:
    """Return three by two scenes; `picture_of` finds the picture of a name."""
    rows = -(-len(SCENES) // _COLUMNS)
    size = _COLUMNS * (_EACH[0] + _GAP) + _GAP, rows * (_EACH[1] + _GAP) + _GAP
    whole = Image.new("RGB", size, _GROUND)
    for index, variant in enumerate(shown()):
        row, column = divmod(index, _COLUMNS)
        with Image.open(picture_of(variant.name())) as picture:
            small = picture.convert("RGB").resize(_EACH, Image.Resampling.LANCZOS)
        whole.paste(small, (_GAP + column * (_EACH[0] + _GAP), _GAP + row * (_EACH[1] + _GAP)))
    return whole
