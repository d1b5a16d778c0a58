"""The ways on and out that several scenes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import Act, Actions, back, stop

if TYPE_CHECKING:
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts

LEAVE: Final = Opened(Overlay.LEAVE)
MAIN_PX: Final = 320  # with やめる beside 戻る the way on is narrower, so that the hint has room


def leave(texts: Texts) -> Act:
    """Return the quiet やめる that asks first whether the citizen means it."""
    return stop(texts("button.stop"), LEAVE)


def way(area: Area, texts: Texts, main: Act | None = None, hint: str = "") -> Actions:
    """Return 戻る, やめる and the way on; on the 7 inch panel the hint gives way to the three buttons."""
    crowded = area.small and main is not None
    return Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=leave(texts),
        main=main,
        hint="" if crowded else hint,
        main_px=None if area.small else MAIN_PX,
    )
