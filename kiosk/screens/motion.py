"""The little that moves: the arrow at the tray, and the step of the stage ring. Nothing else, and nothing when calm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kiosk.journey.map import Step
from kiosk.screens.widgets.base import Widget
from kiosk.screens.widgets.marks import Phase, StageLine
from kiosk.screens.widgets.picture import Illustration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.journey.view import View
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

ARROWS: Final = {"lay-card": "lay-card-arrow", "take-card": "take-card-arrow"}
_UP: Final = frozenset({"take-card"})
TRAVEL: Final = 24  # design px
PERIOD: Final = 1600  # ms for the way there and back
_PLACES: Final = 8  # places that the arrow takes on its way
STEP: Final = 400  # ms of a step of the stage ring
_TURNS: Final = 8
_ARROW_STEPS: Final = frozenset({Step.LAY_CARD, Step.PREFILL_CARD, Step.TAKE_CARD})
_STILL: Final = frozenset({"dark", "high_contrast", "yellow_on_black"})


@dataclass(frozen=True, slots=True)
class Arrow(Widget):
    """The arrow over the tray, as wide as the tray's picture, which says what it means; `shift` moves it down."""

    name: str
    shift: int = 0

    def draw(self, canvas: Canvas) -> None:
        """Draw the arrow where it stands."""
        canvas.illustration(self.rect.moved(0, self.shift), self.name)


def frame_ms(view: View, theme: Theme) -> int | None:
    """Return how long a frame stands, None where nothing moves: at night, in stark themes, when calm, under a veil."""
    if view.calm or view.theme in _STILL or theme.stark or view.overlay is not None:
        return None
    if view.step in _ARROW_STEPS:
        return PERIOD // (2 * _PLACES)
    return STEP if view.step is Step.SIGNING else None


def moved(widgets: Sequence[Widget], view: View, theme: Theme, now: int | None) -> list[Widget]:
    """Return the widgets with the arrow over the tray where it stands at `now` ms, and the ring at its step.

    Without a time everything rests.
    """
    moving = now is not None and frame_ms(view, theme) is not None
    now = now or 0
    found: list[Widget] = []
    for widget in widgets:
        found.append(_turned(widget, now) if moving and view.step is Step.SIGNING else widget)
        if isinstance(widget, Illustration) and widget.name in ARROWS:
            shift = _shift(now, theme) if moving else 0
            found.append(_arrow(widget, -shift if widget.name in _UP else shift))
    return found


def _arrow(tray: Illustration, shift: int) -> Arrow:
    return Arrow(tray.rect, ARROWS[tray.name], shift)


def _shift(now: int, theme: Theme) -> int:
    """Return how far the arrow has come, in panel pixels: there and back in one period."""
    place = now % PERIOD * 2 * _PLACES // PERIOD
    return theme.px(TRAVEL) * min(place, 2 * _PLACES - place) // _PLACES


def _turned(widget: Widget, now: int) -> Widget:
    if isinstance(widget, StageLine) and widget.phase is Phase.NOW:
        return replace(widget, turn=now // STEP % _TURNS)
    return widget
