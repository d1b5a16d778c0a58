"""The place where a virtual card is laid: which card lies there, and what happens to each command."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING

from drivers.virtual.card import VirtualCard
from drivers.virtual.faults import ArmedFault, Fault, FaultKind, When
from drivers.virtual.image import load_image

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What comes back: an answer after `delay` seconds, or None when none ever comes.

    `lifts`: the card goes away with this command, after its answer if there is one.
    """

    answer: bytes | None
    delay: float = 0.0
    lifts: bool = False


class Tray:
    """Cards by persona, of which at most one lies here; their counters live as long as the tray.

    Safe to use from several threads. `changed` is notified at every laying and lifting.
    """

    def __init__(self, directory: Path) -> None:
        """Use the card images in `directory`/cards; each is read when it is laid for the first time."""
        self._folder = directory / "cards"
        self._cards: dict[str, VirtualCard] = {}
        self._laid: VirtualCard | None = None
        self._armed: ArmedFault | None = None
        self.changed = Condition()
        self.layings = 0

    @property
    def laid(self) -> VirtualCard | None:
        """The card lying here."""
        return self._laid

    def personas(self) -> list[str]:
        """Name the cards there are."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def titles(self) -> dict[str, str]:
        """Return what a demonstration calls each card; raises PersonaInvalid."""
        return {name: load_image(self._folder / f"{name}.json").title for name in self.personas()}

    def lay(self, persona: str) -> None:
        """Lay a card down, lifting another one first; raises PersonaInvalid."""
        with self.changed:
            if persona not in self._cards:
                self._cards[persona] = VirtualCard(load_image(self._folder / f"{persona}.json"))
            self.lift()
            self._laid = self._cards[persona]
            self.layings += 1
            self.changed.notify_all()

    def lift(self) -> None:
        """Take the card away: it loses its power. Nothing happens without one."""
        with self.changed:
            if self._laid is None:
                return
            self._laid.power_off()
            self._laid = None
            self.changed.notify_all()

    def renew(self) -> None:
        """Make every card new again (counters, tries) and leave the tray empty."""
        with self.changed:
            self._armed = None
            self.lift()
            self._cards.clear()

    def arm(self, fault: Fault | None) -> None:
        """Arm a fault in place of the one armed before; None disarms."""
        with self.changed:
            self._armed = ArmedFault(fault) if fault else None

    def exchange(self, command: bytes) -> Reply:
        """Carry a command to the card that lies here and bring back what comes of it.

        With no card there is no answer. A removal lifts the card before this returns.
        """
        with self.changed:
            if self._laid is None:
                return Reply(None, lifts=True)
            if self._armed is None or not self._armed.strikes(command):
                return Reply(self._laid.transmit(command))
            fault, self._armed = self._armed.fault, None
            reply = self._faulty(self._laid, fault, command)
            if reply.lifts:
                self.lift()
            return reply

    @staticmethod
    def _faulty(card: VirtualCard, fault: Fault, command: bytes) -> Reply:
        if fault.kind is FaultKind.REMOVE:
            return _removal(card, fault.when, command)
        if fault.kind is FaultKind.STATUS:
            return Reply(fault.status.to_bytes(2, "big"))
        answer = card.transmit(command)
        if fault.kind is FaultKind.HANG:
            return Reply(None)
        if fault.kind is FaultKind.SHORT:
            return Reply(answer[:1])
        return Reply(answer, delay=fault.seconds)

    def state(self) -> dict[str, object]:
        """Tell about the card lying here, and about forbidden accesses on any card. Counters are its whole life's."""
        with self.changed:
            card = self._laid
            tripwires = sum(each.tripwires for each in self._cards.values())
            if card is None:
                return {"laid": None, "tripwires": tripwires}
            return {
                "laid": card.persona,
                "attempts_left": card.attempts_left(),
                "apdus": card.counts.apdus,
                "bytes_out": card.counts.bytes_out,
                "bytes_in": card.counts.bytes_in,
                "power_ups": card.counts.power_ups,
                "verifies": card.verifies,
                "tripwires": tripwires,
            }


def _removal(card: VirtualCard, when: When, command: bytes) -> Reply:
    if when is When.AFTER:
        return Reply(card.transmit(command), lifts=True)
    if when is When.MID:
        card.tear(command)
    return Reply(None, lifts=True)
