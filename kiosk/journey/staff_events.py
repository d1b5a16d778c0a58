"""What the power button inside the case asks for."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journey.events import Event


@dataclass(frozen=True, slots=True)
class StaffMenuAsked(Event):
    """The power button inside the case was held for a while: staff want their menu."""


@dataclass(frozen=True, slots=True)
class PowerOffAsked(Event):
    """The power button inside the case is held down: the machine is to be switched off."""
