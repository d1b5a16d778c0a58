"""The words of widgets, and those among them that belong to another language."""

from __future__ import annotations

import re
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Final, TypeGuard

from kiosk.forms.show import shown
from kiosk.journey.candidate_events import CandidateChosen
from kiosk.journey.events import CharacterTyped, LineChosen
from kiosk.screens.rich import plain
from kiosk.screens.widgets.photo import LivePicture, Photo
from kiosk.screens.widgets.picture import Icon, Illustration, PagePicture, QrCode
from kiosk.screens.widgets.track import Track
from tests.gallery.papers import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.journey.view import View
    from kiosk.screens.widgets.base import Widget

_NAMES: Final = frozenset(
    {"icon", "after", "colour", "large_colour", "fill", "word", "border", "picture", "lamp", "kind", "code", "tone"}
)
_WITHOUT_WORDS: Final = (Icon, Illustration, LivePicture, PagePicture, Photo, QrCode)
_KANA: Final = r"\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d"
_HAN: Final = r"\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HANGUL: Final = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_WIDE: Final = r"\u3000-\u303f\uff01-\uff60"  # punctuation and letters of East Asia; “ ” ’ – × are everybody's
_STROKED: Final = r"\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"
# What no word of a language is written with; the names of languages, what was answered and what keys send may be.
_FOREIGN: Final = {
    "ja": re.compile(f"[{_HANGUL}{_STROKED}]"),
    "ja-simple": re.compile(f"[{_HANGUL}{_STROKED}]"),
    "en": re.compile(f"[{_KANA}{_HAN}{_HANGUL}{_WIDE}{_STROKED}]"),
    "zh-Hans": re.compile(f"[{_KANA}{_HANGUL}{_STROKED}]"),
    "ko": re.compile(f"[{_KANA}{_HAN}{_STROKED}]"),
    "vi": re.compile(f"[{_KANA}{_HAN}{_HANGUL}{_WIDE}]"),
    "pt": re.compile(f"[{_KANA}{_HAN}{_HANGUL}{_WIDE}{_STROKED}]"),
}
_SENTENCE: Final = 12  # letters: shorter words may be the same in two languages
# A character that the citizen is told to type, and how something is written on its counter or paper.
_QUOTED: Final = re.compile("“[^”]”|[(（][^()（）]*[)）]")
_KEYS: Final = ("entry.hiragana", "entry.katakana", "entry.voice", "language.")  # and their short forms


def texts_of(widget: Widget) -> list[str]:
    """Return everything a widget writes, without marks; a picture writes nothing."""
    if isinstance(widget, _WITHOUT_WORDS):
        return []
    if isinstance(widget, Track):
        return [word for station in widget.stations for word in (station.word, station.detail) if word]
    return [plain(text) for text in _strings(widget) if text]


def _strings(widget: Widget) -> Iterator[str]:
    for field in fields(widget):
        value = getattr(widget, field.name)
        if field.name in _NAMES:
            continue
        if _is_text(value):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if _is_text(part))


def _is_text(value: object) -> bool:
    """Tell words, also those that know where they come from, from the names of kinds and roles."""
    return isinstance(value, str) and not isinstance(value, Enum)


def foreign(view: View, seen: Sequence[Widget]) -> list[str]:
    """Return texts in which another language is left that no name, answer or key accounts for."""
    texts = catalogue()[view.language]
    keys = {plain(texts(key)) for key in texts.keys() if key.startswith(_KEYS)}  # noqa: SIM118  # not a mapping
    known = sorted(_facts(view) | keys, key=len, reverse=True)
    found = []
    for widget in seen:
        if isinstance(widget.press, CharacterTyped | CandidateChosen | LineChosen):
            continue
        for text in texts_of(widget):
            rest = _QUOTED.sub("", _whole(text, known))
            for word in known:
                rest = rest.replace(word, "")
            if _FOREIGN[view.language].search(rest) or (rest == text and text in _of_others(view.language)):
                found.append(text)
    return found


@cache
def _of_others(language: str) -> frozenset[str]:
    """Return the sentences of the other languages that this one says otherwise."""
    others = {text for other in catalogue() if other != language for text in _sentences(other)}
    return frozenset(others - _sentences(language))


@cache
def _sentences(language: str) -> frozenset[str]:
    texts = catalogue()[language]
    said = (plain(texts(key)) for key in texts.keys())  # noqa: SIM118  # not a mapping
    return frozenset(text for text in said if len(text) >= _SENTENCE)


def _whole(text: str, known: Sequence[str]) -> str:
    """Return a text that was cut with an ellipsis without the beginning of the known word that it cuts."""
    kept = text.removesuffix("…")
    starts = (kept.find(word[:4]) for word in known if kept != text)
    return next((kept[:at] for at in starts if at >= 0 and any(w.startswith(kept[at:]) for w in known)), text)


def _is_rows(value: object) -> TypeGuard[list[dict[str, object]]]:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _facts(view: View) -> set[str]:
    """Return names of the city and everything that the citizen or the card has said."""
    place = view.place
    said = {
        place.city,
        place.seal,
        place.receiver,
        place.counter,
        place.pick_up,
        place.hours,
        place.kiosk,
        place.banner,
    }
    form, entry = view.form, view.entry
    if form is not None:
        for name, value in view.answers.items():
            said |= {str(value), shown(form, name, value, view.language)}
            if _is_rows(value):
                said |= {str(each) for row in value for each in row.values()}
    if entry is not None and entry.composer is not None:
        said |= {entry.composer.text, entry.suggestion}
    return {word for word in said if word}
