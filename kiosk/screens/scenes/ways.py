"""The ways on and out that several scenes share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import Act, Actions, back, stop

if TYPE_CHECKING:
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme

LEAVE = Opened(Overlay.LEAVE)


def leave(texts: Texts) -> Act:
    """Return the quiet やめる that asks first whether the citizen means it."""
    return stop(texts("button.stop"), LEAVE)


def way(area: Area, theme: Theme, texts: Texts, main: Act | None = None, hint: str = "") -> Actions:
    """Return 戻る, やめる and the way on; where the words leave no room for it, the hint is not said."""
    crowded = area.small and main is not None
    large = theme.text_factor > 1.0 and main is not None
    return Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=leave(texts),
        main=main,
        hint="" if crowded else hint,
        main_px=320 if large and not area.small else None,
    )
