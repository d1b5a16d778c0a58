"""Candidates for the kana that are being typed: the bar above the keys, and look-alikes side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.journey.candidate_events import (
    CandidateChosen,
    CandidatesTurned,
    ReadingTaken,
    VariantsAsked,
)
from kiosk.screens.rect import Rect
from kiosk.screens.theme import CANDIDATE, FUNCTION, Face
from kiosk.screens.widgets.focus import WAY_OUT
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.text_input.variants import alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.journey.view import Offer
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

MOST: Final = 6  # candidates in the bar at once
_TILES: Final = 8  # look-alikes side by side
_LONG: Final = Face(28, 36, bold=True, most=30, small=24)
_WORD: Final = Face(26, 32, bold=True, most=26, small=22)
_LARGE: Final = Face(88, 104, bold=True, most=88, small=56)
_LARGEST: Final = Face(132, 150, bold=True, most=132, small=72)


def bar(offer: Offer, place: Rect, theme: Theme, texts: Texts) -> list[Widget]:
    """Return as many candidates as fit from the first that is wanted on, the key for look-alikes, and the next page."""
    found = [candidate.text for candidate in offer.candidates]
    gap = theme.px(8)
    keys: list[Widget] = []
    right = place.right
    told_apart = bool(alike(found))
    more_wide = 80 if theme.small else theme.px(132 if told_apart else 204)
    word = texts("entry.variants")
    variants_wide = max(80 if theme.small else theme.px(150), theme.width(word, _WORD) + theme.px(24))
    more = Rect(right - more_wide, place.y, more_wide, place.h)
    right = more.x - gap
    if told_apart:
        wide = Rect(right - variants_wide, place.y, variants_wide, place.h)
        keys.append(Key(wide, word, KeyKind.FUNCTION, face=_WORD, press=VariantsAsked()))
        right = wide.x - gap
    shown, after = _row(found, offer.first, Rect(place.x, place.y, right - place.x, place.h), theme)
    if offer.first or after < len(found):
        called = texts("entry.more")
        more_word = "" if theme.small else called
        turned = CandidatesTurned(after if after < len(found) else 0)
        look = Key(more, more_word, KeyKind.FUNCTION, after="next", face=_WORD, icon_px=28, called=called)
        keys.append(replace(look, press=turned))
    return [*shown, *keys]


def _row(found: Sequence[str], first: int, place: Rect, theme: Theme) -> tuple[list[Widget], int]:
    """Return the keys of one page, each as wide as its word needs, and where the next page begins."""
    keys: list[Widget] = []
    x, gap, least = place.x, theme.px(8), 100 if theme.small else theme.px(128)
    number = first
    while number < len(found) and len(keys) < MOST:
        word = found[number]
        face, wide = _measured(theme, word, least, place.w)
        if wide <= place.w:  # a word that is wider than the whole bar is left out: its beginnings are offered as well
            if x + wide > place.right:
                break
            kind = KeyKind.CANDIDATE if number else KeyKind.FIRST
            keys.append(Key(Rect(x, place.y, wide, place.h), word, kind, face=face, press=CandidateChosen(number)))
            x += wide + gap
        number += 1
    return keys, number


def _measured(theme: Theme, word: str, least: int, room: int) -> tuple[Face, int]:
    wide = max(least, theme.width(word, CANDIDATE) + 2 * theme.px(16))
    return (CANDIDATE, wide) if wide <= room else (_LONG, theme.width(word, _LONG) + 2 * theme.px(12))


def look_alikes(offer: Offer, place: Rect, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the words that differ in a stroke, large and side by side, instead of the keys."""
    found = [candidate.text for candidate in offer.candidates]
    numbers = [number for group in alike(found) for number in group][:_TILES]
    gap = theme.px(8)
    low = 80 if theme.small else theme.px(88)
    back = Rect(place.x, place.bottom - low, 280 if theme.small else theme.px(360), low)
    high = Rect(place.x, place.y, place.w, place.h - low - gap)
    lines = 1 if len(numbers) <= 4 else 2
    columns = -(-len(numbers) // lines)
    tiles = [cell for row in high.rows(lines, gap) for cell in row.columns(columns, gap)]
    face = _LARGEST if len(numbers) <= 3 else _LARGE
    keys: list[Widget] = [
        Key(tile, found[number], KeyKind.CANDIDATE, face=_fitting(theme, found[number], face, tile), press=chosen)
        for tile, number in zip(tiles, numbers, strict=False)
        for chosen in (CandidateChosen(number),)
    ]
    words, leave = texts("entry.variants_back"), VariantsAsked(wanted=False)
    return [*keys, Key(back, words, KeyKind.BACK, "back", face=_WORD, weight=6, press=leave, focus_order=WAY_OUT)]


def _fitting(theme: Theme, word: str, face: Face, tile: Rect) -> Face:
    faces = (face, _LARGE, CANDIDATE)
    return next((each for each in faces if theme.width(word, each) + 2 * theme.px(12) <= tile.w), _LONG)


def suggestion(reading: str, place: Rect, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the reading that the name probably has, to be confirmed by a touch."""
    ways = [(words, face) for words in (texts("entry.reading", reading=reading), reading) for face in (FUNCTION, _LONG)]
    words, face = next((way for way in ways if theme.width(*way) + theme.px(40) <= place.w), ways[-1])
    wide = min(place.w, theme.width(words, face) + theme.px(72))
    return [Key(Rect(place.x, place.y, wide, place.h), words, KeyKind.CANDIDATE, face=face, press=ReadingTaken())]
