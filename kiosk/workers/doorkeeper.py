"""Tells the updater whether somebody is here, and closes the kiosk when it asks, after a visit that is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.door import UPDATE, Presence
from kiosk.journey.map import Step

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.door import KioskDoor
    from kiosk.workers.health import Health

_PRESENCE: Final = {Step.ATTRACT: Presence.OPEN, Step.OUT_OF_SERVICE: Presence.CLOSED}


class Doorkeeper:
    """Asked by the main loop once a second."""

    def __init__(self, door: KioskDoor, clock: Clock, health: Health) -> None:
        self._door = door
        self._clock = clock
        self._health = health

    def look(self, step: Step, drawn: int) -> None:
        """Hear the updater's wish, and tell where the journey stands and how many frames were drawn."""
        now = self._clock.ticks()
        self._health.report(UPDATE, well=not self._door.asked_to_close(now))
        self._door.tell(_PRESENCE.get(step, Presence.VISIT), self._health.wrong, drawn, now)
