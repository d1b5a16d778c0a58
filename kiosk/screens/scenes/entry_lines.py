"""The keyboard of the 7 inch panel: first a line (か), then its sign (き); so that every key is 15 mm wide and high.

Four rows of nine keys have room below the field. The first is the candidates' or the advice's, the second the signs of
the line, the two others the lines. 戻る and 決定 keep the corners.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import CharacterTyped, EntryKey, KeyTyped, LineChosen, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import furniture
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.candidates import bar, look_alikes, suggestion
from kiosk.screens.scenes.entry_sheets import MODES, word_key
from kiosk.screens.scenes.keys import lines_of
from kiosk.screens.theme import DETAIL, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.text_input.composer import Mode
from kiosk.text_input.latin import LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.journey.view import EntryView, View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget
    from kiosk.text_input.composer import Composer

_GAP: Final = 7  # panel px
_MARGIN: Final = 8
_FIELD: Final = 48
_ROWS, _COLUMNS = 4, 9
_NAMED: Final = 148
_LONG_VOWEL: Final = "ー"
_TYPED: Final = (Face(32, 38, fixed=True, most=32), Face(28, 38, most=34, small=22))
_NAMES: Final = (Type.LABEL, Face(24, 24, bold=True, most=24, small=24), Face(22, 22, bold=True, most=22, small=22))
_ADVICE: Final = (Type.BODY, DETAIL, Face(24, 32, most=24, small=24), Face(22, 28, most=22, small=22))
_GO: Final = Face(34, 40, bold=True, most=34, small=32)
_VOICES: Final = (Face(40, 44, bold=True, most=40), Face(32, 40, bold=True, most=32), Face(26, 32, bold=True, most=26))
_ENDS: Final = Face(30, 34, bold=True, most=30, small=26)


def line_entry(view: View, area: Area, theme: Theme, texts: Texts, name: str, said: str) -> list[Widget]:
    """Return the field, and below it candidates or advice, the signs of a line, and the lines."""
    entry = view.entry
    if entry is None or entry.composer is None:
        raise ValueError("no field for words is open")
    board = _Board(area, theme, texts, entry, entry.composer)
    above = [*furniture(view, area, theme, texts), *board.field(name)]
    if entry.offer is not None and entry.offer.variants:
        return [*above, *look_alikes(entry.offer, board.keys, theme, texts)]
    return [*above, *board.upper_row(said), *board.signs(), *board.lines(), *board.functions()]


@dataclass(frozen=True)
class _Board:
    area: Area
    theme: Theme
    texts: Texts
    entry: EntryView
    composer: Composer

    @property
    def keys(self) -> Rect:
        top = self.area.header.bottom + _FIELD + 8
        panel = self.area.panel
        return Rect(panel.x + _MARGIN, top, panel.w - 2 * _MARGIN, panel.bottom - 2 - top)

    def cell(self, row: int, column: int, wide: int = 1, high: int = 1) -> Rect:
        """Return the place of a key that may be several cells wide and high."""
        rows = self.keys.rows(_ROWS, _GAP)
        first = rows[row].columns(_COLUMNS, _GAP)[column]
        return first.union(rows[row + high - 1].columns(_COLUMNS, _GAP)[column + wide - 1])

    def field(self, name: str) -> list[Widget]:
        """Return what the field is called, and what has been typed into it."""
        line = Rect(self.keys.x, self.area.header.bottom + 4, self.keys.w, _FIELD)
        place = Rect(line.x, line.y, _NAMED, line.h)
        labels = [Label(place, name, face, middle=True, role=Role.TITLE) for face in _NAMES]
        box = Rect(place.right + _GAP, line.y, line.right - place.right - _GAP, line.h)
        room = box.w - self.theme.px(60)
        whole, long = _TYPED
        face = long if self.theme.width(self.composer.text, whole) > room else whole
        typed = Entry(box, self.composer.text, active=True, composing=self.composer.pending, label=name, face=face)
        return [_fitting(self.theme, labels), typed]

    def upper_row(self, said: str) -> list[Widget]:
        """Return the candidates, a reading to confirm, or the advice."""
        place = self.cell(0, 0, wide=_COLUMNS)
        if self.entry.offer is not None:
            return bar(self.entry.offer, place, self.theme, self.texts)
        if self.entry.suggestion and not self.composer.text:
            return suggestion(self.entry.suggestion, place, self.theme, self.texts)
        return [_fitting(self.theme, [Label(place, said, face, "ink_soft", middle=True) for face in _ADVICE])]

    def _lines(self) -> Sequence[tuple[str, ...]]:
        return lines_of(self.composer)

    def _chosen(self) -> int:
        return self.entry.sheet % len(self._lines())

    def signs(self) -> list[Widget]:
        """Return the signs of the line that is chosen."""
        kind = KeyKind.CHARACTER if self._kana else KeyKind.SYMBOL
        return [
            Key(self.cell(1, 1 + at), sign, kind, press=CharacterTyped(sign))
            for at, sign in enumerate(self._lines()[self._chosen()])
            if sign
        ]

    def lines(self) -> list[Widget]:
        """Return a key for each line, by its first sign, or by its first and last where no custom names it."""
        keys: list[Widget] = []
        for number, line in enumerate(self._lines()):
            row, column = divmod(number, LINE)
            kind = KeyKind.MODE if number == self._chosen() else KeyKind.FUNCTION
            signs = [sign for sign in line if sign]
            word, face = (signs[0], Type.KEY) if self._kana else (f"{signs[0]}–{signs[-1]}", _ENDS)
            said = self.texts("entry.line", first=signs[0]) if self._kana else word
            place, press = self.cell(2 + row, 1 + column), LineChosen(number)
            keys.append(Key(place, word, kind, face=face, said=said, press=press))
        return keys

    @property
    def _kana(self) -> bool:
        return self.composer.mode in {Mode.HIRAGANA, Mode.KATAKANA}

    def functions(self) -> list[Widget]:
        """Return the columns at both sides: modes and 戻る, what changes the last sign, the space, 決定."""
        texts, leave = self.texts, Pressed(Outcome.BACK)
        back = word_key(self.theme, self.cell(3, 0), texts("button.back"), leave, KeyKind.BACK)
        done = Key(self.cell(2, 7, 2, 2), texts("entry.done"), KeyKind.GO, face=_GO, press=Pressed(Outcome.DONE))
        return [*self._modes(), back, *self._changing(), self._word(2, 6, "entry.space", EntryKey.SPACE), done]

    def _modes(self) -> list[Widget]:
        others = [mode for mode in self.composer.modes if mode in MODES and mode is not self.composer.mode][:2]
        return [self._word(1 + row, 0, MODES[mode][1], MODES[mode][0]) for row, mode in enumerate(others)]

    def _changing(self) -> list[Widget]:
        keys: list[Widget] = [self._word(1, 8, "entry.erase", EntryKey.ERASE)]
        if self._kana:
            voice, press = self.texts("entry.voice"), KeyTyped(EntryKey.VOICE)
            place = self.cell(1, 6)
            faces = (face for face in _VOICES if self.theme.width(voice, face) < place.w - 2 * _GAP)
            keys.append(Key(place, voice, KeyKind.FUNCTION, face=next(faces, _VOICES[-1]), press=press))
            keys.append(self._word(1, 7, "entry.small", EntryKey.SMALL))
            keys.append(Key(self.cell(3, 6), _LONG_VOWEL, press=CharacterTyped(_LONG_VOWEL)))
        elif self.composer.mode is Mode.LATIN:
            keys.append(self._word(1, 7, "entry.case", EntryKey.SMALL))
        return keys

    def _word(self, row: int, column: int, text: str, key: EntryKey) -> Key:
        short = f"{text}_short"
        word = self.texts(short if short in self.texts else text)
        return word_key(self.theme, self.cell(row, column), word, KeyTyped(key))


def _fitting(theme: Theme, labels: Sequence[Label]) -> Label:
    return next((label for label in labels if label.fits(theme)), labels[-1])
