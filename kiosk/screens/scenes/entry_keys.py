"""The keyboards for words: kana in their fifty-sound order, letters and digits in theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.forms.show import help_text, label
from kiosk.journey.events import CharacterTyped, EntryKey, KeyTyped, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import furniture
from kiosk.screens.scenes.keys import rows_of
from kiosk.screens.theme import DETAIL, FUNCTION, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.text_input.composer import Mode

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget
    from kiosk.text_input.composer import Composer

_VOICE: Final = Face(40, 44, bold=True, most=40)
_NAMES: Final = (Type.LABEL, Face(24, 30, bold=True, most=34), Face(24, 26, bold=True, most=28))
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
    board = _Board(area, theme, texts, entry.composer)
    return [*furniture(view, area, theme, texts), *board.field(name), *board.advice(said), *board.keys()]


class _Board:
    """One keyboard on one panel; the places are those of the design, in its pixels from the panel's corner."""

    def __init__(self, area: Area, theme: Theme, texts: Texts, composer: Composer) -> None:
        self.area, self.theme, self.texts, self.composer = area, theme, texts, composer

    def at(self, x: int, y: int, w: int, h: int) -> Rect:
        return self.area.within(self.area.panel, x, y, w, h)

    def field(self, name: str) -> list[Widget]:
        """Return what the field is called, and what has been typed into it."""
        place = self.at(24, 112, 216, 92)
        labels = [Label(place, name, face, middle=True, role=Role.TITLE) for face in _NAMES]
        said = next((found for found in labels if found.fits(self.theme)), labels[-1])
        hint = self.texts("entry.count", count=len(self.composer.text), most=self.composer.limit)
        box = self.at(248, 112, 1008, 92)
        room = box.w - self.theme.px(80) - self.theme.width(hint, DETAIL)
        long = self.theme.width(self.composer.text, Type.ENTRY) > room
        face = Face(28, 38, most=34) if long else Type.ENTRY
        return [said, Entry(box, self.composer.text, active=True, hint="" if long else hint, label=name, face=face)]

    def advice(self, said: str) -> list[Widget]:
        """Return what helps to answer, between the field and the keys."""
        place = self.at(24, 212, 1232, 92)
        faces = (Type.BODY, DETAIL, Face(24, 30, most=32))
        labels = [Label(place, said, face, "ink_soft", middle=True) for face in faces]
        return [next((found for found in labels if found.fits(self.theme)), labels[-1])]

    def keys(self) -> list[Widget]:
        """Return all keys."""
        return [*self._characters(), *self._left(), *self._right()]

    def _characters(self) -> list[Widget]:
        kind = KeyKind.SYMBOL if self.composer.mode in {Mode.LATIN, Mode.DIGITS} else KeyKind.CHARACTER
        return [
            Key(self.at(168 + x * 96, 312 + y * 96, 88, 88), sign, kind, press=CharacterTyped(sign))
            for y, row in enumerate(rows_of(self.composer))
            for x, sign in enumerate(row)
            if sign
        ]

    def _left(self) -> list[Widget]:
        """Return the keys of the modes that the field allows, the space and the way back."""
        keys: list[Widget] = []
        for row, (mode, key, text) in enumerate(_MODES):
            if mode in self.composer.modes:
                kind = KeyKind.MODE if mode is self.composer.mode else KeyKind.FUNCTION
                keys.append(Key(self._side(24, row), self.texts(text), kind, press=KeyTyped(key)))
        keys.append(self._function(24, 3, "entry.space", EntryKey.SPACE))
        back = self.texts("button.back")
        keys.append(Key(self._side(24, 4), back, KeyKind.BACK, icon="back", weight=6, press=Pressed(Outcome.BACK)))
        return keys

    def _right(self) -> list[Widget]:
        """Return the erasing key, the keys that change the last sign, and 決定."""
        erase, texts = self._side(1128, 0), self.texts
        keys: list[Widget] = [
            Key(erase, texts("entry.erase"), KeyKind.FUNCTION, icon="erase", press=KeyTyped(EntryKey.ERASE))
        ]
        if self.composer.mode in {Mode.HIRAGANA, Mode.KATAKANA}:
            voice = self._side(1128, 1)
            press = KeyTyped(EntryKey.VOICE)
            keys.append(Key(voice, texts("entry.voice"), KeyKind.FUNCTION, face=_VOICE, press=press))
            keys.append(self._function(1128, 2, "entry.small", EntryKey.SMALL))
        elif self.composer.mode is Mode.LATIN:
            keys.append(self._function(1128, 2, "entry.case", EntryKey.SMALL))
        keys.append(Key(self.at(1128, 600, 128, 184), texts("entry.done"), KeyKind.GO, press=Pressed(Outcome.DONE)))
        return keys

    def _function(self, x: int, row: int, text: str, key: EntryKey) -> Key:
        return Key(self._side(x, row), self.texts(text), KeyKind.FUNCTION, face=FUNCTION, press=KeyTyped(key))

    def _side(self, x: int, row: int) -> Rect:
        return self.at(x, 312 + row * 96, 128, 88)
