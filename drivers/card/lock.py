"""A password file of an applet: its counter, and the one way to spend a try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.card import apdu
from drivers.card.iso7816 import LOCKED, StatusWord, tries_in
from drivers.errors import CardUnreadable, PasswordLocked, WrongPassword

if TYPE_CHECKING:
    from drivers.card.applet import Applet


class Lock:
    """One password of one applet.

    Every wrong VERIFY is irreversible: the counter is read first, a locked password is not tried, and no VERIFY is ever
    repeated by this program, whatever the line says.
    """

    def __init__(self, applet: Applet, ef: int, *, lengths: range, alphabet: str, most_tries: int) -> None:
        """Describe a password file: which lengths and characters are worth a try, and its full counter."""
        self._applet = applet
        self._ef = ef
        self._lengths = lengths
        self._alphabet = frozenset(alphabet.encode("ascii"))
        self._most_tries = most_tries
        self._known_tries: int | None = None

    def attempts_left(self) -> int:
        """Ask the card for the tries left; 0 means locked. Costs no try."""
        self._applet.select_file(self._ef)
        _, status = self._applet.line.transmit(apdu.query_tries())
        self._known_tries = self._tries(status)
        return self._known_tries

    def _tries(self, status: int) -> int:
        if status in LOCKED:
            return 0
        if status == StatusWord.OK:  # some cards answer so while unlocked, and unlocking filled the counter
            return self._most_tries
        tries = tries_in(status)
        if tries is None:
            raise CardUnreadable(status)
        return tries

    def unlock(self, password: memoryview) -> None:
        """Send the password, once.

        `password` views the characters as ASCII bytes; the command built around them is wiped before this returns.
        Raises WrongPassword with the tries left and PasswordLocked; ValueError, before anything is sent, for what can
        never be such a password; CardRemoved when the card went away, and then the counter may have gone down.
        """
        if len(password) not in self._lengths or any(byte not in self._alphabet for byte in password):
            raise ValueError("this can be no password of that kind")
        if self._known_tries is None:
            self.attempts_left()
        if not self._known_tries:
            raise PasswordLocked
        self._applet.select_file(self._ef)
        self._known_tries = None
        self._judge(self._verify(password))

    def _verify(self, password: memoryview) -> int:
        command = apdu.verify(password)
        try:
            _, status = self._applet.line.transmit(command)
        finally:
            for index in range(len(command)):
                command[index] = 0
        return status

    def _judge(self, status: int) -> None:
        if status == StatusWord.OK:
            return
        if status in LOCKED:
            raise PasswordLocked
        tries = tries_in(status)
        if status == StatusWord.WRONG:
            tries = self.attempts_left()
        if tries is None:
            raise CardUnreadable(status)
        if tries == 0:
            raise PasswordLocked
        raise WrongPassword(tries)
