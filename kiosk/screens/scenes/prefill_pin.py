"""数字4桁の暗証番号: a pad whose keys look the same whether pressed or not, and only dots for what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from drivers.card.pad import DIGIT_PAD
from kiosk.journey.events import CellErased, CellPressed, CellsCleared, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import go
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.entry_digits import ERASE, erasing
from kiosk.screens.scenes.flow import Column, body, fitting
from kiosk.screens.scenes.pad import pad_of, pad_places
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import DETAIL, Face, Type
from kiosk.screens.widgets.entry import PasswordEntry
from kiosk.screens.widgets.figure import Figure
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.marks import Pips
from kiosk.screens.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

PIN: Final = 4
_MOST: Final = {4: 3, 14: 10}  # tries that the card gives: the PIN of the text applet, and its number B
_MADE_OF: Final = Face(26, 34, most=36, small=22)
_REFUSED: Final = Face(28, 42, most=40, small=24)
_LEFT: Final = Face(28, 42, bold=True, most=40)
_LARGE: Final = Face(56, 68, bold=True, fixed=True, most=64)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the dots and the tries left at the left, the pad at the right."""
    missing = view.pin_length - view.cells
    main = go(texts("prefill-pin.go"), Pressed(Outcome.GIVEN), enabled=missing == 0)
    hint = texts("prefill-pin.remaining", left=missing) if missing else texts("prefill-pin.private")
    if view.by_keys and not view.cells:
        hint = texts("prefill-pin.private_keys")
    place = body(area, theme)
    pad = pad_of(area)
    kept = theme.px(88) if area.low else 0  # for the hint, which says why the way on is not open yet
    left = Rect(place.x, place.y, pad.x - theme.px(32 if area.small else 48) - place.x, place.h - kept)
    bounds = Rect(area.content.x, area.content.y, area.content.w, area.content.h - kept)
    title = texts("prefill-pin.title" if view.pin_length == PIN else "prefill-pin.number_b.title")
    return [
        *framed(view, area, theme, texts, main, hint),
        title_of(area, theme, title),
        *fitting(
            theme,
            bounds,
            *(lambda n=n: _words(view, theme, texts, left, n, small=area.small) for n in range(4)),
        ),
        *_keys(area, theme, texts, pad),
    ]


def _words(view: View, theme: Theme, texts: Texts, place: Rect, dropped: int, *, small: bool) -> list[Widget]:
    """Return what is asked for, what was typed and how many tries are left; `dropped` sentences are left out."""
    column, space = Column(theme, place), 4 if small else 20
    pin = view.pin_length == PIN
    if dropped < 2 or not pin:  # nobody knows by heart what number B is made of
        column.say(texts("prefill-pin.rule" if pin else "prefill-pin.number_b.rule"), Type.BODY if pin else _MADE_OF)
        column.skip(space)
    dot = 36 if pin else 13 if small else 24
    column.add(PasswordEntry(column.take(theme.px(76)), view.cells, view.pin_length, 0, dot=dot))
    column.skip(space)
    if not (small and (view.pin_refused or (dropped > 2 and not pin))):  # there the notice, or the rule, comes first
        column.add(*_tries(view, column, theme, texts, pips=not small))
        column.skip(space)
    if view.pin_refused:
        text = texts("prefill-pin.refused" if pin else "prefill-pin.number_b.refused", left=view.attempts_left)
        high = theme.height(text, _REFUSED, place.w - theme.px(110)) + theme.px(12 if small else 30)
        column.add(Notice(column.take(high), text, Tone.CAUTION, face=_REFUSED))
    elif dropped < (3 if pin else 1):
        lock = "prefill-pin.lock" if pin else "prefill-pin.number_b.lock"
        column.say(texts(lock, most=_MOST.get(view.pin_length, view.attempts_left)), DETAIL, "ink_soft")
    if dropped < 1 and pin:
        column.skip(8 if view.pin_refused else space // 2)
        column.say(texts("prefill-pin.not_password"), DETAIL, "ink_soft")
    return column.widgets


def _tries(view: View, column: Column, theme: Theme, texts: Texts, *, pips: bool) -> list[Widget]:
    """Return how many tries are left, as a number and as dots."""
    row = column.take(theme.face(_LARGE).line)
    tried = [
        Figure(row, texts("prefill-pin.left", left=view.attempts_left), face, _LARGE, large_colour="primary")
        for face in (_LEFT, replace(_LEFT, most=32), replace(_LEFT, most=28))
    ]
    said = next((figure for figure in tried if figure.width(theme) <= row.w), tried[-1])
    wide = said.width(theme)
    words = replace(said, rect=Rect(row.x, row.y, wide, row.h))
    most = _MOST.get(view.pin_length, view.attempts_left)
    room = theme.px(44) * most
    if not pips or row.w - wide < room + theme.px(24):
        return [words]
    return [words, Pips(Rect(words.rect.right + theme.px(24), row.y, room, row.h), view.attempts_left, most)]


def _keys(area: Area, theme: Theme, texts: Texts, pad: Rect) -> list[Widget]:
    """Return the pad; cells are places on it, which character each means only the signer knows."""
    places = pad_places(area, pad)
    erase, clear = places.pop("erase"), places.pop("other")
    return [
        *(
            Key(place, sign, KeyKind.SYMBOL, press=CellPressed(DIGIT_PAD.index(sign)), secret=True)
            for sign, place in places.items()
        ),
        erasing(area, theme, erase, (texts("prefill-pin.erase"), texts("entry.erase")), CellErased(), secret=True),
        Key(clear, texts("prefill-pin.clear"), KeyKind.FUNCTION, face=ERASE, press=CellsCleared(), secret=True),
    ]
