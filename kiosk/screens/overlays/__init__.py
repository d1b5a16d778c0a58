"""What can lie over a step: dialogs below the header, and sheets that cover everything."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Overlay
from kiosk.screens.overlays import idle, leave, legal, settings, staff, voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.screens.scene import Scene

OVERLAYS: Final[Mapping[Overlay, Scene]] = MappingProxyType(
    {
        Overlay.SETTINGS: settings.arrange,
        Overlay.VOICE: voice.arrange,
        Overlay.TERMS: partial(legal.arrange, Overlay.TERMS),
        Overlay.PRIVACY: partial(legal.arrange, Overlay.PRIVACY),
        Overlay.COPYRIGHT: partial(legal.arrange, Overlay.COPYRIGHT),
        Overlay.STAFF: staff.arrange,
        Overlay.LEAVE: leave.arrange,
        Overlay.IDLE: idle.arrange,
    }
)
