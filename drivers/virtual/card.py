"""The virtual card: an answer for every command APDU, by the emulator contract of the card's reference."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drivers.card import aids
from drivers.card.iso7816 import CLA_ISO, CLA_READER, CLA_SIGN, SELECT_BY_NAME, SELECT_EF, Ins, StatusWord
from drivers.virtual.applet import VirtualApplet
from drivers.virtual.command import Command, Refused, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.virtual.image import CardImage

_CARD_MANAGER: Final = bytes.fromhex("A0000001510000")  # selecting it goes back to the state after power-up
_CHANNEL_BITS: Final = 0x03
_SECURE_MESSAGING_BITS: Final = 0x0C
_SECURE_MESSAGING_UNSUPPORTED: Final = 0x6882


@dataclass(slots=True)
class Counts:
    """What this card has been asked since it was made; `bytes_in` as the kiosk sees them, status words included."""

    apdus: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    power_ups: int = 0


class VirtualCard:
    """One card; its passwords' counters live as long as this object."""

    def __init__(self, image: CardImage) -> None:
        """Make the card; it has no power yet."""
        self._image = image
        self._habits = image.habits
        self._applets = {each.aid: VirtualApplet(each, image.habits) for each in image.applets}
        self._selected: VirtualApplet | None = None
        self._powered = False
        self._fresh = False
        self.counts = Counts()
        self._answers: dict[tuple[int, int], Callable[[Command], bytes]] = {
            (CLA_ISO, Ins.SELECT): self._select,
            (CLA_ISO, Ins.READ_BINARY): lambda command: self._applet().read_binary(command),
            (CLA_ISO, Ins.READ_RECORD): lambda command: self._applet().read_record(command),
            (CLA_ISO, Ins.VERIFY): lambda command: self._applet().verify(command),
            (CLA_SIGN, Ins.PERFORM_SECURITY_OPERATION): lambda command: self._applet().sign(command),
            (CLA_ISO, Ins.GET_CHALLENGE): self._challenge,
            (CLA_ISO, Ins.GET_DATA): self._no_object,
            (CLA_READER, Ins.GET_DATA): lambda _: self._image.uid,
        }

    @property
    def atr(self) -> bytes:
        """The answer to reset; a contactless reader would make it up from the card's ATQB."""
        return self._image.atr

    @property
    def persona(self) -> str:
        """Whose card it is."""
        return self._image.persona

    @property
    def tripwires(self) -> int:
        """How often something forbidden was touched; anything but 0 is a fault of the kiosk."""
        return sum(each.tripwires for each in self._applets.values())

    @property
    def verifies(self) -> int:
        """How many passwords were sent, right ones included."""
        return sum(each.verifies for each in self._applets.values())

    def attempts_left(self) -> int | None:
        """Return the signing password's counter, None on a card without one."""
        applet = self._applets.get(aids.JPKI)
        return applet.tries_left(aids.JpkiFile.SIGN_PASSWORD) if applet else None

    def power_on(self) -> None:
        """Give power, if there is none; giving it twice changes nothing."""
        if not self._powered:
            self._powered = self._fresh = True
            self.counts.power_ups += 1

    def power_off(self) -> None:
        """Take the power away: nothing stays selected or open."""
        self._powered = False
        self._selected = None
        for applet in self._applets.values():
            applet.lock_all()

    def reset(self) -> None:
        """Reset with the power on: what was opened stays open on cards that keep it."""
        self._selected = None
        self._leave()

    def transmit(self, raw: bytes) -> bytes:
        """Answer one command; without power the card powers up, as a reader would have seen to."""
        self.power_on()
        answer = self._answer(raw)
        self.counts.apdus += 1
        self.counts.bytes_out += len(raw)
        self.counts.bytes_in += len(answer)
        return answer

    def tear(self, raw: bytes) -> None:
        """Do what the card still does when the power goes inside this command; there is no answer."""
        if raw[1:2] != bytes((Ins.VERIFY,)):
            self.transmit(raw)
            return
        self.counts.apdus += 1
        self.counts.bytes_out += len(raw)
        try:
            self._applet().verify(parse(raw), torn=True)
        except Refused:
            return

    def _answer(self, raw: bytes) -> bytes:
        first, self._fresh = self._fresh, False
        if first and self._habits.first_command_fails:
            return StatusWord.NO_DIAGNOSIS.to_bytes(2, "big")
        try:
            return self._dispatch(parse(raw)) + StatusWord.OK.to_bytes(2, "big")
        except Refused as refused:
            return refused.status.to_bytes(2, "big")

    def _dispatch(self, command: Command) -> bytes:
        if command.cla != CLA_READER:
            self._check_class(command.cla)
        if command.extended and not self._habits.extended:
            raise Refused(StatusWord.WRONG_LENGTH)
        answer = self._answers.get((command.cla, command.ins))
        if answer is not None and (self._applets or command.cla == CLA_READER):
            return answer(command)
        known = any(command.ins == ins for cla, ins in self._answers if cla != CLA_READER)
        raise Refused(StatusWord.CLA_UNKNOWN if known else StatusWord.INS_UNKNOWN)

    @staticmethod
    def _check_class(cla: int) -> None:
        if cla & _CHANNEL_BITS:
            raise Refused(StatusWord.CHANNEL_UNSUPPORTED)
        if cla & _SECURE_MESSAGING_BITS:
            raise Refused(_SECURE_MESSAGING_UNSUPPORTED)

    def _applet(self) -> VirtualApplet:
        if self._selected is None:
            raise Refused(StatusWord.NO_CURRENT_FILE)
        return self._selected

    def _select(self, command: Command) -> bytes:
        if command.p1 == SELECT_BY_NAME:
            return self._select_applet(command)
        if command.p1 == SELECT_EF:
            if self._selected is None:
                raise Refused(StatusWord.NOT_FOUND)
            return self._selected.select_file(command)
        if command.body is not None:
            raise Refused(StatusWord.NOT_FOUND)  # 3F00 and every other id
        if self._selected is None:
            raise Refused(StatusWord.WRONG_P1P2)
        return b""  # says yes and changes nothing, as measured

    def _select_applet(self, command: Command) -> bytes:
        name = command.body or b""
        if name == _CARD_MANAGER:
            self.reset()
            return b""
        if name not in self._applets:
            raise Refused(StatusWord.NOT_FOUND)  # believed: what was selected stays selected
        if command.expected is not None:
            raise Refused(StatusWord.WRONG_LENGTH)  # real cards were met that refuse this SELECT with an Le byte
        self._leave(staying=name)
        self._selected = self._applets[name]
        self._selected.forget_file()
        return b""

    def _leave(self, staying: bytes = b"") -> None:
        """Close what was opened in the other applets, unless this card keeps it until the power goes."""
        for applet in self._applets.values():
            applet.forget_file()
            if not self._habits.keeps_unlocked and applet.aid != staying:
                applet.lock_all()

    @staticmethod
    def _challenge(command: Command) -> bytes:
        if command.extended or command.expected is None:
            raise Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
        return secrets.token_bytes(command.expected)

    @staticmethod
    def _no_object(_: Command) -> bytes:
        raise Refused(StatusWord.OBJECT_NOT_FOUND)
