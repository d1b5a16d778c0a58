"""The pages in other languages: their words from the catalogues, their fonts by region."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from kiosk.application.fonts import FontFiles
from kiosk.application.wording import PageWords
from kiosk.screens.faces import face_file
from kiosk.screens.fonts import Region, region_of
from kiosk.screens.rich import plain
from kiosk.workers.drafting import SIGNED_LANGUAGE
from kiosk.workers.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.config import City, Fonts
    from kiosk.screens.texts import Texts

# Words of the page that a scene says too.
_SHARED = {
    "demo": "header.demo",
    "page": "page.number",
    "card": "review.from_card",
    "date": "consent.date",
    "signature": "bar.3",
    "note": "paper.translation",
}


def checklist_of(texts: Texts, items: tuple[str, ...]) -> dict[str, str]:
    """Return the sentences of the checklist by item, as they stand on paper."""
    return {item: plain(texts(f"checklist.item.{item}")) for item in items}


def sheets_of(catalogue: Mapping[str, Texts], city: City, items: tuple[str, ...], fonts: Fonts) -> dict[str, Sheet]:
    """Return the sheet of every language but the one that is signed."""
    return {
        language: Sheet(
            page_words(language, texts),
            _receiver(city, language),
            plain(texts("consent.statement")),
            checklist_of(texts, items),
            fonts_of(language, fonts),
        )
        for language, texts in catalogue.items()
        if language != SIGNED_LANGUAGE
    }


def _receiver(city: City, language: str) -> str:
    words = city.translations.get(language)
    return (words and words.name) or city.receiver


def page_words(language: str, texts: Texts) -> PageWords:
    """Return the fixed words of the page in a language."""
    keys = {field.name: _SHARED.get(field.name, f"paper.{field.name}") for field in fields(PageWords)}
    del keys["language"]
    return PageWords(language, **{name: plain(texts(key)) for name, key in keys.items()})


def fonts_of(language: str, fonts: Fonts) -> FontFiles:
    """Return the chain of a language's page; raises FaceMissing."""
    japanese = (fonts.text, fonts.wide, fonts.names)
    match region_of(language):
        case Region.JAPAN:
            return FontFiles(japanese)
        case Region.LATIN:
            return FontFiles((fonts.wide, fonts.text, fonts.names))
        case region:
            face_file(fonts.wide_bold, region.value)  # found by its family's name, in the same folder
            return FontFiles((face_file(fonts.wide, region.value), *japanese))
