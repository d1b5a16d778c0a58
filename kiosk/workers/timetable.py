"""Is the kiosk open now? Asked by the clerk's rounds, told to the health; a visit that is going on may finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.workers.health import HOURS

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.hours import OpeningHours
    from kiosk.workers.health import Health


class Timetable:
    """Looks at the clock; one that cannot be right closes the kiosk by itself and must not judge the hours as well."""

    def __init__(self, hours: OpeningHours, clock: Clock, health: Health) -> None:
        self._hours = hours
        self._clock = clock
        self._health = health

    def look(self) -> None:
        """Report whether it is open, and when it opens again."""
        now = self._clock.now()
        if not self._clock.plausible() or self._hours.open_at(now):
            self._health.report(HOURS, well=True)
            return
        opens = self._hours.next_opening(now)
        self._health.report(HOURS, well=False, opens=f"{opens:%Y-%m-%dT%H:%M}" if opens else "")
