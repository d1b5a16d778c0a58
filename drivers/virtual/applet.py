"""One applet of the virtual card: its files, passwords and keys, and what is open."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from drivers.card.iso7816 import StatusWord
from drivers.virtual.command import Command, Refused
from drivers.virtual.signing import sign

if TYPE_CHECKING:
    from drivers.virtual.image import AppletImage, File, Password
    from drivers.virtual.personas import Habits

_SHORT_ID = 0x80


class VirtualApplet:
    """An applet's answers to commands, by the emulator contract; `tripwires` counts forbidden accesses."""

    def __init__(self, image: AppletImage, habits: Habits) -> None:
        """Bring the applet up: nothing selected, nothing open."""
        self.aid = image.aid
        self._image = image
        self._habits = habits
        self._current: int | None = None
        self._open: set[int] = set()
        self.tripwires = 0
        self.verifies = 0

    def forget_file(self) -> None:
        """Select no file."""
        self._current = None

    def lock_all(self) -> None:
        """Take back every password given."""
        self._current = None
        self._open.clear()

    def select_file(self, command: Command) -> bytes:
        """SELECT by file id: secret files can be selected by anyone, unknown ones not."""
        if command.body is None or len(command.body) != 2:
            raise Refused(StatusWord.WRONG_LENGTH)
        ef = int.from_bytes(command.body, "big")
        image = self._image
        if not any(ef in each for each in (image.files, image.passwords, image.keys, image.records)):
            raise Refused(StatusWord.NOT_FOUND)
        self._current = ef
        return b""

    def read_binary(self, command: Command) -> bytes:
        """READ BINARY of the current file, or of the one a short id in P1 names (and selects)."""
        if command.expected is None:
            raise Refused(StatusWord.WRONG_LENGTH)
        if command.p1 & _SHORT_ID:
            self._current, offset = command.p1 & 0x1F, command.p2
        else:
            offset = command.p1 << 8 | command.p2
        file = self._readable(self._image.files)
        if offset >= len(file.data):
            raise Refused(StatusWord.OFFSET_OUTSIDE)
        most = min(command.expected, self._habits.answer_most)
        return file.data[offset : offset + most]

    def read_record(self, command: Command) -> bytes:
        """READ RECORD 1 of the current file (ISO/IEC 7816-4 §11.4.3, P2 04)."""
        file = self._readable(self._image.records)
        if (command.p1, command.p2) != (1, 4):
            raise Refused(StatusWord.RECORD_NOT_FOUND)
        return file.data[: command.expected]

    def _readable(self, among: dict[int, File]) -> File:
        ef = self._chosen(self._current)
        if ef in self._image.forbidden:
            self.tripwires += 1
        if ef not in among:
            known = ef in self._image.passwords or ef in self._image.keys or ef in self._image.records
            raise Refused(StatusWord.WRONG_FILE_STRUCTURE if known else StatusWord.NOT_FOUND)
        file = among[ef]
        self._demand(file.opened_by)
        return file

    def _demand(self, passwords: tuple[int, ...]) -> None:
        if passwords and not self._open.intersection(passwords):
            raise Refused(StatusWord.NOT_UNLOCKED)

    @staticmethod
    def _chosen(ef: int | None) -> int:
        if ef is None:
            raise Refused(StatusWord.NO_CURRENT_FILE)
        return ef

    def _reference(self, p2: int) -> int:
        """Return the file that P2 of VERIFY or of the signature means: 80 the current one, 80+sfi another."""
        if not p2 & _SHORT_ID:
            raise Refused(StatusWord.WRONG_P1P2)
        return p2 & 0x1F or self._chosen(self._current)

    def verify(self, command: Command, *, torn: bool = False) -> bytes:
        """VERIFY: with a body compare and count, without one tell the counter.

        `torn`: the power goes inside the command. The counter goes down before the comparison and up after it
        [believed of all such cards], so a torn VERIFY costs a try even with the right password.
        """
        ef = self._reference(command.p2)
        if ef not in self._image.passwords:
            raise Refused(StatusWord.WRONG_FILE_STRUCTURE if ef in self._image.files else StatusWord.NOT_FOUND)
        password = self._image.passwords[ef]
        if command.body is None:
            raise Refused(self._counter(ef, password))
        self.verifies += 1
        if ef in self._image.forbidden:
            self.tripwires += 1
        if not password.tries:
            raise Refused(self._habits.locked_status)
        password.tries -= 1
        if torn:
            return b""
        if not hmac.compare_digest(password.value, command.body):
            self._open.discard(ef)
            raise Refused(StatusWord.NO_TRIES | password.tries)
        password.tries = password.most
        self._open.add(ef)
        return b""

    def _counter(self, ef: int, password: Password) -> int:
        if self._habits.tells_unlocked and ef in self._open:
            return StatusWord.OK
        return StatusWord.NO_TRIES | password.tries

    def sign(self, command: Command) -> bytes:
        """COMPUTE DIGITAL SIGNATURE with the key that P2 means."""
        ef = self._reference(command.p2)
        if ef not in self._image.keys:
            raise Refused(StatusWord.WRONG_FILE_STRUCTURE)
        key = self._image.keys[ef]
        self._demand(key.opened_by)
        if not command.body:
            raise Refused(StatusWord.WRONG_LENGTH)
        return sign(key.pkcs8, command.p1, command.body)

    def tries_left(self, ef: int) -> int | None:
        """Return a password's counter, None when there is no such password."""
        password = self._image.passwords.get(ef)
        return password.tries if password else None
