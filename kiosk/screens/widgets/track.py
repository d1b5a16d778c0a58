"""The track of an application: 署名済み → 送信待ち → 受付済み."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.marks import Phase

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

_WORD: Final = Face(28, 38, bold=True, most=36)
_TIME: Final = Face(24, 32, most=32)
_CIRCLE: Final = 56
_COLUMN: Final = 200


@dataclass(frozen=True, slots=True)
class Station:
    """One place of the track: its word, the time or a remark below, and whether it is reached."""

    word: str
    detail: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class Track(Widget):
    """Stations joined by lines, in the middle of the rectangle."""

    stations: tuple[Station, ...]

    def draw(self, canvas: Canvas) -> None:
        column, overlap = self._column(canvas.theme), canvas.px(4)
        width = len(self.stations) * column - (len(self.stations) - 1) * overlap
        column = min(column, (self.rect.w + overlap) // len(self.stations))
        x = self.rect.x + max(0, self.rect.w - width) // 2
        for index, station in enumerate(self.stations):
            place = Rect(x + index * (column - overlap), self.rect.y, column, self.rect.h)
            if index:
                self._draw_link(canvas, place, station)
            self._draw_station(canvas, place, station)

    @staticmethod
    def _draw_link(canvas: Canvas, place: Rect, station: Station) -> None:
        high, wide = canvas.px(6), canvas.px(64)
        circle = canvas.px(_CIRCLE)
        top = place.y + (circle - high) // 2
        colour = "success" if station.phase is Phase.DONE else "edge"
        canvas.box(Rect(place.x + canvas.px(2) - wide // 2, top, wide, high), colour, radius=canvas.px(3))

    @staticmethod
    def _draw_station(canvas: Canvas, place: Rect, station: Station) -> None:
        size = canvas.px(_CIRCLE)
        mark = Rect(place.centre[0] - size // 2, place.y, size, size)
        if station.phase is Phase.DONE:
            canvas.disc(mark, "success")
            canvas.icon(mark.centred(canvas.px(34), canvas.px(34)), "check", 7, "surface")
        elif station.phase is Phase.NOW:
            canvas.disc(mark, "here", "edge", canvas.px(4))
            canvas.icon(mark.centred(canvas.px(36), canvas.px(36)), "clock", 5, "on_here")
        else:
            canvas.disc(mark, "surface", "edge", canvas.px(4))
        line = canvas.theme.face(_WORD).line
        top = mark.bottom + canvas.px(8)
        canvas.text(Rect(place.x, top, place.w, line), station.word, _WORD, align=Align.CENTRE)
        below = Rect(place.x, top + line, place.w, canvas.theme.face(_TIME).line)
        canvas.text(below, station.detail, _TIME, "ink_soft", Align.CENTRE)

    def _column(self, theme: Theme) -> int:
        """Return how wide a station is: as its words need, where two or three of them have room for that."""
        words = [theme.width(station.word, _WORD) for station in self.stations]
        return max(theme.px(_COLUMN), *words, *(theme.width(station.detail, _TIME) for station in self.stations))

    def height(self, theme: Theme) -> int:
        """Return how high the track is with its words, in panel pixels."""
        below = theme.face(_TIME).line if any(station.detail for station in self.stations) else 0
        return theme.px(_CIRCLE) + theme.px(8) + theme.face(_WORD).line + below

    def fits(self, theme: Theme) -> bool:
        room = min(self._column(theme), self.rect.w // max(1, len(self.stations)))
        return all(
            theme.width(station.word, _WORD) <= room and theme.width(station.detail, _TIME) <= room
            for station in self.stations
        )

    def meaning(self) -> Meaning:
        reached = [station for station in self.stations if station.phase is not Phase.LATER]
        return Meaning(Role.STATE, reached[-1].word if reached else "")
