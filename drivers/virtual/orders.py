"""What the virtual card's process can be told over its control socket: one JSON object a line, one answer a line."""

from __future__ import annotations

from typing import Final

import msgspec

from drivers.virtual.faults import Fault

HAND: Final = 0.6
"""Seconds a hand needs between lifting a card and laying one; longer than pcscd's poll of 0.4.

A pcscd that learns of a removal by a command, and finds a card again at its next poll, goes on saying that there is
none.
"""


class Lay(msgspec.Struct, tag_field="do", tag="lay", forbid_unknown_fields=True):
    """Lay a persona's card down, no sooner than `gap` seconds after the last one left; answered after that."""

    persona: str
    gap: float = HAND


class Lift(msgspec.Struct, tag_field="do", tag="lift", forbid_unknown_fields=True):
    """Take the card away."""


class Swap(Lay, tag_field="do", tag="swap", forbid_unknown_fields=True):
    """Take the card away and lay another one down; laying does the same, this says it."""


class ArmFault(Fault, tag_field="do", tag="fault", frozen=True, forbid_unknown_fields=True):
    """Arm a fault, which then happens once."""


class Mend(msgspec.Struct, tag_field="do", tag="mend", forbid_unknown_fields=True):
    """Disarm the fault that has not happened yet."""


class Renew(msgspec.Struct, tag_field="do", tag="renew", forbid_unknown_fields=True):
    """Make every card new again and leave the tray empty."""


class State(msgspec.Struct, tag_field="do", tag="state", forbid_unknown_fields=True):
    """Tell about the card and what it has counted."""


class Personas(msgspec.Struct, tag_field="do", tag="personas", forbid_unknown_fields=True):
    """List the cards there are, with their titles."""


Order = Lay | Lift | Swap | ArmFault | Mend | Renew | State | Personas

decode: Final = msgspec.json.Decoder(Order).decode
