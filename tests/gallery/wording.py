"""The words of widgets, and Japanese where English is spoken."""

from __future__ import annotations

import re
from dataclasses import fields
from enum import Enum
from typing import TYPE_CHECKING, Final

from kiosk.forms.show import shown
from kiosk.journey.candidate_events import CandidateChosen
from kiosk.journey.events import CharacterTyped
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
# Scripts of Japan, their punctuation and their wide letters; “ ” ’ – × are everybody's.
_JAPANESE: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_QUOTED: Final = re.compile("“[^”]”")  # a character that the citizen is told to type
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


def stray_japanese(view: View, seen: Sequence[Widget]) -> list[str]:
    """Return English texts in which Japanese is left that no name, answer or key accounts for."""
    if view.language == "ja":
        return []
    texts = catalogue()[view.language]
    keys = {texts(key) for key in texts.keys() if key.startswith(_KEYS)}  # noqa: SIM118  # not a mapping
    known = sorted(_facts(view) | keys, key=len, reverse=True)
    found = []
    for widget in seen:
        if isinstance(widget.press, CharacterTyped | CandidateChosen):
            continue
        for text in texts_of(widget):
            rest = _QUOTED.sub("", _whole(text, known))
            for word in known:
                rest = rest.replace(word, "")
            if _JAPANESE.search(rest):
                found.append(text)
    return found


def _whole(text: str, known: Sequence[str]) -> str:
    """Return a text that was cut with an ellipsis without the beginning of the known word that it cuts."""
    kept = text.removesuffix("…")
    starts = (kept.find(word[:4]) for word in known if kept != text)
    return next((kept[:at] for at in starts if at >= 0 and any(w.startswith(kept[at:]) for w in known)), text)


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
    if entry is not None and entry.composer is not None:
        said |= {entry.composer.text, entry.suggestion}
    return {word for word in said if word}
