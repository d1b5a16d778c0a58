"""The focus of the physical keys: one target at a time, in the order of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.widgets.focus import REACH, FocusRing
from kiosk.screens.widgets.surfaces import Veil

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def targets(widgets: Sequence[Widget]) -> list[Widget]:
    """Return what the focus can stand on, in its order; under a veil the dialog's parts and what it leaves free."""
    found = [
        (widget, index)
        for index, widget in enumerate(widgets)
        if widget.touchable and not covered(widget, widgets[index + 1 :])
    ]
    found.sort(key=lambda pair: (pair[0].focus_order or 0, pair[1]))
    return [widget for widget, _ in found]


def covered(widget: Widget, above: Sequence[Widget]) -> bool:
    """Tell whether a veil among the widgets above lies over a widget."""
    return any(isinstance(other, Veil) and other.rect.meets(widget.rect) for other in above)


def moved(widgets: Sequence[Widget], focused: Widget | None, by: int) -> Widget | None:
    """Return the target `by` places further, the first one when nothing was focused, None without targets."""
    places = targets(widgets)
    if not places:
        return None
    if focused not in places:
        return places[0 if by > 0 else -1]
    return places[(places.index(focused) + by) % len(places)]


def ring_around(widget: Widget, theme: Theme) -> FocusRing:
    """Return the ring to be drawn last."""
    return FocusRing(widget.rect.grown(theme.px(REACH)), widget.radius())
