"""What only the direct reader does: faults in the same process, and slow or silent cards."""

from __future__ import annotations

import time
from threading import Event, Thread

import pytest

from drivers.errors import CardRemoved
from drivers.readers.reader import Presence
from drivers.virtual.direct import DirectReader
from drivers.virtual.faults import Fault, FaultKind

SELECT = bytes.fromhex("00a4040c0ad392f000260100000001")


@pytest.fixture
def reader(tray):
    return DirectReader(tray)


def test_a_slow_card_is_waited_for(reader) -> None:
    reader.lay("hanako")
    line = reader.connect()
    reader.tray.arm(Fault(FaultKind.SLOW, seconds=0.1))
    begun = time.monotonic()
    assert line.transmit(SELECT) == (b"", 0x9000)
    assert time.monotonic() - begun >= 0.1


def test_a_silent_card_blocks_until_it_is_lifted(reader) -> None:
    reader.lay("hanako")
    line = reader.connect()
    reader.tray.arm(Fault(FaultKind.HANG))
    ended: list[type[BaseException]] = []

    def ask() -> None:
        try:
            line.transmit(SELECT)
        except CardRemoved as error:
            ended.append(type(error))

    asking = Thread(target=ask)
    asking.start()
    asking.join(0.1)
    assert asking.is_alive()
    reader.lift()
    asking.join(5)
    assert ended == [CardRemoved]


def test_waiting_ends_at_once_when_the_card_comes(reader) -> None:
    Thread(target=reader.lay, args=("hanako",)).start()
    assert reader.wait_for(Presence.PRESENT, 10, Event())
