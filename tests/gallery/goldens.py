"""The goldens: what every state says, word for word, and what a few look like, nearly to the pixel."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image, ImageChops

from kiosk.journey.events import CellPressed, CharacterTyped
from kiosk.screens.describe import describe
from kiosk.screens.fonts import FontFiles
from kiosk.screens.widgets.base import Role
from tests.gallery.easel import SMALL
from tests.gallery.papers import spoken
from tests.gallery.variants import OTHER_THEMES, Variant
from tests.gallery.views import Manner, states

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.screens.describe import Item
    from kiosk.screens.widgets.base import Widget

FOLDER: Final = Path(__file__).parent / "golden"
FONTS: Final = FOLDER / "fonts.json"
TOLD: Final = ("ja", "en")  # whose every word is kept; the other languages' catalogues hold theirs
_DESIGNED: Final = (
    *("attract", "guidance", "checklist.one", "prefill-offer", "form-page.applicant.card-filled"),
    *("form-page.contact.problems", "entry.name.hiragana", "review", "consent", "lay-card", "password.eight"),
    *("wrong-password", "receipt.accepted", "take-card", "trouble.locked", "form-page.idle"),
)
_TURNED: Final = ("checklist.one", "consent", "receipt.held")  # in other languages, colours, sizes and layouts
_ON_SMALL: Final = ("attract", "guidance", "entry.name.candidates", "password.eight", "consent", "receipt.held")

# Pictures are kept at half their size. Two are the same when, at a quarter, fewer than one dot in a thousand differs
# by more than 40 of 255 in any colour. Other edges of the same letters stay below that; a tick, a number, a moved
# button does not.
HALF: Final = 2
QUARTER: Final = 4
COLOUR: Final = 40
SHARE: Final = 0.001


# ---- meaning ----------------------------------------------------------------------------------------------------


def meaning(widgets: Sequence[Widget]) -> dict[str, Any]:
    """Return what a scene says, without places; the keys of a keyboard in one line."""
    told = describe(widgets)
    keys = " ".join(item.text for item in told.items if _types(item))
    items = [_said(item) for item in told.items if not _types(item)]
    return {"title": told.title, "step": told.step, "items": items} | ({"keys": keys} if keys else {})


def _types(item: Item) -> bool:
    return item.role is Role.KEY and isinstance(item.press, CharacterTyped | CellPressed)


def _said(item: Item) -> str:
    """Return one item as a line: role, words, what a press sends, whether it is on or cannot be pressed."""
    parts = [f"{item.role}: {item.text}"]
    if item.press is not None:
        values = ", ".join(str(getattr(item.press, field.name)) for field in fields(item.press))
        parts.append(f"→ {type(item.press).__name__}({values})")
    if item.on is not None:
        parts.append("(on)" if item.on else "(off)")
    return " ".join(parts if item.enabled else [*parts, "(disabled)"])


@cache
def golden_variants(language: str) -> tuple[Variant, ...]:
    """Return the variants whose meaning is kept."""
    if language not in TOLD:
        return ()
    return tuple(found for name in states() if (found := Variant(name, language)).exists)


def read_meanings(language: str) -> dict[str, Any]:
    """Return the kept meanings of a language by the picture's name; nothing where none were kept yet."""
    path = FOLDER / f"meaning.{language}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_meanings(language: str, found: dict[str, Any]) -> None:
    """Keep the meanings of a language by the picture's name, in one file."""
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (FOLDER / f"meaning.{language}.json").write_text(text + "\n", encoding="utf-8")


# ---- pictures ---------------------------------------------------------------------------------------------------


@cache
def pictured_variants() -> tuple[Variant, ...]:
    """Return the variants whose pictures are kept: the designed scenes, and a few in every other choice."""
    others = [language for language in spoken() if language != "ja"]
    found = [
        *(Variant(name, "ja") for name in _DESIGNED),
        *(Variant("checklist.one", language) for language in others),
        *(Variant("form-page.settings", language, SMALL, text_size=1.2) for language in others),
        *(Variant(name, "ja", theme=theme) for theme in OTHER_THEMES for name in _TURNED),
        *(Variant(name, "ja", text_size=1.6) for name in _TURNED),
        *(Variant(name, "ja", manner=Manner.LOWER) for name in (*_TURNED, "entry.name.candidates")),
        *(Variant(name, "ja", SMALL) for name in _ON_SMALL),
        Variant("checklist.one", "ja", manner=Manner.KEYS),
    ]
    return tuple(dict.fromkeys(found))


def golden_picture(name: str) -> Path:
    """Return where the picture of a name is kept."""
    return FOLDER / f"{name}.png"


def keep_picture(name: str, picture: Image.Image) -> None:
    """Keep a new picture, in as few bytes as its few colours need."""
    FOLDER.mkdir(exist_ok=True)
    kept(picture).save(golden_picture(name), optimize=True)


def kept(picture: Image.Image) -> Image.Image:
    """Return a picture as it is kept."""
    half = picture.convert("RGB").resize((picture.width // HALF, picture.height // HALF), Image.Resampling.BOX)
    return reduced(half, 64)


def reduced(picture: Image.Image, colours: int = 256) -> Image.Image:
    """Return a picture with a palette of its own, without dots that imitate missing colours."""
    return picture.convert("RGB").quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=5, dither=Image.Dither.NONE)


def difference(before: Image.Image, after: Image.Image) -> tuple[float, Image.Image]:
    """Return which share of the quartered picture differs from the kept one, and a picture of where."""
    if before.size != (after.width // HALF, after.height // HALF):
        return 1.0, after.convert("L")
    size = after.width // QUARTER, after.height // QUARTER
    one, other = (picture.convert("RGB").resize(size, Image.Resampling.BOX) for picture in (before, after))
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    marked = most.point(lambda value: 255 if value > COLOUR else 0)
    return marked.histogram()[255] / (size[0] * size[1]), marked


def shown_difference(picture: Image.Image, marked: Image.Image) -> Image.Image:
    """Return the new picture, pale, with red where it differs from the golden."""
    pale = Image.blend(picture.convert("RGB"), Image.new("RGB", picture.size, "white"), 0.6)
    pale.paste((210, 0, 40), mask=marked.resize(picture.size, Image.Resampling.NEAREST))
    return pale


# ---- fonts ------------------------------------------------------------------------------------------------------


def fonts_now() -> dict[str, str]:
    """Return the SHA-256 of each font file on this machine; the goldens need none of the regional folder."""
    files = FontFiles()
    paths = (getattr(files, field.name) for field in fields(files))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()}


def other_fonts() -> str:
    """Return which fonts differ from those that the goldens were drawn with; empty when none does."""
    kept = json.loads(FONTS.read_text(encoding="utf-8"))
    return ", ".join(sorted(name for name, digest in fonts_now().items() if kept.get(name) != digest))


def write_fonts() -> None:
    """Remember the fonts of the goldens."""
    FONTS.write_text(json.dumps(fonts_now(), indent=1) + "\n", encoding="utf-8")
