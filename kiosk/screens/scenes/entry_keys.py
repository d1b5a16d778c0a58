"""The keyboards for words: kana in their fifty-sound order, letters and digits in theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.forms.show import help_text, label
from kiosk.journey.events import CharacterTyped, EntryKey, KeyTyped, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import furniture
from kiosk.screens.scenes.candidates import bar, look_alikes, suggestion
from kiosk.screens.scenes.entry_lines import line_entry
from kiosk.screens.scenes.entry_sheets import low_entry
from kiosk.screens.scenes.keys import rows_of
from kiosk.screens.theme import DETAIL, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.text_input.composer import Mode

if TYPE_CHECKING:
    from kiosk.journey.view import EntryView, View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_VOICE: Final = Face(40, 44, bold=True, most=40)
_WORD: Final = Face(26, 32, bold=True, most=28)
_WORD_NARROW: Final = Face(24, 28, bold=True, most=24)
_GO: Final = Face(34, 40, bold=True, most=34)
_TYPED_LONG: Final = Face(28, 38, most=34)
_ROWS, _COLUMNS = 5, 10
_NAMES: Final = (
    Type.LABEL,
    Face(24, 30, bold=True, most=34),
    Face(24, 26, bold=True, most=28),
    Face(22, 24, bold=True, most=24),
)
_MODES: Final = (
    (Mode.HIRAGANA, EntryKey.HIRAGANA, "entry.hiragana"),
    (Mode.KATAKANA, EntryKey.KATAKANA, "entry.katakana"),
    (Mode.LATIN, EntryKey.LATIN, "entry.latin_digits"),
)


def words_entry(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the field at the top and the keys below it; 戻る and 決定 keep the corners."""
    entry, form = view.entry, view.form
    if entry is None or entry.composer is None or form is None:
        raise ValueError("no field for words is open")
    name = label(form, entry.field, view.language)
    said = help_text(form, entry.field, view.language) or texts("entry.kana_hint")
    if area.low:
        return low_entry(view, area, theme, texts, name, said)
    if area.small:
        return line_entry(view, area, theme, texts, name, said)
    board = _Board(area, theme, texts, entry)
    above = [*furniture(view, area, theme, texts), *board.field(name)]
    offer = entry.offer
    if offer is not None and offer.variants:
        return [*above, *look_alikes(offer, board.grid.below, theme, texts)]
    return [*above, *board.between(said), *board.keys()]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where things lie, in panel pixels: field, advice, five rows of ten keys, and the columns at their sides."""

    name: Rect
    field: Rect
    advice: Rect
    signs: Rect
    left: Rect
    right: Rect
    gap: int

    def sign(self, x: int, y: int) -> Rect:
        return self.signs.rows(_ROWS, self.gap)[y].columns(_COLUMNS, self.gap)[x]

    def side(self, column: Rect, row: int) -> Rect:
        return column.rows(_ROWS, self.gap)[row]

    @property
    def below(self) -> Rect:
        """Everything below the field."""
        return self.advice.union(self.left).union(self.right)

    @property
    def done(self) -> Rect:
        rows = self.right.rows(_ROWS, self.gap)
        return rows[3].union(rows[4])


def _grid(area: Area) -> _Grid:
    at = partial(area.within, area.panel)
    return _Grid(
        at(24, 112, 216, 92),
        at(248, 112, 1008, 92),
        at(24, 212, 1232, 92),
        at(168, 312, 952, 472),
        at(24, 312, 128, 472),
        at(1128, 312, 128, 472),
        area.px(8),
    )


class _Board:
    """One keyboard on one panel."""

    def __init__(self, area: Area, theme: Theme, texts: Texts, entry: EntryView) -> None:
        if entry.composer is None:
            raise ValueError("no field for words is open")
        self.area, self.theme, self.texts, self.composer = area, theme, texts, entry.composer
        self.offer, self.suggestion = entry.offer, entry.suggestion if not entry.composer.text else ""
        self.grid = _grid(area)

    def field(self, name: str) -> list[Widget]:
        """Return what the field is called, and what has been typed into it."""
        labels = [Label(self.grid.name, name, face, middle=True, role=Role.TITLE) for face in _NAMES]
        said = next((found for found in labels if found.fits(self.theme)), labels[-1])
        hint, box = self._hint(), self.grid.field
        room = box.w - self.theme.px(80) - self.theme.width(hint, DETAIL)
        long = self.theme.width(self.composer.text, Type.ENTRY) > room
        face = _TYPED_LONG if long else Type.ENTRY
        hint = "" if long else hint
        open_end = self.composer.pending
        return [said, Entry(box, self.composer.text, active=True, composing=open_end, hint=hint, label=name, face=face)]

    def _hint(self) -> str:
        """Return what to do with candidates, and whether they are only those of the list; else the count."""
        if self.offer is not None:
            return self.texts("entry.listed" if self.offer.listed else "entry.choose")
        return self.texts("entry.count", count=len(self.composer.text), most=self.composer.limit)

    def between(self, said: str) -> list[Widget]:
        """Return the candidates, a reading to confirm, or the advice."""
        if self.offer is not None:
            return bar(self.offer, self.grid.advice, self.theme, self.texts)
        if self.suggestion:
            return suggestion(self.suggestion, self.grid.advice, self.theme, self.texts)
        return self.advice(said)

    def advice(self, said: str) -> list[Widget]:
        """Return what helps to answer, between the field and the keys."""
        faces = (Type.BODY, DETAIL, Face(24, 30, most=32))
        labels = [Label(self.grid.advice, said, face, "ink_soft", middle=True) for face in faces]
        return [next((found for found in labels if found.fits(self.theme)), labels[-1])]

    def keys(self) -> list[Widget]:
        """Return all keys."""
        return [*self._characters(), *self._left(), *self._right()]

    def _characters(self) -> list[Widget]:
        kind = KeyKind.SYMBOL if self.composer.mode in {Mode.LATIN, Mode.DIGITS} else KeyKind.CHARACTER
        return [
            Key(self.grid.sign(x, y), sign, kind, press=CharacterTyped(sign))
            for y, row in enumerate(rows_of(self.composer))
            for x, sign in enumerate(row)
            if sign
        ]

    def _left(self) -> list[Widget]:
        """Return the keys of the modes that the field allows, the space and the way back."""
        grid = self.grid
        keys: list[Widget] = []
        for row, (mode, key, text) in enumerate(_MODES):
            if mode in self.composer.modes:
                kind = KeyKind.MODE if mode is self.composer.mode else KeyKind.FUNCTION
                keys.append(Key(grid.side(grid.left, row), self.texts(text), kind, face=_WORD, press=KeyTyped(key)))
        keys.append(self._function(grid.left, 3, "entry.space", EntryKey.SPACE))
        press = Pressed(Outcome.BACK)
        bare = Key(grid.side(grid.left, 4), self.texts("button.back"), KeyKind.BACK, face=_WORD, weight=6, press=press)
        signed = replace(bare, icon="back")
        keys.append(signed if signed.fits(self.theme) else bare)
        return keys

    def _right(self) -> list[Widget]:
        """Return the erasing key, the keys that change the last sign, and 決定."""
        grid, texts = self.grid, self.texts
        press = KeyTyped(EntryKey.ERASE)
        place, erase = grid.side(grid.right, 0), texts("entry.erase")
        signed = Key(place, erase, KeyKind.FUNCTION, "erase", face=_WORD, press=press)
        keys: list[Widget] = [signed if signed.fits(self.theme) else replace(signed, face=_WORD_NARROW)]
        if self.composer.mode in {Mode.HIRAGANA, Mode.KATAKANA}:
            keys.append(self._function(grid.right, 1, "entry.voice", EntryKey.VOICE, _VOICE))
            keys.append(self._function(grid.right, 2, "entry.small", EntryKey.SMALL))
        elif self.composer.mode is Mode.LATIN:
            keys.append(self._function(grid.right, 2, "entry.case", EntryKey.SMALL))
        keys.append(Key(grid.done, texts("entry.done"), KeyKind.GO, face=_GO, press=Pressed(Outcome.DONE)))
        return keys

    def _function(self, column: Rect, row: int, text: str, key: EntryKey, face: Face = _WORD) -> Key:
        place = self.grid.side(column, row)
        return Key(place, self.texts(text), KeyKind.FUNCTION, face=face, press=KeyTyped(key))
