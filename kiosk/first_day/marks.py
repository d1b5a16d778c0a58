"""What only the self-test draws: the pattern of the screen and the targets of the touch."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Meaning, Role, Widget

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas

# The eight corners of the colour space, plain: what a loose wire of a panel takes away.
COLOURS: Final = (
    (255, 255, 255), (255, 255, 0), (0, 255, 255), (0, 255, 0), (255, 0, 255), (255, 0, 0), (0, 0, 255), (0, 0, 0),
)  # fmt: skip
_GREYS: Final = 16
_NUMBER: Final = Face(44, 56, bold=True, fixed=True, most=44)


@dataclass(frozen=True, slots=True)
class Pattern(Widget):
    """Eight colours, sixteen greys, single pixels in turn, and a line at the very edge of the panel."""

    def draw(self, canvas: Canvas) -> None:
        bars, below = self.rect.h * 6 // 10, self.rect.h * 2 // 10
        top = Rect(self.rect.x, self.rect.y, self.rect.w, bars)
        for place, colour in zip(top.columns(len(COLOURS), 0), COLOURS, strict=True):
            canvas.surface.fill(colour, place.as_tuple())
        middle = Rect(self.rect.x, top.bottom, self.rect.w, below)
        for index, place in enumerate(middle.columns(_GREYS, 0)):
            grey = 255 * index // (_GREYS - 1)
            canvas.surface.fill((grey, grey, grey), place.as_tuple())
        canvas.surface.fill((255, 255, 255), Rect(self.rect.x, middle.bottom, self.rect.w, below).as_tuple())
        for x in range(self.rect.x, self.rect.right, 2):
            canvas.surface.fill((0, 0, 0), (x, middle.bottom, 1, self.rect.bottom - middle.bottom))

    def meaning(self) -> Meaning:
        return Meaning(Role.PICTURE, "")


@dataclass(frozen=True, slots=True)
class EdgeLine(Widget):
    """One pixel of white within one of black along the edge of the panel."""

    def draw(self, canvas: Canvas) -> None:
        for inset, colour in ((0, (255, 255, 255)), (1, (0, 0, 0))):
            place = self.rect.inset(inset)
            for edge in (
                (place.x, place.y, place.w, 1),
                (place.x, place.bottom - 1, place.w, 1),
                (place.x, place.y, 1, place.h),
                (place.right - 1, place.y, 1, place.h),
            ):
                canvas.surface.fill(colour, edge)


@dataclass(frozen=True, slots=True)
class Target(Widget):
    """A numbered circle to touch; `now` is the one whose turn it is."""

    number: int
    now: bool = False
    done: bool = False

    def draw(self, canvas: Canvas) -> None:
        fill, border = (
            ("success", "success") if self.done else ("primary_tint", "primary") if self.now else ("surface", "edge")
        )
        canvas.disc(self.rect, fill, border, canvas.px(5))
        if self.done:
            canvas.icon(self.rect.centred(self.rect.w // 2, self.rect.h // 2), "check", 7, "surface")
        else:
            colour = "primary" if self.now else "ink_soft"
            canvas.text(self.rect, str(self.number), _NUMBER, colour, Align.CENTRE, middle=True)

    def meaning(self) -> Meaning:
        return Meaning(Role.BUTTON, str(self.number), self.now, self.press, self.done)

    def radius(self) -> int:
        return 44
