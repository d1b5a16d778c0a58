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
    from kiosk.screens.theme import Theme

_SEAL: Final = Face(36, 60, bold=True, most=36, small=30)
_CITIES: Final = (Face(28, 34, bold=True, most=28, small=24), Face(24, 30, bold=True, most=24, small=22))
_SERVICE: Final = Face(24, 30, most=24)
_GAP: Final = 14
_OVER: Final = 40  # a longer name of the service may reach into the space before the step bar
_MARK: Final = Face(24, 30, bold=True, most=24, small=22)


@dataclass(frozen=True, slots=True)
class Brand(Widget):
    """The mark and the name at the left of the header; `demo` takes the place of the service's name.

    What has no room beside the mark takes the mark's place; a name for which even that is too little is left out.
    """

    seal: str
    city: str
    service: str
    demo: str = ""

    def draw(self, canvas: Canvas) -> None:
        theme, size = canvas.theme, canvas.px(60)
        marked, face = self._manner(theme)
        x = self.rect.x
        if marked:
            mark = Rect(x, self.rect.y, size, self.rect.h).centred(size, size)
            canvas.box(mark, "primary", radius=canvas.px(14))
            canvas.text(mark, self.seal, _SEAL, "on_primary", Align.CENTRE, middle=True)
            x = mark.right + canvas.px(_GAP)
        high = theme.face(face).line if face else 0
        below = "" if theme.small and not self.demo else self.demo or self.service
        line = theme.face(_SERVICE).line
        top = self.rect.y + (self.rect.h - high - (line if below else 0)) // 2
        room = self.rect.right - x + canvas.px(_OVER)
        if face:
            canvas.text(Rect(x, top, room, high), self.city, face)
        if self.demo:
            tag = Tag(Rect(x, top + high, 0, line), self.demo, fill="here", word="on_here", face=_MARK)
            tag.at(Rect(x, top + high, room, line), theme).draw(canvas)
        elif below:
            canvas.text(Rect(x, top + high, room, line), below, _SERVICE, "ink_soft")

    def _manner(self, theme: Theme) -> tuple[bool, Face | None]:
        """Return whether the mark is drawn, and the face of the name where it has room."""
        beside = self.rect.w - theme.px(60 + _GAP)
        demo = Tag(self.rect, self.demo, face=_MARK).width(theme) if self.demo else 0
        for marked, room in ((True, beside), (False, self.rect.w)):
            face = next((face for face in _CITIES if max(theme.width(self.city, face), demo) <= room), None)
            if face:
                return marked, face
        return demo <= beside, None

    def meaning(self) -> Meaning:
        return Meaning(Role.STATE, f"{self.city} {self.demo or self.service}")
