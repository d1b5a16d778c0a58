"""The panel's glass, for staff: that something lies on it is told once, and once that it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.journal import Journal


class Glass:
    """Looked at now and then; the citizen sees nothing of it, since whatever lies there acts for nobody."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._stuck = False

    def look(self, *, stuck: bool) -> None:
        """Take what the touch tells (`Touch.stuck`)."""
        if stuck is self._stuck:
            return
        self._stuck = stuck
        if stuck:
            self._journal.warn("touch-stuck")
        else:
            self._journal.note("touch-free")
