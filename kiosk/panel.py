"""Lamp and sounds in the journey's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.panel import SOUNDS, Lamp, Panel, Sound
from kiosk.voice.tone import beeps

if TYPE_CHECKING:
    from collections.abc import Callable


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
