"""The ways on and out that several scenes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Act, Actions, back, stop
from kiosk.screens.furniture import furniture

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

LEAVE: Final = Opened(Overlay.LEAVE)
MAIN_PX: Final = 320  # with やめる beside 戻る the way on is narrower, so that the hint has room


def leave(texts: Texts) -> Act:
    """Return the quiet やめる that asks first whether the citizen means it."""
    return stop(texts("button.stop"), LEAVE)


def framed(view: View, area: Area, theme: Theme, texts: Texts, main: Act | None = None, hint: str = "") -> list[Widget]:
    """Return the furniture with 戻る, やめる and the way on; a hint is said where its words have room.

    On the 7 inch panel there is room for one of やめる and hint: a way that is not open yet keeps its reason.
    """
    reason = area.small and main is not None and not main.enabled

    def tried(said: str, *, leaving: bool = not reason) -> list[Widget]:
        actions = Actions(
            back=back(texts("button.back"), Pressed(Outcome.BACK)),
            second=leave(texts) if leaving else None,
            main=main,
            hint=said,
            main_px=None if area.small else MAIN_PX,
        )
        return furniture(view, area, theme, texts, actions)

    for arranged in (tried(hint), tried("")):
        if all(widget.fits(theme) for widget in arranged) and apart(arranged):
            return arranged
    return tried("", leaving=False)


def apart(arranged: list[Widget]) -> bool:
    """Tell whether no target is closer than 8 panel pixels to another."""
    targets = [widget.rect for widget in arranged if widget.press is not None]
    return not any(one.grown(7).meets(other) for at, one in enumerate(targets) for other in targets[at + 1 :])
