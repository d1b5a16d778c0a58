"""The surface text applet (券面事項入力補助AP): the four attributes printed on the card, and nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drivers.card import aids, tlv
from drivers.card.applet import Applet
from drivers.card.holder import Holder, Sex
from drivers.card.lock import Lock
from drivers.card.pad import DIGIT_PAD
from drivers.errors import CardUnreadable

if TYPE_CHECKING:
    from drivers.card.connection import CardConnection
    from drivers.card.files import ChunkLadder

PIN_LENGTH: Final = 4
NUMBER_B_LENGTH: Final = 14
_PIN_TRIES: Final = 3
_NUMBER_B_TRIES: Final = 10  # believed; no program shows it

_FILE: Final = 0xFF20
_NAME: Final = 0xDF22
_ADDRESS: Final = 0xDF23
_BIRTH: Final = 0xDF24
_SEX: Final = 0xDF25
_BIRTH_LENGTH: Final = 8


class SurfaceText(Applet):
    """The card's text applet. Number B opens the attributes and keeps the individual number shut; prefer it."""

    def __init__(self, line: CardConnection, ladder: ChunkLadder | None = None) -> None:
        """Select the applet; raises AppletMissing."""
        super().__init__(line, aids.SURFACE_TEXT, ladder)
        self._pin = Lock(
            self,
            aids.SurfaceFile.PIN,
            lengths=range(PIN_LENGTH, PIN_LENGTH + 1),
            alphabet=DIGIT_PAD,
            most_tries=_PIN_TRIES,
        )
        self._number_b = Lock(
            self,
            aids.SurfaceFile.NUMBER_B,
            lengths=range(NUMBER_B_LENGTH, NUMBER_B_LENGTH + 1),
            alphabet=DIGIT_PAD,
            most_tries=_NUMBER_B_TRIES,
        )

    def pin_attempts_left(self) -> int:
        """Ask for the PIN's tries left; 0 means locked. Costs no try."""
        return self._pin.attempts_left()

    def unlock_by_pin(self, pin: memoryview) -> None:
        """Send the four-digit PIN (ASCII bytes), once; see `Lock.unlock`."""
        self._pin.unlock(pin)

    def number_b_attempts_left(self) -> int:
        """Ask for number B's tries left; 0 means locked. Costs no try."""
        return self._number_b.attempts_left()

    def unlock_by_number_b(self, number: memoryview) -> None:
        """Send number B (14 digits: birth date with the era's year, year of expiry, security code), once."""
        self._number_b.unlock(number)

    def holder(self) -> Holder:
        """Return the four attributes; raises NotUnlocked before one of the two passwords was given."""
        return holder_in(self.read_object(aids.SurfaceFile.ATTRIBUTES))


def holder_in(file: bytes) -> Holder:
    """Take the four attributes out of the file's object; raises CardUnreadable when one is missing or malformed.

    The offsets in DF21 are not followed: walking the objects finds the same and cannot be led astray.
    """
    found = {each.tag: each.value for each in tlv.objects(tlv.only_object(file, _FILE))}
    try:
        birth = found[_BIRTH].decode("ascii")
        sex = found[_SEX].decode("ascii")
        name = found[_NAME].decode("utf-8")
        address = found[_ADDRESS].decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        raise CardUnreadable from None  # the cause would carry the citizen's bytes
    if len(birth) != _BIRTH_LENGTH or not birth.isdigit():
        raise CardUnreadable
    return Holder(name, address, birth, Sex(sex) if sex in set(Sex) else Sex.UNKNOWN)
