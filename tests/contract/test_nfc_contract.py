"""What only the NFC reader does: chains of blocks, waiting time inside them, a reader that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from contract_stand import DirectHand
from udp_card import UdpCard

from drivers.card.jpki import JpkiSignature
from drivers.errors import CardRemoved, ReaderLost
from drivers.readers.nfc import NfcReader
from drivers.virtual.faults import FaultKind, When
from drivers.virtual.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONG_COMMAND = bytes.fromhex("002A80860001000200") + bytes(298)  # 307 bytes, which the card does not know


@pytest.fixture
def tray(authority_folder: Path) -> Tray:
    return Tray(authority_folder)


@pytest.fixture
def card(tray: Tray) -> Iterator[UdpCard]:
    card = UdpCard(tray)
    yield card
    card.close()


@pytest.fixture
def reader(card: UdpCard) -> Iterator[NfcReader]:
    reader = NfcReader(f"udp:127.0.0.1:{card.port}")
    yield reader
    reader.close()


def test_a_certificate_comes_in_pieces_with_time_granted_between(tray: Tray, card: UdpCard, reader: NfcReader) -> None:
    tray.lay("hanako")
    line = reader.connect()
    token = JpkiSignature(line)
    token.unlock(memoryview(b"KIOSK2026"))
    assert len(token.certificate()) > 1500
    assert card.granted > 5
    line.close()


def test_a_long_command_reaches_the_card_whole(tray: Tray, reader: NfcReader) -> None:
    tray.lay("hanako")
    line = reader.connect()
    before = tray.state()["bytes_out"]
    _, status = line.transmit(LONG_COMMAND)
    assert status != 0x9000
    assert int(str(tray.state()["bytes_out"])) - int(str(before)) == 307
    line.close()


def test_a_card_that_goes_mid_command_is_lost(tray: Tray, reader: NfcReader) -> None:
    tray.lay("hanako")
    line = reader.connect()
    DirectHand(tray).fault(FaultKind.REMOVE, 1, When.MID)
    with pytest.raises(CardRemoved):
        JpkiSignature(line)
    line.close()


def test_a_reader_that_is_not_there_is_lost() -> None:
    reader = NfcReader("usb:ffff:ffff")
    for ask in (reader.presence, reader.connect):
        with pytest.raises(ReaderLost, match="usb:ffff:ffff"):
            ask()
