"""Lamp and sounds in the journey's words."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from drivers.errors import PanelAbsent
from drivers.panel import SOUNDS, Lamp, Panel, Sound
from kiosk.voice.tone import beeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journal import Journal


def fitted(make: Callable[[], Panel], journal: Journal) -> Panel:
    """Return the panel that `make` makes, one without parts where the machine does not have the pins.

    Lamp, buzzer and buttons are aids: the self-test reports what is missing, and nobody is turned away for it.
    """
    try:
        return make()
    except PanelAbsent as absent:
        cause = absent.__cause__
        journal.error("panel-absent", reason=errno.errorcode.get(getattr(cause, "errno", None) or 0, "no-chip"))
        return Panel("none")


class PanelOfJourney:
    """The panel in the journey's words."""

    def __init__(self, panel: Panel, signal: Callable[[bytes], None] | None = None) -> None:
        """`signal` plays sounds on the loudspeaker, where the panel has no buzzer."""
        self._panel, self._signal = panel, signal

    def show(self, lamp: str) -> None:
        """Show a lamp."""
        self._panel.set_lamp(Lamp(lamp))

    def sound(self, sound: str) -> None:
        """Play a sound."""
        if self._panel.has_buzzer:
            self._panel.play(Sound(sound))
        elif self._signal is not None:
            self._signal(beeps(*SOUNDS[Sound(sound)]))
