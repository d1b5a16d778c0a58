"""Laying words below one another, and choosing the first arrangement that has room for them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role, Widget
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Pill
from kiosk.screens.widgets.picture import Illustration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.theme import Theme

Arrangement = list[Widget]

# The body, and how far it grows where it has not room: a scene would rather drop its picture first.
BODIES: Final = (
    Type.BODY,
    Face(28, 42, most=39),
    Face(28, 42, most=34),
    Face(28, 42, most=28, small=24),
)
_WAITING: Final = (Face(26, 34, most=34), Face(24, 28, most=28))  # the hint beside a working device


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

    def centred(self) -> Arrangement:
        """Return what was laid, moved to the middle of the place's height."""
        return in_the_middle(self.widgets, self.place)


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


def body(area: Area, theme: Theme) -> Rect:
    """Return the place below the scene's title."""
    place, line = area.heading, theme.face(Type.HEADING).line
    top = place.y + max(place.h, line) + theme.px(4 if area.small else 18)
    return Rect(area.content.x, top, area.content.w, area.content.bottom - theme.px(8) - top)


def beside(place: Rect, theme: Theme, name: str, wide: int, gap: int) -> tuple[Illustration, Rect]:
    """Return a picture at the left, `wide` design px, in the middle of the height, and the place at its right."""
    width = theme.px(wide)
    high = theme.picture_height(name, width)
    picture = Illustration(Rect(place.x, place.y + max(0, (place.h - high) // 2), width, high), name)
    used = width + theme.px(gap)
    return picture, Rect(place.x + used, place.y, place.w - used, place.h)


def facts(view: View) -> dict[str, str]:
    """Return what texts may say about the place."""
    place = view.place
    return {"city": place.city, "counter": place.counter, "pick_up": place.pick_up, "hours": place.hours}


def working_hint(area: Area, theme: Theme, working: str, hint: str) -> Arrangement:
    """Return the pill of a working device with a hint, at the right of the action bar."""
    bar = area.back
    if area.low:
        return _low_working_hint(area, theme, working, hint)
    pill = Pill(Rect(0, 0, 0, theme.px(64)), working, "illustration.blue")
    width, gap = pill.width(theme), theme.px(16)

    def said(face: Type | Face) -> Arrangement:
        wide = min(theme.width(hint, face) + 1, area.content.w - width - gap)
        words = Rect(area.content.right - wide, bar.y, wide, bar.h)
        place = Rect(words.x - gap - width, bar.y + (bar.h - pill.rect.h) // 2, width, pill.rect.h)
        return [replace(pill, rect=place), Label(words, hint, face, middle=True)]

    return fitting(theme, area.panel, *(partial(said, face) for face in (Type.BODY, *_WAITING)))


def _low_working_hint(area: Area, theme: Theme, working: str, hint: str) -> Arrangement:
    """Return the same in the lower-half layout, at the right of 文字・言語."""
    left, bar = area.display_settings.right + theme.px(16), area.back
    pill = Pill(Rect(left, 0, 0, theme.px(64)), working, "illustration.blue")
    place = Rect(left, bar.y + (bar.h - pill.rect.h) // 2, pill.width(theme), pill.rect.h)
    words = Rect(place.right + theme.px(16), bar.y, area.content.right - place.right - theme.px(16), bar.h)
    alone = Rect(left, bar.y, area.content.right - left, bar.h)
    faces = (Type.BODY, *_WAITING)

    def said(face: Type | Face, *, pilled: bool) -> Arrangement:
        label = Label(words if pilled else alone, hint, face, middle=True)
        return [replace(pill, rect=place), label] if pilled else [label]

    ways = [partial(said, face, pilled=pilled) for pilled in (True, False) for face in faces]
    return fitting(theme, area.panel, *ways)


def in_the_middle(arranged: Arrangement, place: Rect) -> Arrangement:
    """Return an arrangement in the middle of a place's height; one that is higher than the place stays."""
    top = min((widget.rect.y for widget in arranged), default=place.y)
    low = max((widget.rect.bottom for widget in arranged), default=place.y)
    spare = place.h - (low - top)
    down = place.y + spare // 2 - top if spare > 0 else 0
    return [replace(widget, rect=widget.rect.moved(0, down)) for widget in arranged]


def above(arranged: Arrangement, foot: Widget, gap: int) -> Arrangement:
    """Return an arrangement with `foot` below it: pushed down, out of its place, where the arrangement is too high."""
    lowest = max((widget.rect.bottom for widget in arranged), default=0)
    return [*arranged, replace(foot, rect=foot.rect.moved(0, max(0, lowest + gap - foot.rect.y)))]


def each_above(ways: Iterable[Callable[[], Arrangement]], foot: Widget, gap: int) -> list[Callable[[], Arrangement]]:
    """Return the ways to lay something with `foot` below it."""

    def laid(way: Callable[[], Arrangement]) -> Arrangement:
        return above(way(), foot, gap)

    return [partial(laid, way) for way in ways]
