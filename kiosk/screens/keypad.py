"""The physical keys: next, previous, select and back alone work every scene."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Dismissed, Event, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.focus import targets
from kiosk.screens.rect import Rect
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.focus import WAY_OUT
from kiosk.screens.widgets.key import Key

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from kiosk.screens.canvas import Canvas

ROWS_FROM: Final = 13  # so many keys and more are chosen row by row
SETTLE_MS: Final = 300  # a scene that came up under the key is not answered for this long


class Move(StrEnum):
    """What the four keys mean, and the one of the voice."""

    NEXT = "next"
    PREVIOUS = "previous"
    SELECT = "select"
    BACK = "back"
    REPEAT = "repeat"  # say it again


@dataclass(frozen=True, slots=True)
class MoveAsked(Event):
    """A key of the panel was pressed; comes from another thread."""

    move: Move


@dataclass(frozen=True, slots=True)
class RowOfKeys(Widget):
    """A row of a keyboard that has the focus as a whole; it draws nothing, the ring lies around it."""

    first: str = ""
    last: str = ""

    def draw(self, canvas: Canvas) -> None:
        """Draw nothing."""

    def meaning(self) -> Meaning | None:
        """Return the first and the last key."""
        return Meaning(Role.KEY, f"{self.first} – {self.last}")


def stops(widgets: Sequence[Widget]) -> list[tuple[Widget, ...]]:
    """Return where the focus can stand: single targets, and rows of keys where there are many keys."""
    places = targets(widgets)
    if sum(isinstance(place, Key) for place in places) < ROWS_FROM:
        return [(place,) for place in places]
    rows: list[tuple[Widget, ...]] = []
    for (is_key, _), found in groupby(places, lambda place: (isinstance(place, Key), place.rect.y)):
        group = tuple(found)
        rows += [group] if is_key else [(place,) for place in group]
    return rows


def way_out(widgets: Sequence[Widget]) -> Event | None:
    """Return what the back key does here: the action bar's own way out, closing what lies over the step, or 戻る."""
    places = targets(widgets)
    own = [place.press for place in places if place.focus_order == WAY_OUT]
    closing = [place.press for place in places if isinstance(place.press, Dismissed)]
    back = [place.press for place in places if place.press == Pressed(Outcome.BACK)]
    return next(iter([*own, *closing, *back]), None)


class Keypad:
    """Where the focus stands. It shows from the first key on until the next touch."""

    def __init__(self) -> None:
        self.in_use = False
        self._where: Hashable = None
        self._since = 0
        self._at: Widget | None = None  # a target, or the first key of a row
        self._index = 0
        self._inside = False  # within a row

    def take(self, move: Move, widgets: Sequence[Widget], now: int) -> Event | None:
        """Take a key at `now` milliseconds and return what has been pressed with it, if anything."""
        if move is Move.REPEAT:
            return None
        began, self.in_use = self.in_use, True
        if move is Move.BACK:
            return self._back(widgets)
        if not began or self._at is None:
            self._begin(widgets)
            return None
        if move is Move.SELECT:
            return self._select(widgets, now)
        self._move(widgets, 1 if move is Move.NEXT else -1)
        return None

    def settle(self, widgets: Sequence[Widget], where: Hashable, now: int) -> None:
        """Keep the focus where it was; on another scene, given by `where`, it starts at the main thing."""
        if where != self._where:
            self._where, self._since, self._at, self._inside = where, now, None, False
        if not self.in_use:
            return
        if self._at is None:
            self._begin(widgets)
            return
        found = self._found(targets(widgets))
        if found is None:
            self._inside = False
            places = stops(widgets)
            found = places[min(self._index, len(places) - 1)][0] if places else None
        self._at = found

    def focused(self, widgets: Sequence[Widget]) -> Widget | None:
        """Return what the ring lies around, None while no key is in use."""
        if not self.in_use or self._at is None:
            return None
        row = self._row(widgets)
        if self._inside or len(row) < 2:
            return self._at
        frame = reduce(Rect.union, (key.rect for key in row))
        ends = [meaning.text for key in (row[0], row[-1]) if (meaning := key.meaning())]
        return RowOfKeys(frame, first=ends[0] if ends else "", last=ends[-1] if ends else "")

    def rest(self) -> None:
        """Let the ring go: the citizen touches the screen."""
        self.in_use, self._at, self._inside = False, None, False

    def forget(self) -> None:
        """Begin anew with the next visit."""
        self.rest()
        self._where = None

    def _begin(self, widgets: Sequence[Widget]) -> None:
        places = stops(widgets)
        self._at, self._index, self._inside = (places[0][0] if places else None), 0, False

    def _back(self, widgets: Sequence[Widget]) -> Event | None:
        if self._inside:
            row = self._row(widgets)
            self._inside, self._at = False, row[0] if row else None
            return None
        return way_out(widgets)

    def _select(self, widgets: Sequence[Widget], now: int) -> Event | None:
        if self._at is None or now - self._since < SETTLE_MS:
            return None
        if not self._inside and len(self._row(widgets)) > 1:
            self._inside = True
            return None
        return self._at.press

    def _move(self, widgets: Sequence[Widget], by: int) -> None:
        if self._inside:
            row = self._row(widgets)
            at = row.index(self._at) if self._at in row else 0
            self._at = row[(at + by) % len(row)] if row else None
            return
        places = stops(widgets)
        if not places:
            self._at = None
            return
        at = next((index for index, place in enumerate(places) if self._at in place), self._index)
        self._index = (at + by) % len(places)
        self._at = places[self._index][0]

    def _row(self, widgets: Sequence[Widget]) -> tuple[Widget, ...]:
        return next((place for place in stops(widgets) if self._at in place), ())

    def _found(self, places: Sequence[Widget]) -> Widget | None:
        """Return the target that the focus was on, as it is now: the same one, or one at its place or of its act."""
        old = self._at
        if old is None or old in places:
            return old
        same_place = (place for place in places if place.rect == old.rect and type(place) is type(old))
        same_act = (place for place in places if place.press == old.press)
        return next(same_place, None) or next(same_act, None)
