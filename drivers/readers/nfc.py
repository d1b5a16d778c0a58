"""Contactless readers without a PC/SC driver (RC-S380, PN532), through nfcpy: a Type B card and its blocks.

The password passes through Python's own memory here; a kiosk that takes passwords from citizens has a PC/SC reader.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import nfc.clf

from drivers.errors import CardAbsent, CardBusy, CardRemoved, CardUnreadable, DeviceError, ReaderLost
from drivers.readers.codes import split_answer
from drivers.readers.isodep import BlockLost, IsoDep
from drivers.readers.reader import Presence

if TYPE_CHECKING:
    from threading import Event

clf: Any = nfc.clf  # its functions carry no types
logging.getLogger("nfc").setLevel(logging.WARNING)  # below that it writes down every byte that passes

TYPE_B = "106B"
SLICE = 0.2  # seconds between two looks at the field
ANSWER_TO_SENSE = 12  # bytes of ATQB (ISO/IEC 14443-3 §7.9)
FRAME_SIZES = (16, 24, 32, 40, 48, 64, 96, 128, 256)
LONG_FRAME, LONG_FRAME_CODE, SHORT_FRAME_CODE = 256, 8, 7  # what we can receive: 256 bytes, or 128
MOST_WAIT_INDEX = 14  # 15 is reserved
CARRIER = 13.56e6  # Hz
ATTRIB_WAIT = 0.03  # seconds
WAIT_MARGIN = 49152 / CARRIER  # seconds (ISO/IEC 14443-4 §7.2)


class NfcLine:
    """An activated card in the field (CardConnection)."""

    def __init__(self, frontend: Any, target: Any) -> None:
        """Send ATTRIB and agree on frames; raises CardRemoved."""
        self._frontend = frontend
        self._lost: DeviceError | None = None
        self._open = True
        frame, wait = _abilities(target.sensb_res)
        self._blocks = IsoDep(self._exchange, min(frame, frontend.max_send_data_size), wait + WAIT_MARGIN)
        longest = LONG_FRAME_CODE if frontend.max_recv_data_size >= LONG_FRAME else SHORT_FRAME_CODE
        try:
            self._exchange(bytes((0x1D, *target.sensb_res[1:5], 0x00, longest, 0x01, 0x00)), ATTRIB_WAIT)
        except BlockLost:
            raise CardRemoved("no answer to ATTRIB") from None

    def transmit(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Send one command; after the first CardRemoved or ReaderLost every further one raises the same."""
        if self._lost:
            raise self._lost
        try:
            return split_answer(self._blocks.transceive(bytes(command)))
        except DeviceError as error:
            self._lost = error
            raise

    def answers(self) -> bool:
        """Say whether the line is alive and the card on it still answers."""
        return not self._lost and self._blocks.present()

    def close(self) -> None:
        """Switch the field off, which takes the card's power."""
        if not self._open:
            return
        self._open = False
        self._lost = self._lost or CardRemoved("closed")
        try:
            self._frontend.sense()  # sensing for nothing only switches the field off
        except OSError:
            logging.getLogger(__name__).info("reader gone before the card was let go")

    def _exchange(self, block: bytes, wait: float) -> bytes:
        try:
            answer = self._frontend.exchange(block, wait)
        except clf.BrokenLinkError:
            raise CardRemoved("field off") from None
        except clf.CommunicationError:
            raise BlockLost from None
        except OSError as error:
            raise ReaderLost(str(error)) from error
        if not answer:
            raise BlockLost
        return bytes(answer)


class NfcReader:
    """The reader that nfcpy finds at `path` ("usb:054c:06c3", "tty:S0:pn532", "udp:localhost:54321")."""

    def __init__(self, path: str) -> None:
        self.name = path
        self._frontend: Any = None
        self._line: NfcLine | None = None

    def presence(self) -> Presence:
        """Say whether a Type B card answers in the field; raises ReaderLost."""
        there = (self._line and self._line.answers()) or self._sense()
        return Presence.PRESENT if there else Presence.ABSENT

    def wait_for(self, presence: Presence, timeout: float, stop: Event) -> bool:
        """Wait up to `timeout` seconds for `presence`; False on time-out or when `stop` is set. Raises ReaderLost."""
        end = time.monotonic() + timeout
        while self.presence() is not presence:
            left = end - time.monotonic()
            if left <= 0 or stop.wait(min(left, SLICE)):
                return False
        return True

    def connect(self) -> NfcLine:
        """Activate the card; raises CardAbsent, CardBusy, CardRemoved, CardUnreadable or ReaderLost."""
        if self._line and self._line.answers():
            raise CardBusy
        target = self._sense()
        if target is None:
            raise CardAbsent
        self._line = NfcLine(self._frontend, target)
        return self._line

    def close(self) -> None:
        """Let the reader go; it may be used again afterwards."""
        if self._frontend is not None:
            self._frontend.close()
        self._frontend = None

    def _sense(self) -> Any:
        """Switch the field off and on and look for a card: a line that was open has lost its card."""
        self._line = None
        try:
            if self._frontend is None:
                self._frontend = clf.ContactlessFrontend(self.name)
            return self._frontend.sense(clf.RemoteTarget(TYPE_B))
        except OSError as error:
            self.close()
            raise ReaderLost(f"{self.name}: {error}") from error


def _abilities(answer: bytes) -> tuple[int, float]:
    """Read the longest frame (bytes) and the frame waiting time (seconds) out of an ATQB."""
    if len(answer) < ANSWER_TO_SENSE:
        raise CardUnreadable
    size, index = answer[10] >> 4, answer[11] >> 4
    wait = 4096 / CARRIER * 2 ** min(index, MOST_WAIT_INDEX)
    return FRAME_SIZES[min(size, len(FRAME_SIZES) - 1)], wait
