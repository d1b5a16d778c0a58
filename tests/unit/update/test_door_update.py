"""The door between kiosk and updater, with the files that both use, and what the journey makes of a wish."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from kiosk.door import UPDATE, KioskDoor, Presence, UpdaterDoor
from kiosk.journal import Journal
from kiosk.journey.events import ServiceChanged
from kiosk.journey.map import Step
from kiosk.workers.doorkeeper import Doorkeeper
from kiosk.workers.health import Health
from tests.turned_clock import TurnedClock

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.journey.events import Event


@pytest.fixture
def posted() -> list[Event]:
    return []


@pytest.fixture
def keeper(tmp_path: Path, posted: list[Event]) -> tuple[Doorkeeper, UpdaterDoor, TurnedClock, Health]:
    hands = TurnedClock(seconds=500.0)
    health = Health(posted.append, Journal("kiosk", io.StringIO(), hands))
    return Doorkeeper(KioskDoor(tmp_path, began=400.0), hands, health), UpdaterDoor(tmp_path), hands, health


Keeper = tuple[Doorkeeper, UpdaterDoor, TurnedClock, Health]


@pytest.mark.parametrize("step", list(Step))
def test_only_the_first_scene_and_the_closed_one_are_nobodys(keeper: Keeper, step: Step) -> None:
    doorkeeper, door, hands, _ = keeper
    doorkeeper.look(step, drawn=3)
    state = door.state(hands.seconds)
    assert state is not None
    expected = {Step.ATTRACT: Presence.OPEN, Step.OUT_OF_SERVICE: Presence.CLOSED}.get(step, Presence.VISIT)
    assert (state.presence, state.drawn, state.began) == (expected, 3, 400.0)


def test_a_wish_closes_the_kiosk_and_its_end_opens_it(keeper: Keeper, posted: list[Event]) -> None:
    doorkeeper, door, hands, _ = keeper
    doorkeeper.look(Step.ATTRACT, 1)
    door.ask_to_close(hands.seconds)
    doorkeeper.look(Step.ATTRACT, 1)
    assert posted == [ServiceChanged(open=False, reason=UPDATE)]
    hands.seconds += 6
    doorkeeper.look(Step.OUT_OF_SERVICE, 2)
    state = door.state(hands.seconds)
    assert state is not None
    assert (state.presence, state.wrong) == (Presence.CLOSED, (UPDATE,))
    door.let_open()
    doorkeeper.look(Step.OUT_OF_SERVICE, 2)
    assert posted[1:] == [ServiceChanged(open=True, reason="")]


def test_the_wish_of_an_updater_that_died_ends(keeper: Keeper, posted: list[Event]) -> None:
    doorkeeper, door, hands, _ = keeper
    door.ask_to_close(hands.seconds)
    doorkeeper.look(Step.ATTRACT, 1)
    hands.seconds += 61
    doorkeeper.look(Step.OUT_OF_SERVICE, 1)
    assert [event.open for event in posted if isinstance(event, ServiceChanged)] == [False, True]


def test_the_word_of_a_kiosk_that_died_is_not_believed(keeper: Keeper) -> None:
    doorkeeper, door, hands, _ = keeper
    doorkeeper.look(Step.ATTRACT, 1)
    assert door.state(hands.seconds + 14) is not None
    assert door.state(hands.seconds + 16) is None


def test_a_wish_out_of_the_future_is_none(keeper: Keeper) -> None:
    """Clocks of one boot agree; one that does not is no reason to keep a kiosk closed for who knows how long."""
    _, door, hands, _ = keeper
    door.ask_to_close(hands.seconds + 1)
    assert not KioskDoor(door._folder, 1.0).asked_to_close(hands.seconds)
    assert KioskDoor(door._folder, 1.0).asked_to_close(hands.seconds + 1)


def test_news_are_told_at_once_and_the_rest_now_and_then(tmp_path: Path) -> None:
    door, heard = KioskDoor(tmp_path, 1.0), UpdaterDoor(tmp_path)

    def told(presence: Presence, wrong: tuple[str, ...], drawn: int, now: float) -> tuple[Presence, object, int]:
        door.tell(presence, wrong, drawn, now)
        state = heard.state(now)
        assert state is not None
        return state.presence, state.wrong, state.drawn

    assert told(Presence.OPEN, (), 1, 10.0) == (Presence.OPEN, (), 1)
    assert told(Presence.OPEN, (), 2, 14.9) == (Presence.OPEN, (), 1), "no news: the memory is spared"
    assert told(Presence.OPEN, (), 3, 15.0) == (Presence.OPEN, (), 3), "time to"
    assert told(Presence.VISIT, (), 4, 15.1) == (Presence.VISIT, (), 4)
    assert told(Presence.VISIT, ("reader",), 5, 15.2) == (Presence.VISIT, ("reader",), 5)


def test_a_kiosk_that_ends_takes_its_word_back(tmp_path: Path) -> None:
    door = KioskDoor(tmp_path, 1.0)
    door.tell(Presence.OPEN, (), 1, 10.0)
    assert UpdaterDoor(tmp_path).state(10.0) is not None
    door.leave()
    assert UpdaterDoor(tmp_path).state(10.0) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"presence": "here"}', '{"presence": "open", "wrong": 1}'])
def test_what_cannot_be_read_is_silence(tmp_path: Path, text: str) -> None:
    (tmp_path / "kiosk.json").write_text(text, encoding="utf-8")
    (tmp_path / "close").write_text("now", encoding="utf-8")
    assert UpdaterDoor(tmp_path).state(10.0) is None
    assert not KioskDoor(tmp_path, 1.0).asked_to_close(10.0)


def test_without_an_updater_nothing_is_told(tmp_path: Path) -> None:
    door = KioskDoor(tmp_path / "absent", 1.0)
    door.tell(Presence.OPEN, (), 1, 10.0)
    assert not door.asked_to_close(10.0)
    door.leave()
