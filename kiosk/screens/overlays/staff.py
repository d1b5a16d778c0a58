"""職員を呼びました: somebody comes; nothing of the visit is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.events import Dismissed, StaffAnswered
from kiosk.screens.overlays.cover import Way, dialog
from kiosk.screens.widgets.button import Kind

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the dialog; the journey goes on below it."""
    del view
    said = [texts("staff.what"), texts("staff.safe")]
    if not area.small:
        said.append(texts("staff.secret"))
    ways = [
        Way(texts("staff.continue"), Dismissed(), Kind.PRIMARY),
        Way(texts("staff.come"), StaffAnswered()),
    ]
    return dialog(area, theme, texts("staff.title"), said, ways)
