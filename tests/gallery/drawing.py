"""Drawing and checking many variants, on all cores, or on so many as JOBS says."""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pygame
from PIL import Image

from kiosk.screens.describe import describe
from kiosk.screens.keypad import SETTLE_MS, Keypad, Move
from tests.gallery.checks import faults, ink_outside
from tests.gallery.contrast import faint
from tests.gallery.easel import PANELS, Easel, easels
from tests.gallery.goldens import golden_variants, meaning
from tests.gallery.views import Manner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.journey.view import View
    from kiosk.screens.widgets.base import Widget
    from tests.gallery.variants import Variant


@dataclass(frozen=True)
class Drawn:
    """What came of one picture; `meaning` only where a golden may ask for it, `said` only where it was drawn."""

    name: str
    variant: Variant
    title: str
    said: list[str]
    faults: list[str]
    meaning: dict[str, Any] = field(default_factory=dict)


def draw_all(variants: Sequence[Variant], folder: Path | None) -> list[Drawn]:
    """Draw all variants into a folder and check them; without a folder, check only.

    Variants of one panel and language stay together, so that little is drawn twice.
    """
    cores = int(os.environ.get("JOBS", "0")) or os.cpu_count() or 1
    ordered = sorted(variants, key=lambda one: (one.language, one.size, one.text_size, one.theme, one.manner))
    parts = [ordered[start : start + _PART] for start in range(0, len(ordered), _PART)]
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        done = {one.name: one for part in pool.map(_draw_part, parts, [folder] * len(parts)) for one in part}
    places = {variant: at for at, variant in enumerate(variants)}
    return sorted(done.values(), key=lambda one: places[one.variant])


@cache
def _easels() -> dict[str, Easel]:
    return easels()


def _draw_part(variants: Sequence[Variant], folder: Path | None) -> list[Drawn]:
    return [drawn for variant in variants for drawn in draw(variant, _easels()[variant.size], folder)]


def draw(variant: Variant, easel: Easel, folder: Path | None) -> list[Drawn]:
    """Draw the pictures of one variant, write them with their descriptions, and check them."""
    return [_drawn(variant, easel, folder, name, view, widgets) for name, view, widgets in variant.scenes(easel)]


def _drawn(variant: Variant, easel: Easel, folder: Path | None, name: str, view: View, widgets: list[Widget]) -> Drawn:
    told = describe(widgets)
    if folder is None:
        easel.listen(widgets, view)
        return Drawn(name, variant, told.title, [], faults(view, widgets, easel))
    picture = picture_of(variant, easel, view, widgets)
    seen = [*_ink(view, widgets, easel), *faint(widgets, easel.theme(view), PANELS[variant.size][0])]
    wrong = faults(view, widgets, easel) + seen
    as_image(picture).save(folder / f"{name}.png", compress_level=1)
    text = json.dumps(told.as_dict(), ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    kept = meaning(widgets)
    golden = kept if variant in golden_variants(variant.language) else {}
    said = [*kept["items"], *([f"keys: {kept['keys']}"] if "keys" in kept else [])]
    return Drawn(name, variant, told.title, said, wrong, golden)


def picture_of(variant: Variant, easel: Easel, view: View, widgets: list[Widget]) -> pygame.Surface:
    """Draw a scene; driven by keys, with the ring where the first of them brings it."""
    focused = None
    if variant.manner is Manner.KEYS:
        keypad = Keypad()
        keypad.take(Move.NEXT, widgets, SETTLE_MS)
        focused = keypad.focused(widgets)
    return easel.draw(widgets, view, focused)


_PART = 20  # variants that one process draws at once
_KNOWN: dict[tuple[str, str], list[str]] = {}


def _ink(view: View, widgets: list[Widget], easel: Easel) -> list[str]:
    """Look at each different widget of a panel, theme and text size once: most of them are in many scenes."""
    theme, found = easel.theme(view), []
    for widget in widgets:
        asked = f"{easel.size} {view.theme} {view.text_size} {view.language}", repr(widget)
        if asked not in _KNOWN:
            _KNOWN[asked] = ink_outside([widget], theme)
        found += _KNOWN[asked]
    return found


def as_image(surface: pygame.Surface) -> Image.Image:
    """Return a surface as a picture that can be compared and reduced."""
    return Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))
