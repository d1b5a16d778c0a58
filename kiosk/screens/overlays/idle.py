"""まだお使いですか？ The seconds that are left, and three ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Dismissed, LeaveConfirmed, MoreTimeAsked
from kiosk.journey.map import Step
from kiosk.screens.overlays.cover import Way, dialog
from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.button import Kind
from kiosk.screens.widgets.figure import SECONDS, Ring

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_WHOLE: Final = 30  # seconds of a full ring
_SMALL: Final = Face(48, 56, bold=True, fixed=True, most=48)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the dialog; on the receipt it says that the application is not lost."""
    seconds = view.idle_left or 0
    side = theme.px(112 if area.small else 176)
    ring = Ring(Rect(0, 0, side, side), str(seconds), min(1.0, seconds / _WHOLE), _SMALL if area.small else SECONDS)
    said = texts("idle.filed" if view.step is Step.RECEIPT else "idle.what", seconds=seconds)
    ways = [
        Way(texts("idle.continue"), Dismissed(), Kind.PRIMARY),
        Way(texts("idle.more_time"), MoreTimeAsked(), Kind.SECONDARY),
        Way(texts("idle.end"), LeaveConfirmed()),
    ]
    return dialog(area, theme, texts("idle.title"), [said], ways, ring)
