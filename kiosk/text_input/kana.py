"""Kana: the 五十音 table, voicing marks, small forms, and hiragana to katakana and back.

Only the kana themselves are ever mapped; every other character passes through untouched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Change: TypeAlias = Callable[[str], str]

# Columns of the keyboard from left to right, each from top to bottom; a blank is a place without a key.
GOJUON: tuple[tuple[str, ...], ...] = (
    ("あ", "い", "う", "え", "お"),
    ("か", "き", "く", "け", "こ"),
    ("さ", "し", "す", "せ", "そ"),
    ("た", "ち", "つ", "て", "と"),
    ("な", "に", "ぬ", "ね", "の"),
    ("は", "ひ", "ふ", "へ", "ほ"),
    ("ま", "み", "む", "め", "も"),
    ("や", "", "ゆ", "", "よ"),
    ("ら", "り", "る", "れ", "ろ"),
    ("わ", "を", "ん", "ー", "・"),
)

_TO_KATAKANA = 0x60  # the two blocks of Unicode stand this far apart
_HIRAGANA = {chr(code): chr(code + _TO_KATAKANA) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_KATAKANA = {katakana: hiragana for hiragana, katakana in _HIRAGANA.items()}
_TABLE_TO_KATAKANA = str.maketrans(_HIRAGANA)
_TABLE_TO_HIRAGANA = str.maketrans(_KATAKANA)

# Characters of a reading besides the katakana: long vowel, middle dot, spaces between family and given name.
_WITH_KATAKANA = frozenset("ー・　 ")
_KATAKANA_LETTERS = frozenset(chr(code) for code in range(0x30A1, 0x30FB))

# Each string is one ring: the key steps from a kana to the next one and at the end back to the first.
_VOICED_RINGS = (
    *("かが", "きぎ", "くぐ", "けげ", "こご", "さざ", "しじ", "すず", "せぜ", "そぞ"),
    *("ただ", "ちぢ", "つづ", "てで", "とど"),
    *("はばぱ", "ひびぴ", "ふぶぷ", "へべぺ", "ほぼぽ", "うゔ"),
)
_SMALL_RINGS = ("あぁ", "いぃ", "うぅ", "えぇ", "おぉ", "つっ", "やゃ", "ゆゅ", "よょ", "わゎ")
_SMALL_KATAKANA_RINGS = ("カヵ", "ケヶ")  # as in 鶴ヶ島


def _steps(rings: tuple[str, ...]) -> dict[str, str]:
    return {kana: ring[(place + 1) % len(ring)] for ring in rings for place, kana in enumerate(ring)}


def to_katakana(text: str) -> str:
    """Return the text with every hiragana turned into katakana."""
    return text.translate(_TABLE_TO_KATAKANA)


def to_hiragana(text: str) -> str:
    """Return the text with every katakana that has a hiragana turned into it."""
    return text.translate(_TABLE_TO_HIRAGANA)


def _both(rings: tuple[str, ...]) -> tuple[str, ...]:
    return rings + tuple(to_katakana(ring) for ring in rings)


_VOICED = _steps(_both(_VOICED_RINGS))
_SMALL = _steps(_both(_SMALL_RINGS) + _SMALL_KATAKANA_RINGS)


def voiced(kana: str) -> str:
    """Return the kana with its next mark (か→が→か, は→ば→ぱ→は); anything else comes back as it is."""
    return _VOICED.get(kana, kana)


def smaller(kana: str) -> str:
    """Return the small form of the kana, or of a small one the large; anything else comes back as it is."""
    return _SMALL.get(kana, kana)


def is_kana(char: str) -> bool:
    """Tell whether the character is hiragana, katakana or one of the signs that stand among them."""
    return char in _HIRAGANA or is_reading(char)


def is_reading(char: str) -> bool:
    """Tell whether the character may stand in a フリガナ: full-width katakana, ー, ・ or a space."""
    return char in _KATAKANA_LETTERS or char in _WITH_KATAKANA


def rows(*, katakana: bool) -> tuple[tuple[str, ...], ...]:
    """Return the keyboard row by row, five rows of ten keys; a blank is a place without a key."""
    table = tuple(zip(*GOJUON, strict=True))
    return tuple(tuple(to_katakana(key) for key in row) for row in table) if katakana else table
