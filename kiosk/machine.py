"""The machine itself in the journey's words: its backlight, its end, and who has the screen next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from drivers.backlight import FULL, BacklightWish

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.config import Config
    from kiosk.journal import Journal

STAFF_MENU: Final = 5  # exit code of the main loop: the staff's program comes next


class MachineOfJourney:
    """Leaves wishes that the service manager's units carry out: the kiosk has no right to do any of it."""

    def __init__(self, config: Config, journal: Journal, end: Callable[[int], None]) -> None:
        """`end` ends the main loop with an exit code."""
        self._journal = journal
        self._end = end
        self._power_flag = config.panel.power_flag
        self._dim_to = config.screen.dim_to
        self._backlight = BacklightWish(Path(config.screen.backlight) if config.screen.backlight else None)

    def open_staff_menu(self) -> None:
        """End serving; the staff's program has the screen next."""
        self._end(STAFF_MENU)

    def power_off(self) -> None:
        """Wish for the machine's end; where nobody would carry that out, the program ends."""
        self._journal.warn("power-off-wished")
        if self._power_flag:
            Path(self._power_flag).touch()
        else:
            self._end(0)

    def dim(self, *, dimmed: bool) -> None:
        """Wish for another backlight; a wish that cannot be left is no reason to stop serving."""
        try:
            self._backlight.wish(self._dim_to if dimmed else FULL)
        except OSError as error:
            self._journal.warn("backlight-failed", type=type(error).__name__)
