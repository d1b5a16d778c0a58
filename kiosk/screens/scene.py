"""What a scene is: a pure function from the view to widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


class Scene(Protocol):
    """How one step looks; the same view in the same area always gives the same widgets."""

    def __call__(self, view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
        """Return the widgets from back to front."""
        ...
