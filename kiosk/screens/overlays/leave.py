"""申請をやめますか？ Asked once before everything is wiped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Dismissed, LeaveConfirmed, Pressed
from kiosk.journey.map import Outcome, Step
from kiosk.screens.overlays.cover import Way, dialog
from kiosk.screens.widgets.button import Kind

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

# Steps whose action bar has no 戻る: the way back to the confirmation is offered here.
_BACK: Final = frozenset({Step.PASSWORD, Step.WRONG_PASSWORD})


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the dialog."""
    said = [texts("leave.what")]
    if view.card_present:
        said.append(texts("leave.card"))
    ways = [Way(texts("leave.stay"), Dismissed(), Kind.PRIMARY)]
    if view.step in _BACK:
        ways.append(Way(texts("leave.back"), Pressed(Outcome.BACK), Kind.SECONDARY))
    ways.append(Way(texts("leave.leave"), LeaveConfirmed()))
    return dialog(area, theme, texts("leave.title"), said, ways)
