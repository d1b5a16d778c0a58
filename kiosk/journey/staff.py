"""What staff want of the machine itself: their menu, or its end. A visit is wiped first; a card may finish its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journey.commands import Command, Dim, Flush, ForgetTyping, OpenStaffMenu, PowerOff, Record
from kiosk.journey.deadlines import DEVICE_LIMITS
from kiosk.journey.map import Outcome, Step

if TYPE_CHECKING:
    from kiosk.journey.staff_events import PowerOffAsked, StaffMenuAsked
    from kiosk.journey.walk import Walk

POWER, STAFF = "power", "staff"  # reasons of the last scene before the machine goes off, or staff have it
RESTING = frozenset({Step.ATTRACT, Step.OUT_OF_SERVICE})  # where nobody is in the middle of anything


def staff_menu_asked(walk: Walk, _event: StaffMenuAsked) -> list[Command]:
    """Give the screen to the staff."""
    if walk.wanted is None:
        walk.wanted = OpenStaffMenu()
    return carry_out(walk)


def power_off_asked(walk: Walk, _event: PowerOffAsked) -> list[Command]:
    """Switch off, also when the menu was asked for before."""
    walk.wanted = walk.wanted if isinstance(walk.wanted, PowerOff) else PowerOff()
    return carry_out(walk)


def carry_out(walk: Walk) -> list[Command]:
    """Do what staff want as soon as no device is at work; once only."""
    step, wanted = walk.session.step, walk.wanted
    if wanted is None or walk.leaving or step in DEVICE_LIMITS:
        return []
    walk.leaving = True
    walk.session.close()
    walk.session = walk.fresh()
    off = isinstance(wanted, PowerOff)
    walk.closed, walk.closed_facts = (POWER if off else STAFF), {}
    event = "power-off" if off else "staff-menu"
    return [Record(event, step), *walk.go(Outcome.CLOSE), ForgetTyping(), Flush(), wanted]


def dim(walk: Walk) -> list[Command]:
    """Let the screen rest where nobody has touched it for a while, and wake it when somebody is there."""
    idle = walk.session.step in RESTING and walk.now - walk.touched >= walk.rules.dim_after > 0
    if idle is walk.dimmed:
        return []
    walk.dimmed = idle
    return [Dim(idle)]
