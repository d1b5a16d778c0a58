"""Drawing and checking many variants, on all cores."""

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
from tests.gallery.checks import faults, ink_outside
from tests.gallery.easel import BIG, Easel, easels
from tests.gallery.goldens import meaning
from tests.gallery.variants import LIGHT, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.journey.view import View
    from kiosk.screens.widgets.base import Widget


@dataclass(frozen=True)
class Drawn:
    """What came of one picture; `meaning` only where a golden may ask for it."""

    name: str
    variant: Variant
    title: str
    said: list[str]
    faults: list[str]
    pictured: bool
    meaning: dict[str, Any] = field(default_factory=dict)


def draw_all(variants: Sequence[Variant], folder: Path) -> list[Drawn]:
    """Draw all variants into a folder; variants of one panel and language stay together, so that little is redrawn."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        parts = [variants[start : start + 20] for start in range(0, len(variants), 20)]
        done = pool.map(_draw_part, parts, [folder] * len(parts))
        return [drawn for part in done for drawn in part]


@cache
def _easels() -> dict[str, Easel]:
    return easels()


def _draw_part(variants: Sequence[Variant], folder: Path) -> list[Drawn]:
    return [drawn for variant in variants for drawn in draw(variant, _easels()[variant.size], folder)]


def draw(variant: Variant, easel: Easel, folder: Path) -> list[Drawn]:
    """Draw the pictures of one variant, write them with their descriptions, and check them."""
    return [_drawn(variant, easel, folder, name, view, widgets) for name, view, widgets in variant.scenes(easel)]


def _drawn(variant: Variant, easel: Easel, folder: Path, name: str, view: View, widgets: list[Widget]) -> Drawn:
    picture = easel.draw(widgets, view)
    wrong = faults(view, widgets, easel) + _ink(view, widgets, easel)
    told = describe(widgets)
    if variant.pictured:
        as_image(picture).save(folder / f"{name}.png", compress_level=1)
        text = json.dumps(told.as_dict(), ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    kept = meaning(widgets)
    golden = kept if (variant.size, variant.theme, variant.text_size) == (BIG, LIGHT, 1.0) else {}
    said = [*kept["items"], *([f"keys: {kept['keys']}"] if "keys" in kept else [])]
    return Drawn(name, variant, told.title, said, wrong, variant.pictured, golden)


_KNOWN: dict[tuple[str, str], list[str]] = {}


def _ink(view: View, widgets: list[Widget], easel: Easel) -> list[str]:
    """Look at each different widget of a panel, theme and text size once: most of them are in many scenes."""
    theme, found = easel.theme(view), []
    for widget in widgets:
        asked = f"{easel.size} {view.theme} {view.text_size}", repr(widget)
        if asked not in _KNOWN:
            _KNOWN[asked] = ink_outside([widget], theme)
        found += _KNOWN[asked]
    return found


def as_image(surface: pygame.Surface) -> Image.Image:
    """Return a surface as a picture that can be compared and reduced."""
    return Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))
