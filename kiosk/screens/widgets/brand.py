"""Whose kiosk this is: the city's mark, name and service, or that it is a simulation."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.marks import Tag

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas

_SEAL: Final = Face(36, 60, bold=True, most=36, small=30)
_CITY: Final = Face(28, 34, bold=True, most=28, small=24)
_SERVICE: Final = Face(24, 30, most=24)
_OVER: Final = 40  # a longer name of the service may reach into the space before the step bar
_MARK: Final = Face(24, 30, bold=True, most=24, small=22)


@dataclass(frozen=True, slots=True)
class Brand(Widget):
    """The mark and the name at the left of the header; `demo` takes the place of the service's name."""

    seal: str
    city: str
    service: str
    demo: str = ""

    def draw(self, canvas: Canvas) -> None:
        size = canvas.px(60)
        mark = Rect(self.rect.x, self.rect.y, size, self.rect.h).centred(size, size)
        canvas.box(mark, "primary", radius=canvas.px(14))
        canvas.text(mark, self.seal, _SEAL, "on_primary", Align.CENTRE, middle=True)
        x = mark.right + canvas.px(14)
        high = canvas.theme.face(_CITY).line
        below = "" if canvas.theme.small and not self.demo else self.demo or self.service
        line = canvas.theme.face(_SERVICE).line
        top = self.rect.y + (self.rect.h - high - (line if below else 0)) // 2
        room = self.rect.right - x + canvas.px(_OVER)
        canvas.text(Rect(x, top, room, high), self.city, _CITY)
        if self.demo:
            tag = Tag(Rect(x, top + high, 0, line), self.demo, fill="here", word="on_here", face=_MARK)
            tag.at(Rect(x, top + high, room, line), canvas.theme).draw(canvas)
        elif below:
            canvas.text(Rect(x, top + high, room, line), below, _SERVICE, "ink_soft")

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, f"{self.city} {self.demo or self.service}")
