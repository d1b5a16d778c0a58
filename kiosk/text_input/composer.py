"""The buffer behind a keyboard: each key makes a new composer out of the old one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.text_input import kana, latin
from kiosk.text_input.keyboard import Keyboard

_SELECTORS = frozenset({*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))})
_WIDE_SPACE = "　"


class Mode(StrEnum):
    """Which characters the keys of the keyboard stand for."""

    HIRAGANA = "hiragana"
    KATAKANA = "katakana"
    LATIN = "latin"
    DIGITS = "digits"


_MODES: dict[Keyboard, tuple[Mode, ...]] = {
    Keyboard.KANA: (Mode.HIRAGANA, Mode.KATAKANA, Mode.LATIN, Mode.DIGITS),
    Keyboard.LATIN: (Mode.LATIN, Mode.DIGITS),
    Keyboard.DIGITS: (Mode.DIGITS,),
    Keyboard.NONE: (),
}
_READING_MODES = (Mode.HIRAGANA, Mode.KATAKANA)


@dataclass(frozen=True, slots=True, repr=False)
class Composer:
    """What has been typed into one field so far.

    `text` is only ever added to or shortened at its end: characters that were there before, such as a name from the
    card, stay code point for code point. `limit` counts code points. `reading` is for フリガナ: whatever kana is
    typed becomes katakana at once. A key that cannot do anything returns the composer as it is.

    `converts` is for words that may be written with kanji: hiragana stay undecided, the last `pending` characters of
    the text, until a candidate is chosen, another kind of character follows, or the field is closed.
    """

    text: str
    keyboard: Keyboard
    mode: Mode
    limit: int
    reading: bool = False
    converts: bool = False
    pending: int = 0

    def __repr__(self) -> str:
        return f"<Composer {self.keyboard} {self.mode}>"

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes that the field allows, in the order of the mode keys."""
        return _READING_MODES if self.reading else _MODES[self.keyboard]

    @property
    def full(self) -> bool:
        """Whether the limit is reached."""
        return len(self.text) >= self.limit

    @property
    def undecided(self) -> str:
        """The kana at the end that can still be written otherwise."""
        return self.text[len(self.text) - self.pending :]

    def insert(self, char: str) -> Composer:
        """Add one character if the mode allows it and there is room."""
        if len(char) != 1 or self.full:
            return self
        fitting = self._fitting(char)
        if fitting is None:
            return self
        pending = self.pending + 1 if self._stays_open(fitting) else 0
        return replace(self, text=self.text + fitting, pending=pending)

    def accepts(self, char: str) -> bool:
        """Tell whether the character may stand in this field when it is typed now."""
        return char == _WIDE_SPACE or self._fitting(char) == char

    def decide(self, written: str, reads: int) -> Composer:
        """Write the first `reads` of the undecided kana as `written`; the others stay undecided."""
        if not 0 < reads <= self.pending or not written:
            return self
        before, after = self.text[: len(self.text) - self.pending], self.undecided[reads:]
        if len(before) + len(written) + len(after) > self.limit:
            return self
        return replace(self, text=before + written + after, pending=len(after))

    def erase(self) -> Composer:
        """Take away the last character, with any mark or variation selector that belongs to it."""
        kept = len(self.text)
        while kept and _belongs_to_the_one_before(self.text[kept - 1]):
            kept -= 1
        return replace(self, text=self.text[: max(kept - 1, 0)], pending=max(self.pending - 1, 0))

    def clear(self) -> Composer:
        """Take away everything."""
        return replace(self, text="", pending=0)

    def voice(self) -> Composer:
        """Give the last kana its next mark: か→が→か, は→ば→ぱ→は."""
        return self._change_last(kana.voiced)

    def small(self) -> Composer:
        """Make the last kana small or large again (つ→っ→つ); a Latin letter changes its case."""
        return self._change_last(lambda last: latin.other_case(kana.smaller(last)))

    def switch(self, mode: Mode) -> Composer:
        """Choose what the keys stand for; what is already typed stays."""
        return replace(self, mode=mode, pending=0) if mode in self.modes else self

    def space(self) -> Composer:
        """Add a space as wide as the letters around it; never first, never twice, never among digits."""
        if self.mode is Mode.DIGITS or self.full or not self.text or self.text[-1] in (" ", _WIDE_SPACE):
            return self
        wide = self.mode in _READING_MODES
        return replace(self, text=self.text + (_WIDE_SPACE if wide else " "), pending=0)

    def _stays_open(self, char: str) -> bool:
        open_mode = self.converts and not self.reading and self.mode is Mode.HIRAGANA
        return open_mode and (kana.to_katakana(char) != char or (char == "ー" and self.pending > 0))

    def _fitting(self, char: str) -> str | None:
        if self.mode is Mode.DIGITS:
            digit = latin.half_width_digits(char)
            return digit if latin.is_digit(digit) else None
        if self.mode is Mode.LATIN:
            return char if latin.is_latin(char) and char != " " else None
        if self.mode is Mode.KATAKANA or self.reading:
            char = kana.to_katakana(char)
        return char if kana.is_kana(char) and not char.isspace() else None

    def _change_last(self, change: kana.Change) -> Composer:
        if not self.text:
            return self
        changed = change(self.text[-1])
        return self if changed == self.text[-1] else replace(self, text=self.text[:-1] + changed)


def compose(text: str, keyboard: Keyboard, limit: int, *, reading: bool = False, converts: bool = False) -> Composer:
    """Open a field for typing, in the mode that its keyboard starts with; raises ValueError for `Keyboard.NONE`."""
    modes = _READING_MODES if reading else _MODES[keyboard]
    if not modes:
        raise ValueError("a field without a keyboard is not typed")
    return Composer(text, keyboard, modes[0], limit, reading, converts)


def _belongs_to_the_one_before(char: str) -> bool:
    return char in _SELECTORS or unicodedata.combining(char) != 0
