"""The hint of the lower-half layout: in the action bar where the way on leaves room, else where the scene is free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import HINT, Face, Type
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.screens.area import Area
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_BESIDE_WORDS: Final = 120  # design px that a notice takes beside its words
_WIDE: Final = 400  # design px from which the bar's room is as good as in the other layouts
_AIR: Final = 8  # design px between a notice and whatever is beside it
_LEAST: Final = Face(26, 34, most=26)
_IN_BAR: Final = (Type.BODY, HINT, _LEAST, Face(24, 28, most=24))


@dataclass(frozen=True, slots=True)
class LowHint(Notice):
    """A hint that has no place yet; its rectangle is what the buttons of the action bar leave free.

    One that says why the way on is not open must be said; any other is left out where no place is free.
    """

    must: bool = False

    def fits(self, theme: Theme) -> bool:  # noqa: ARG002, D102  # it will find a place
        return True


def settled(widgets: Sequence[Widget], area: Area, theme: Theme) -> list[Widget]:
    """Return the widgets with the hint where nothing else stands."""
    hint = next((widget for widget in widgets if isinstance(widget, LowHint)), None)
    if hint is None:
        return list(widgets)
    others = [_inked(widget, theme) for widget in widgets if widget is not hint and not isinstance(widget, Band)]
    ways = list(_ways(hint, area, theme))
    free = [way for way in ways if way.fits(theme) and not any(way.rect.meets(other) for other in others)]
    placed = next((way for way in free if _airy(way, others, theme)), None)
    if placed is None and hint.must:
        placed = next(iter(free), ways[-1])
    return [found for widget in widgets if (found := placed if widget is hint else widget) is not None]


def _airy(way: Widget, others: Sequence[Rect], theme: Theme) -> bool:
    """Tell whether a notice's border touches nothing above or below it."""
    around = way.rect.inset(0, -theme.px(_AIR)) if isinstance(way, Notice) else way.rect
    return not any(around.meets(other) for other in others)


def _ways(hint: LowHint, area: Area, theme: Theme) -> Iterator[Widget]:
    bar, text = hint.rect, hint.text
    in_bar = [Label(bar, text, face, align=Align.RIGHT, middle=True) for face in _IN_BAR]
    if bar.w >= theme.px(_WIDE):
        yield from in_bar
    for place in (area.reading, area.controls.moved(0, -theme.px(8))):
        yield from _notices(place, text, theme)
    yield from in_bar


def _notices(place: Rect, text: str, theme: Theme) -> Iterator[Notice]:
    """Yield notices at the foot of a place, as wide as their words and narrower, the last ones in smaller type."""
    least = theme.px(640)
    for face, wide, high in (
        (Type.BODY, max(_alone(text, Type.BODY, theme), least), 72),
        (Type.BODY, _alone(text, Type.BODY, theme), 72),
        (HINT, least, 88),
        (HINT, _alone(text, HINT, theme), 72),
        (_LEAST, _alone(text, _LEAST, theme), 64),
    ):
        rect = Rect(place.x, place.bottom - theme.px(high), min(place.w, wide), theme.px(high))
        yield Notice(rect, text, face=face)


def _alone(text: str, face: Type | Face, theme: Theme) -> int:
    """Return how wide a notice is whose words stand on one line."""
    return theme.width(text, face) + theme.px(_BESIDE_WORDS)


def _inked(widget: Widget, theme: Theme) -> Rect:
    """Return where a widget draws: of a label its lines only."""
    return widget.lines_rect(theme) if isinstance(widget, Label) else widget.rect
