"""The keyboard for words in sheets that take turns: where fifty keys of 15 mm have no room at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import CharacterTyped, EntryKey, KeyTyped, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import go
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.candidates import bar, look_alikes, suggestion
from kiosk.screens.scenes.keys import lines_of
from kiosk.screens.scenes.titles import STEADY
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import DETAIL, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Entry
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.text_input.composer import Mode
from kiosk.text_input.latin import LINE

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.journey.view import EntryView, View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget
    from kiosk.text_input.composer import Composer

_KEY_PX: Final = 92
_GAP: Final = 8  # panel px
_WORD: Final = Face(26, 30, bold=True, most=28, small=22)
_SMALLER: Final = (Face(24, 28, bold=True, most=24, small=22), Face(22, 26, bold=True, most=22, small=20))
_VOICE: Final = Face(40, 44, bold=True, most=40)
_TYPED_LONG: Final = Face(28, 38, most=34, small=22)
_ADVICE: Final = (Type.BODY, DETAIL, Face(24, 30, most=32))
MODES: Final = {
    Mode.HIRAGANA: (EntryKey.HIRAGANA, "entry.hiragana"),
    Mode.KATAKANA: (EntryKey.KATAKANA, "entry.katakana"),
    Mode.LATIN: (EntryKey.LATIN, "entry.latin_digits"),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Rows of lines, with the function keys at their right; `across` lines stand side by side."""

    signs: Rect
    functions: Rect
    rows: int
    across: int
    columns: int  # of function keys
    gap: int = _GAP

    def places(self) -> list[Rect]:
        """Return the places of the signs, line by line."""
        wide = LINE * self.across
        return [cell for row in self.signs.rows(self.rows, self.gap) for cell in row.columns(wide, self.gap)]

    def function_places(self, rows: int) -> list[Rect]:
        """Return the places of the function keys, row by row."""
        return [cell for row in self.functions.rows(rows, self.gap) for cell in row.columns(self.columns, self.gap)]


def sheets(composer: Composer, lines: int) -> list[tuple[tuple[str, ...], ...]]:
    """Return as many lines as a sheet holds, sheet by sheet."""
    found = lines_of(composer)
    return [found[at : at + lines] for at in range(0, len(found), lines)]


def low_entry(view: View, area: Area, theme: Theme, texts: Texts, name: str, said: str) -> list[Widget]:
    """Return the field above, candidates and keys in the lower half."""
    entry, composer = _opened(view)
    main = go(texts("entry.done"), Pressed(Outcome.DONE))
    parts = [*framed(view, area, theme, texts, main), *_low_field(area, theme, texts, composer, name)]
    offer = entry.offer
    wide = Rect(area.panel.x + theme.px(24), area.controls.y, area.panel.w - 2 * theme.px(24), area.controls.h)
    if offer is not None and offer.variants:
        return [*parts, *look_alikes(offer, wide, theme, texts)]
    left = Rect(wide.x, wide.y, 2 * LINE * theme.px(_KEY_PX) + (2 * LINE - 1) * _GAP, wide.h)
    right = Rect(left.right + _GAP, wide.y, wide.right - left.right - _GAP, wide.h)
    asked = composer.converts or bool(entry.suggestion)
    rows = left.rows(3, _GAP)
    signs = rows[1].union(rows[2]) if asked else left
    parts += _offered(entry, rows[0] if asked else None, theme, texts)
    if not (asked and (offer or entry.suggestion)):
        parts.append(_advice(area, theme, said))
    return [*parts, *_keys(entry, _Sheet(signs, right, 2 if asked else 3, 2, 2), theme, texts)]


def _opened(view: View) -> tuple[EntryView, Composer]:
    if view.entry is None or view.entry.composer is None:
        raise ValueError("no field for words is open")
    return view.entry, view.entry.composer


def _low_field(area: Area, theme: Theme, texts: Texts, composer: Composer, name: str) -> list[Widget]:
    box = area.at(0, 84, 1184, 88)
    hint = texts("entry.count", count=len(composer.text), most=composer.limit)
    room = box.w - theme.px(80) - theme.width(hint, DETAIL)
    long = theme.width(composer.text, Type.ENTRY) > room
    face = _TYPED_LONG if long else Type.ENTRY
    said = "" if long else hint
    return [
        Label(Rect(box.x, area.heading.y, box.w, area.heading.h), name, STEADY, role=Role.TITLE),
        Entry(box, composer.text, active=True, composing=composer.pending, hint=said, label=name, face=face),
    ]


def _advice(area: Area, theme: Theme, said: str) -> Label:
    place = area.at(0, 184, 1184, 96)
    labels = [Label(place, said, face, "ink_soft", middle=True) for face in _ADVICE]
    return next((found for found in labels if found.fits(theme)), labels[-1])


def _offered(entry: EntryView, place: Rect | None, theme: Theme, texts: Texts) -> list[Widget]:
    if place is None:
        return []
    if entry.offer is not None:
        return bar(entry.offer, place, theme, texts)
    empty = entry.composer is not None and not entry.composer.text
    return suggestion(entry.suggestion, place, theme, texts) if entry.suggestion and empty else []


def _keys(entry: EntryView, sheet: _Sheet, theme: Theme, texts: Texts) -> list[Widget]:
    composer = entry.composer
    if composer is None:
        return []
    turns = sheets(composer, sheet.rows * sheet.across)
    shown = turns[entry.sheet % len(turns)]
    kind = KeyKind.SYMBOL if composer.mode in {Mode.LATIN, Mode.DIGITS} else KeyKind.CHARACTER
    signs = [sign for line in shown for sign in (*line, *[""] * (LINE - len(line)))]
    keys: list[Widget] = [
        Key(place, sign, kind, press=CharacterTyped(sign))
        for place, sign in zip(sheet.places(), signs, strict=False)
        if sign
    ]
    number = f"{entry.sheet % len(turns) + 1}/{len(turns)}"
    return [*keys, *_functions(composer, sheet.function_places(3), theme, texts, number if len(turns) > 1 else "")]


def _functions(composer: Composer, places: list[Rect], theme: Theme, texts: Texts, number: str) -> list[Widget]:
    """Return erase, turn, the keys that change the last sign, the space and the next mode."""
    wanted: list[tuple[str, EntryKey, Face]] = [(_short(texts, "entry.erase"), EntryKey.ERASE, _WORD)]
    if number:
        wanted.append((texts("entry.turn", number=number), EntryKey.TURN, _WORD))
    if composer.mode in {Mode.HIRAGANA, Mode.KATAKANA}:
        wanted.append((texts("entry.voice"), EntryKey.VOICE, _VOICE))
        wanted.append((_short(texts, "entry.small"), EntryKey.SMALL, _WORD))
    elif composer.mode is Mode.LATIN:
        wanted.append((_short(texts, "entry.case"), EntryKey.SMALL, _WORD))
    wanted.append((_short(texts, "entry.space"), EntryKey.SPACE, _WORD))
    modes = [mode for mode in composer.modes if mode in MODES]
    at = modes.index(composer.mode) if composer.mode in modes else -1
    wanted += [
        (_short(texts, word), key, _WORD) for key, word in (MODES[m] for m in modes[at + 1 :] + modes[: max(0, at)])
    ]
    return [
        word_key(theme, place, word, KeyTyped(key))
        if face is _WORD
        else Key(place, word, KeyKind.FUNCTION, face=face, press=KeyTyped(key))
        for place, (word, key, face) in zip(places, wanted, strict=False)
    ]


def word_key(theme: Theme, place: Rect, word: str, press: Event, kind: KeyKind = KeyKind.FUNCTION) -> Key:
    """Return a key with a word, in smaller type where it is long."""
    keys = [Key(place, word, kind, face=each, press=press) for each in (_WORD, *_SMALLER)]
    return next((key for key in keys if key.fits(theme)), keys[-1])


def _short(texts: Texts, key: str) -> str:
    short = f"{key}_short"
    return texts(short if short in texts else key)
