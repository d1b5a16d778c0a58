"""Laying, lifting, swapping, and every fault at its command."""

from __future__ import annotations

import pytest

from drivers.virtual.faults import Fault, FaultKind, When
from drivers.virtual.personas import PersonaInvalid

SELECT = bytes.fromhex("00a4040c0ad392f000260100000001")
PIN = bytes.fromhex("00a4020c02001b")
QUERY = bytes.fromhex("00200080")
WRONG = QUERY + b"\x06WRONG1"
RIGHT = QUERY + b"\x09KIOSK2026"


def test_an_empty_tray_answers_nothing(tray) -> None:
    reply = tray.exchange(SELECT)
    assert reply.answer is None
    assert reply.lifts
    assert tray.state() == {"laid": None, "tripwires": 0}


def test_tries_stay_spent_over_lifting_and_laying(tray) -> None:
    tray.lay("hanako")
    for command in (SELECT, PIN, WRONG):
        tray.exchange(command)
    tray.lay("locked")
    tray.lift()
    tray.lay("hanako")
    assert tray.state()["attempts_left"] == 4
    assert tray.state()["verifies"] == 1
    tray.renew()
    assert tray.laid is None
    tray.lay("hanako")
    assert tray.state()["attempts_left"] == 5


def test_lifting_takes_the_power(tray) -> None:
    tray.lay("hanako")
    for command in (SELECT, PIN, RIGHT):
        assert tray.exchange(command).answer == b"\x90\0"
    tray.lift()
    tray.lay("hanako")
    assert tray.exchange(PIN).answer == b"\x6a\x82"
    assert tray.state()["power_ups"] == 2


def test_a_persona_that_does_not_exist_lays_nothing(tray) -> None:
    tray.lay("hanako")
    with pytest.raises(PersonaInvalid):
        tray.lay("nobody")
    assert tray.state()["laid"] == "hanako"
    assert "hanako" in tray.personas()
    assert tray.titles()["hanako"].startswith("鶴ヶ島")


@pytest.mark.parametrize(
    ("when", "answer", "attempts"),
    [(When.BEFORE, None, 5), (When.MID, None, 4), (When.AFTER, b"\x63\xc4", 4)],
)
def test_a_card_torn_at_a_wrong_password(tray, when: When, answer: bytes | None, attempts: int) -> None:
    tray.lay("hanako")
    tray.arm(Fault(FaultKind.REMOVE, "verify", when))
    for command in (SELECT, PIN, QUERY):
        assert tray.exchange(command).answer
    reply = tray.exchange(WRONG)
    assert reply.answer == answer
    assert reply.lifts
    assert tray.laid is None
    tray.lay("hanako")
    assert tray.state()["attempts_left"] == attempts


def test_faults_count_from_their_arming_and_happen_once(tray) -> None:
    tray.lay("hanako")
    tray.exchange(SELECT)
    tray.arm(Fault(FaultKind.STATUS, 2, status=0x6581))
    answers = [tray.exchange(PIN).answer for _ in range(3)]
    assert answers == [b"\x90\0", b"\x65\x81", b"\x90\0"]


@pytest.mark.parametrize(
    ("fault", "answer", "delay"),
    [
        (Fault(FaultKind.SLOW, seconds=0.5), b"\x90\0", 0.5),
        (Fault(FaultKind.HANG), None, 0.0),
        (Fault(FaultKind.SHORT), b"\x90", 0.0),
    ],
)
def test_other_faults(tray, fault: Fault, answer: bytes | None, delay: float) -> None:
    tray.lay("hanako")
    tray.arm(fault)
    reply = tray.exchange(SELECT)
    assert (reply.answer, reply.delay, reply.lifts) == (answer, delay, False)


@pytest.mark.parametrize(("name", "at"), [("select", 0), ("read", 3), ("verify", 6), ("sign", 8)])
def test_faults_by_name(tray, name: str, at: int) -> None:
    commands = [SELECT, PIN, QUERY, bytes.fromhex("00b0000000"), SELECT, PIN, RIGHT]
    commands += [bytes.fromhex("00a4020c02001a"), bytes.fromhex("802a008001aa00")]
    tray.lay("hanako")
    tray.arm(Fault(FaultKind.STATUS, name, status=0x6400))
    answers = [tray.exchange(command).answer for command in commands]
    assert [index for index, answer in enumerate(answers) if answer == b"\x64\0"] == [at]


def test_a_fault_can_be_taken_back(tray) -> None:
    tray.lay("hanako")
    tray.arm(Fault(FaultKind.REMOVE))
    tray.arm(None)
    assert tray.exchange(SELECT).answer == b"\x90\0"


@pytest.mark.parametrize("at", [0, -1, "nonsense"])
def test_a_fault_that_could_never_happen_is_refused(at) -> None:
    with pytest.raises(ValueError, match=r"fault|number"):
        Fault(FaultKind.REMOVE, at)
