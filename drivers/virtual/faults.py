"""Faults to arm on a virtual card: it is torn away, answers late or never, or answers something else."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from drivers.card.iso7816 import Ins


class FaultKind(StrEnum):
    """What goes wrong at the chosen command."""

    REMOVE = "remove"  # the card is lifted
    SLOW = "slow"  # the answer comes `seconds` later
    HANG = "hang"  # no answer comes, until the card is lifted
    STATUS = "status"  # `status` is answered and the command is not carried out
    SHORT = "short"  # the command is carried out and one byte of its answer arrives


class When(StrEnum):
    """Where a removal falls: before the command, inside it (its effect without its answer), or after its answer."""

    BEFORE = "before"
    MID = "mid"
    AFTER = "after"


_NAMED: Final = {
    "select": Ins.SELECT,
    "read": Ins.READ_BINARY,
    "verify": Ins.VERIFY,
    "sign": Ins.PERFORM_SECURITY_OPERATION,
}
_QUERY_LENGTH: Final = 4


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fault, which happens once: at the next command of a name, or at the n-th from now (the next one is 1).

    `verify` means a VERIFY that carries a password, not the query of its counter.
    """

    kind: FaultKind
    at: int | str = 1
    when: When = When.MID
    seconds: float = 0.0
    status: int = 0x6F00

    def __post_init__(self) -> None:
        """Refuse a fault that could never happen."""
        if isinstance(self.at, str) and self.at not in _NAMED:
            raise ValueError(f"a fault happens at a number or at one of {', '.join(_NAMED)}")
        if isinstance(self.at, int) and self.at < 1:
            raise ValueError("the next command is number 1")


class ArmedFault:
    """A fault that waits for its command."""

    def __init__(self, fault: Fault) -> None:
        """Arm `fault`: commands are counted from here."""
        self.fault = fault
        self._seen = 0

    def strikes(self, command: bytes) -> bool:
        """Count this command; say whether it is the one."""
        self._seen += 1
        at = self.fault.at
        if isinstance(at, int):
            return self._seen == at
        if len(command) <= _QUERY_LENGTH and at == "verify":
            return False
        return command[1:2] == bytes((_NAMED[at],))
