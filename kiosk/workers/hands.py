"""The hands: give each command of the journey to whoever carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from kiosk.journey import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.journal import Journal
    from kiosk.workers.camera import Darkroom
    from kiosk.workers.card import CardWorker
    from kiosk.workers.clerk import Clerk
    from kiosk.workers.converter import ConverterWorker


class PanelHands(Protocol):
    """What the panel can do; names are those of the journey's lamps and sounds."""

    def show(self, lamp: str) -> None:
        """Show a lamp."""
        ...

    def sound(self, sound: str) -> None:
        """Play a sound."""
        ...


class MachineHands(Protocol):
    """What can be done with the machine itself."""

    def open_staff_menu(self) -> None:
        """End serving; the staff's program has the screen next."""
        ...

    def power_off(self) -> None:
        """Have the machine switched off."""
        ...

    def dim(self, *, dimmed: bool) -> None:
        """Set the screen's backlight."""
        ...


class Hands:
    """Carries out commands, without ever waiting for one."""

    def __init__(
        self,
        card: CardWorker,
        clerk: Clerk,
        converter: ConverterWorker,
        camera: Darkroom,
        panel: PanelHands,
        journal: Journal,
        flush: Callable[[], None],
        give_up: Callable[[str], None],
        machine: MachineHands,
    ) -> None:
        """`flush` clears the screen library's memory of touches; `give_up` ends the program."""
        self._ways: Mapping[type[commands.Command], Callable[[Any], None]] = {
            commands.ProbeCard: lambda _: card.give(card.probe),
            commands.ReadHolder: lambda command: card.give(lambda: card.read_holder(command)),
            commands.Sign: lambda command: card.give(lambda: card.sign(command)),
            commands.PreparePage: lambda command: clerk.give(lambda: clerk.prepare(command)),
            commands.Convert: converter.convert,
            commands.AskReading: converter.read,
            commands.ForgetTyping: lambda _: converter.forget(),
            commands.OpenCamera: camera.open,
            commands.AskFrame: camera.look,
            commands.TakePhotograph: camera.photograph,
            commands.CloseCamera: lambda _: camera.close(),
            commands.SetLamp: lambda command: panel.show(command.lamp),
            commands.Play: lambda command: panel.sound(command.sound),
            commands.CallStaff: lambda command: journal.warn("staff", wanted=command.wanted),
            commands.Record: lambda command: _record(journal, command),
            commands.Flush: lambda _: flush(),
            commands.OpenStaffMenu: lambda _: machine.open_staff_menu(),
            commands.PowerOff: lambda _: machine.power_off(),
            commands.Dim: lambda command: machine.dim(dimmed=command.dimmed),
            commands.GiveUp: lambda command: give_up(command.step),
        }

    def carry_out(self, asked: list[commands.Command]) -> None:
        """Carry out everything that was asked for, in order."""
        for command in asked:
            self._ways[type(command)](command)


def _record(journal: Journal, command: commands.Record) -> None:
    if command.detail:
        journal.note(command.event, step=command.step.value, detail=command.detail)
    else:
        journal.note(command.event, step=command.step.value)
