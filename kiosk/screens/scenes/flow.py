"""Laying words below one another, and choosing the first arrangement that has room for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role, Widget
from kiosk.screens.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.screens.theme import Theme

Arrangement = list[Widget]


@dataclass
class Column:
    """A place that fills from the top; `y` is where the next thing begins."""

    theme: Theme
    place: Rect
    widgets: Arrangement = field(default_factory=list)
    y: int = field(init=False)

    def __post_init__(self) -> None:
        self.y = self.place.y

    @property
    def left(self) -> int:
        """How many panel pixels are still free; negative where too much was laid."""
        return self.place.bottom - self.y

    def skip(self, design: float) -> None:
        """Leave some design pixels empty."""
        self.y += self.theme.px(design)

    def take(self, high: int) -> Rect:
        """Return the next `high` panel pixels over the whole width."""
        taken = Rect(self.place.x, self.y, self.place.w, high)
        self.y += high
        return taken

    def add(self, *widgets: Widget) -> None:
        """Add widgets that were laid into rectangles taken here."""
        self.widgets += widgets

    def say(
        self,
        text: str,
        face: Type | Face = Type.BODY,
        colour: str = "ink",
        align: Align = Align.LEFT,
        role: Role | None = Role.PARAGRAPH,
    ) -> None:
        """Add a text as high as it is when broken to the width."""
        place = self.take(self.theme.height(text, face, self.place.w))
        self.add(Label(place, text, face, colour, align, role=role))

    def __iter__(self) -> Iterator[Widget]:
        return iter(self.widgets)


def fitting(theme: Theme, bounds: Rect, *attempts: Callable[[], Arrangement]) -> Arrangement:
    """Return the first arrangement whose words fit their places and whose places lie within `bounds`, else the last."""
    arranged: Arrangement = []
    for attempt in attempts:
        arranged = attempt()
        if all(widget.fits(theme) and _within(widget.rect, bounds) for widget in arranged):
            break
    return arranged


def _within(rect: Rect, bounds: Rect) -> bool:
    return bounds.x <= rect.x and bounds.y <= rect.y and rect.right <= bounds.right + 1 and rect.bottom <= bounds.bottom
