"""The reader behind a real pcscd: what happens when cards, readers and pcscd itself come and go."""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from drivers.card.jpki import JpkiSignature
from drivers.errors import CardAbsent, CardBusy, CardRemoved, NotUnlocked, ReaderLost
from drivers.readers.pcsc import PcscReader, ReaderNotFound
from drivers.readers.reader import Presence
from drivers.virtual.control import FaultKind, VirtualTray, When

if TYPE_CHECKING:
    from drivers.virtual.stack import PcscStack

SELECT = bytes.fromhex("00A4040C0AD392F000260100000001")
PATIENTLY = 10.0


def laid(tray: VirtualTray, reader: PcscReader, persona: str = "hanako") -> None:
    tray.lay(persona)
    assert reader.wait_for(Presence.PRESENT, PATIENTLY, Event())


def test_laying_and_lifting_are_noticed(virtual_tray: VirtualTray, pcsc_reader: PcscReader) -> None:
    assert pcsc_reader.presence() is Presence.ABSENT
    with pytest.raises(CardAbsent):
        pcsc_reader.connect()
    laid(virtual_tray, pcsc_reader)
    assert pcsc_reader.presence() is Presence.PRESENT
    virtual_tray.lift()
    assert pcsc_reader.wait_for(Presence.ABSENT, PATIENTLY, Event())


def test_waiting_ends_at_its_time_and_when_stopped(virtual_tray: VirtualTray, pcsc_reader: PcscReader) -> None:
    virtual_tray.lift()
    assert not pcsc_reader.wait_for(Presence.PRESENT, 0.05, Event())
    stop = Event()
    waiting = Thread(target=pcsc_reader.wait_for, args=(Presence.PRESENT, 30, stop))
    waiting.start()
    stop.set()
    waiting.join(2)
    assert not waiting.is_alive()


def test_the_card_is_held_exclusively(virtual_tray: VirtualTray, pcsc_reader: PcscReader) -> None:
    laid(virtual_tray, pcsc_reader)
    line = pcsc_reader.connect()
    with pytest.raises(CardBusy):
        PcscReader(pcsc_reader.name).connect()
    line.close()
    pcsc_reader.connect().close()


def test_closing_takes_the_power_and_so_locks_the_key(virtual_tray: VirtualTray, pcsc_reader: PcscReader) -> None:
    laid(virtual_tray, pcsc_reader)
    line = pcsc_reader.connect()
    token = JpkiSignature(line)
    token.unlock(memoryview(bytearray(b"KIOSK2026")))
    assert token.certificate()
    line.close()
    line.close()
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    line = pcsc_reader.connect()
    with pytest.raises(NotUnlocked):
        JpkiSignature(line).certificate()
    line.close()


@pytest.mark.parametrize("when", list(When))
def test_a_torn_line_never_speaks_to_the_next_card(
    virtual_tray: VirtualTray, pcsc_reader: PcscReader, when: When
) -> None:
    laid(virtual_tray, pcsc_reader)
    line = pcsc_reader.connect()
    virtual_tray.fault(FaultKind.REMOVE, 1, when)
    if when is When.AFTER:
        assert line.transmit(SELECT) == (b"", 0x9000)
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    laid(virtual_tray, pcsc_reader, "longaddress")
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    line.close()
    assert until_it_answers(pcsc_reader) == (b"", 0x9000)


def test_a_card_laid_down_again_at_once_is_seen(virtual_tray: VirtualTray, pcsc_reader: PcscReader) -> None:
    laid(virtual_tray, pcsc_reader)
    line = pcsc_reader.connect()
    virtual_tray.fault(FaultKind.REMOVE, 1, When.BEFORE)
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    line.close()
    laid(virtual_tray, pcsc_reader)
    assert until_it_answers(pcsc_reader) == (b"", 0x9000)


def until_it_answers(reader: PcscReader) -> tuple[bytes, int]:
    """Open the card again and again: pcscd takes it for the old one until its next poll."""
    end = time.monotonic() + PATIENTLY
    while True:
        try:
            line = reader.connect()
            answer = line.transmit(SELECT)
        except (CardRemoved, CardAbsent):
            assert time.monotonic() < end
        else:
            return answer
        finally:
            line.close()


def test_an_answer_without_status_word_is_a_lost_card(virtual_tray: VirtualTray, pcsc_reader: PcscReader) -> None:
    laid(virtual_tray, pcsc_reader)
    line = pcsc_reader.connect()
    virtual_tray.fault(FaultKind.SHORT, 1)
    with pytest.raises(CardRemoved):
        line.transmit(SELECT)
    line.close()


def test_a_wrong_name_lists_the_readers_there_are(pcsc_reader: PcscReader) -> None:
    pcsc_reader.presence()
    with pytest.raises(ReaderNotFound, match="Imaginary") as caught:
        PcscReader("Imaginary", patience=0).presence()
    assert pcsc_reader.name in caught.value.names
    assert len(caught.value.names) == 2  # vpcd has two slots


def test_without_a_name_the_reader_with_the_card_is_taken(virtual_tray: VirtualTray, pcsc_reader: PcscReader) -> None:
    laid(virtual_tray, pcsc_reader)
    anyone = PcscReader()
    anyone.connect().close()
    assert anyone.name == pcsc_reader.name
    anyone.close()


def test_waiting_survives_a_restart_of_pcscd(
    virtual_tray: VirtualTray, pcsc_reader: PcscReader, pcsc_stack: PcscStack
) -> None:
    seen: list[bool] = []
    waiting = Thread(target=lambda: seen.append(pcsc_reader.wait_for(Presence.PRESENT, PATIENTLY, Event())))
    waiting.start()
    pcsc_stack.restart()
    virtual_tray.lay("hanako")
    waiting.join(PATIENTLY)
    assert seen == [True]
    pcsc_reader.connect().close()


def test_a_lost_pcscd_is_told_everywhere(
    virtual_tray: VirtualTray, pcsc_reader: PcscReader, pcsc_stack: PcscStack
) -> None:
    laid(virtual_tray, pcsc_reader)
    line = pcsc_reader.connect()
    pcsc_stack.stop()
    try:
        with pytest.raises(ReaderLost):
            line.transmit(SELECT)
        line.close()
        for ask in (pcsc_reader.presence, pcsc_reader.connect):
            with pytest.raises(ReaderLost):
                ask()
        impatient = PcscReader(pcsc_reader.name, patience=0.2)
        started = time.monotonic()
        with pytest.raises(ReaderLost):
            impatient.wait_for(Presence.PRESENT, PATIENTLY, Event())
        assert time.monotonic() - started < PATIENTLY
    finally:
        pcsc_stack.start()
    laid(virtual_tray, pcsc_reader)
    pcsc_reader.connect().close()
