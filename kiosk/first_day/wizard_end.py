"""What comes after the staff's program."""

from __future__ import annotations

from enum import StrEnum


class Ending(StrEnum):
    """What comes after the staff's program."""

    OPEN = "open"
    RESTART = "restart"
    STOPPED = "stopped"
