"""The watchdog is fed for a picture on the screen and a card worker that answers, and for nothing less."""

from __future__ import annotations

import io
import json
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from kiosk.journal import Journal
from kiosk.lifeline import BUSY_STALE, OFTEN, STALE, Lifeline
from kiosk.notify import Notifier


@dataclass
class Hands:
    """A clock that is set, a card worker's pulse, a screen, and what was wished."""

    time: float = 100.0
    beat: float = 100.0
    busy: bool = False
    stands: bool = True
    wishes: int = 0
    lines: io.StringIO = field(default_factory=io.StringIO)

    def now(self) -> datetime:
        return datetime(2026, 4, 1, tzinfo=UTC)

    def ticks(self) -> float:
        return self.time

    def wish(self) -> None:
        self.wishes += 1

    def events(self) -> list[str]:
        return [json.loads(line)["event"] for line in self.lines.getvalue().splitlines()]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def line(hands, tmp_path):
    """The lifeline and a function that tells how often the manager was told since it was last asked."""
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.setblocking(False)
        notifier = Notifier({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "5000000"})
        journal = Journal("kiosk", hands.lines, hands)
        lifeline = Lifeline(notifier, hands, journal, hands, lambda: hands.stands, hands.wish)

        def fed() -> int:
            count = 0
            try:
                while manager.recv(100) == b"WATCHDOG=1":
                    count += 1
            except BlockingIOError:
                return count
            raise AssertionError("another word than a sign of life")

        yield lifeline, fed


def test_all_is_well(hands, line):
    lifeline, fed = line
    assert lifeline.turn()
    assert fed() == 1
    assert lifeline.turn()
    assert fed() == 0, "not at every turn"
    hands.time += OFTEN
    hands.beat = hands.time
    assert lifeline.turn()
    assert fed() == 1
    assert (hands.wishes, hands.events()) == (0, [])


def test_a_silent_card_worker_has_the_card_service_replaced_once_and_starves_the_watchdog(hands, line):
    lifeline, fed = line
    hands.time = hands.beat + STALE
    for _ in range(3):
        assert lifeline.turn()
    assert (fed(), hands.wishes, hands.events()) == (0, 1, ["card-silent"])


def test_a_worker_that_answers_again_is_believed_and_may_fall_silent_again(hands, line):
    lifeline, fed = line
    hands.time = hands.beat + STALE
    lifeline.turn()
    hands.beat = hands.time
    lifeline.turn()
    assert fed() == 1
    hands.time += STALE
    lifeline.turn()
    assert hands.wishes == 2


def test_an_errand_may_take_longer_but_not_for_ever(hands, line):
    lifeline, fed = line
    hands.busy = True
    hands.time = hands.beat + BUSY_STALE - 0.1
    assert lifeline.turn()
    assert (fed(), hands.wishes) == (1, 0)
    hands.time = hands.beat + BUSY_STALE + OFTEN
    lifeline.turn()
    assert (fed(), hands.wishes) == (0, 1)


def test_a_lost_frame_is_told_once_and_starves_the_watchdog(hands, line):
    lifeline, fed = line
    hands.stands = False
    assert not lifeline.turn()
    assert not lifeline.turn()
    assert (fed(), hands.events()) == (0, ["frame-lost"])
    hands.stands = True
    assert lifeline.turn()
    assert fed() == 1
