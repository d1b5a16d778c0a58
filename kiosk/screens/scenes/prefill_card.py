"""マイナンバーカードを置いてください, to have the form filled in: the same tray as for signing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.view import CardState
from kiosk.screens.furniture import heading
from kiosk.screens.scenes.lay_card import tray
from kiosk.screens.scenes.ways import framed

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the tray with the state of the card."""
    waiting = view.card in {None, CardState.AWAITED}
    hint = texts("prefill-card.hint" if waiting else "prefill-reading.keep_still")
    return [
        *framed(view, area, theme, texts, hint=hint),
        heading(area, theme, texts("prefill-card.title")),
        *tray(view, area, theme, texts),
    ]
