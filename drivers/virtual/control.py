"""The client's side of the virtual card's control socket: what tests and the demonstration bar hold."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

import msgspec

from drivers.errors import DeviceError
from drivers.virtual import orders
from drivers.virtual.faults import Fault, FaultKind, When

if TYPE_CHECKING:
    from pathlib import Path

_TIMEOUT: Final = 10.0  # seconds


class TrayError(DeviceError):
    """The virtual card's process refused an order or does not answer; the message says why."""


class VirtualTray:
    """Lays, lifts and swaps virtual cards in the process that serves them."""

    def __init__(self, socket_path: Path) -> None:
        """Use the control socket at `socket_path`; each order is a connection of its own."""
        self._path = socket_path

    def lay(self, persona: str, gap: float = orders.HAND) -> None:
        """Lay a persona's card down, no sooner than `gap` seconds after the last one left."""
        self._ask(orders.Lay(persona, gap))

    def lift(self) -> None:
        """Take the card away."""
        self._ask(orders.Lift())

    def swap(self, persona: str, gap: float = orders.HAND) -> None:
        """Take the card away and lay another one down `gap` seconds later."""
        self._ask(orders.Swap(persona, gap))

    def fault(
        self,
        kind: FaultKind,
        at: int | str = 1,
        when: When = When.MID,
        *,
        seconds: float = 0.0,
        status: int = 0x6F00,
    ) -> None:
        """Arm a fault at the n-th command from now, or at the next `select`, `read`, `verify` or `sign`."""
        self._ask(orders.ArmFault(kind, at, when, seconds, status))

    def mend(self) -> None:
        """Disarm the fault that has not happened yet."""
        self._ask(orders.Mend())

    def renew(self) -> None:
        """Make every card new again (counters, tries) and leave the tray empty."""
        self._ask(orders.Renew())

    def state(self) -> dict[str, object]:
        """Return `laid`, `attempts_left`, `apdus`, `bytes_out`, `bytes_in`, `verifies`, `power_ups`, `tripwires`."""
        return self._ask(orders.State())

    def personas(self) -> dict[str, str]:
        """Return the cards there are: persona to title."""
        return msgspec.convert(self._ask(orders.Personas())["personas"], dict[str, str])

    def _ask(self, order: orders.Order) -> dict[str, object]:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(_TIMEOUT)
                line.connect(str(self._path))
                line.sendall(msgspec.json.encode(order) + b"\n")
                with line.makefile("rb") as answers:
                    answer: dict[str, object] = msgspec.json.decode(answers.readline(), type=dict)
        except (OSError, msgspec.DecodeError) as error:
            raise TrayError(f"the virtual card at {self._path} does not answer: {error}") from error
        if not answer.pop("ok"):
            raise TrayError(str(answer["error"]))
        return answer


__all__ = ["Fault", "FaultKind", "TrayError", "VirtualTray", "When"]
