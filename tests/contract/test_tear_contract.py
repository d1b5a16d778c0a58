"""The card torn away before, inside and after each command of the errand: a typed outcome, and no unexplained try."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drivers.card.jpki import JpkiSignature
from drivers.errors import CardRemoved, DeviceError, FileMissing, PasswordLocked, WrongPassword
from drivers.readers.reader import Presence
from drivers.virtual.faults import FaultKind, When

if TYPE_CHECKING:
    from contract_stand import Stand

RIGHT, WRONG = b"KIOSK2026", b"WRONG1"
SELECT = bytes.fromhex("00a4040c0ad392f000260100000001")
VERIFY, READ, SIGN = 8, 10, 12  # where they stand among the errand's commands on a card without quirks
LONGEST = 16
STATUSES = (
    0x6300,
    0x6400,
    0x6581,
    0x6700,
    0x6881,
    0x6982,
    0x6984,
    0x6985,
    0x6A82,
    0x6B00,
    0x6C10,
    0x6D00,
    0x6F00,
    0x61FF,
)


def errand(line, password: bytes = RIGHT) -> None:
    """All that the signing errand asks of a card, read from top to bottom."""
    jpki = JpkiSignature(line)
    jpki.kind()
    jpki.holds_sign_certificate()
    if not jpki.attempts_left():
        raise PasswordLocked
    jpki.unlock(memoryview(password))
    jpki.certificate()
    jpki.sign(bytes(51))


def outcome(line, password: bytes = RIGHT) -> type[DeviceError] | None:
    """What the errand came to; anything but a DeviceError fails the test."""
    try:
        errand(line, password)
    except DeviceError as error:
        return type(error)
    finally:
        line.close()
    return None


def tear(stand: Stand, persona: str, at: int, when: When, password: bytes = RIGHT) -> type[DeviceError] | None:
    """Run one errand with one tear; check what holds for all of them, and return its outcome."""
    line = stand.open(persona)
    tries = stand.count("attempts_left")
    stand.hand.fault(FaultKind.REMOVE, at, when)
    came_to = outcome(line, password)
    if stand.reader.presence() is Presence.PRESENT and stand.hand.state()["laid"]:
        stand.lift()  # the errand was shorter than that
    stand.wait(Presence.ABSENT)
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    stand.lay(persona)
    spent = tries - stand.count("attempts_left")
    assert stand.count("verifies") <= 1, "a password was sent twice"
    assert spent <= stand.count("verifies"), "a try is gone that no password explains"
    assert stand.count("tripwires") == 0
    assert came_to in {None, CardRemoved, WrongPassword, PasswordLocked, FileMissing}
    return came_to


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("persona", ["hanako", "lasttry", "locked", "child", "longaddress", "quirks"])
@pytest.mark.parametrize("password", [RIGHT, WRONG])
def test_every_command_of_the_errand(direct_stand: Stand, persona: str, when: When, password: bytes) -> None:
    seen = set()
    for at in range(1, LONGEST):
        direct_stand.hand.renew()
        seen.add(tear(direct_stand, persona, at, when, password))
    assert CardRemoved in seen
    assert len(seen) <= 2, "torn, or as without a tear"


@pytest.mark.parametrize("when", list(When))
def test_through_pcscd(pcsc_stand: Stand, when: When) -> None:
    for at in (VERIFY, SIGN):
        pcsc_stand.hand.renew()
        pcsc_stand.wait(Presence.ABSENT)
        came_to = tear(pcsc_stand, "hanako", at, when)
        assert came_to is (None if (at, when) == (SIGN, When.AFTER) else CardRemoved)


def test_a_tear_inside_verify_costs_a_try_that_the_next_session_tells(direct_stand: Stand) -> None:
    assert tear(direct_stand, "hanako", VERIFY, When.MID) is CardRemoved
    line = direct_stand.reader.connect()
    assert JpkiSignature(line).attempts_left() == 4
    line.close()


def test_positions_are_what_this_file_says(direct_stand: Stand) -> None:
    for at, name in ((VERIFY, "verify"), (READ, "read"), (SIGN, "sign")):
        direct_stand.hand.renew()
        line = direct_stand.open("hanako")
        direct_stand.hand.fault(FaultKind.REMOVE, at, When.BEFORE)
        outcome(line)
        direct_stand.hand.lay("hanako")
        assert direct_stand.count("apdus") == at - 1, name
        assert direct_stand.count("verifies") == (at > VERIFY)


@pytest.mark.parametrize("status", STATUSES, ids=lambda status: f"{status:04X}")
def test_every_status_word_at_every_command(direct_stand: Stand, status: int) -> None:
    for at in range(1, LONGEST):
        direct_stand.hand.renew()
        line = direct_stand.open("hanako")
        direct_stand.hand.fault(FaultKind.STATUS, at, status=status)
        outcome(line)
        assert direct_stand.count("verifies") <= 1
        assert direct_stand.count("attempts_left") == 5


@pytest.mark.parametrize("kind", [FaultKind.SHORT])
def test_an_answer_without_a_status_word_is_a_lost_card(direct_stand: Stand, kind: FaultKind) -> None:
    for at in range(1, SIGN + 1):
        direct_stand.hand.renew()
        line = direct_stand.open("hanako")
        direct_stand.hand.fault(kind, at)
        assert outcome(line) is CardRemoved
        assert direct_stand.count("verifies") <= 1


class Careless:
    """A line that sends VERIFY again when it was lost: what the matrix must find."""

    def __init__(self, reader) -> None:
        self.reader = reader
        self.line = reader.connect()

    def transmit(self, command):
        try:
            return self.line.transmit(command)
        except CardRemoved:
            self.reader.lay("hanako")
            self.line = self.reader.connect()
            self.line.transmit(SELECT)
            self.line.transmit(bytes.fromhex("00a4020c02001b"))
            return self.line.transmit(command)

    def close(self) -> None:
        self.line.close()


def test_the_matrix_finds_a_repeated_verify(direct_stand: Stand) -> None:
    direct_stand.lay("hanako")
    line = Careless(direct_stand.reader)
    direct_stand.hand.fault(FaultKind.REMOVE, "verify", When.MID)
    outcome(line, WRONG)
    assert direct_stand.count("verifies") == 2
    assert direct_stand.count("attempts_left") == 3
