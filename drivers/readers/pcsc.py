"""A reader behind pcscd, by pyscard's raw calls: everything about a card that carries no secret."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from smartcard import scard as pyscard

from drivers.errors import CardAbsent, CardBusy, CardRemoved, DeviceError, ReaderLost
from drivers.readers.codes import Code, connect_error, plain, split_answer, transmit_error
from drivers.readers.reader import Presence

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

log = logging.getLogger(__name__)
scard: Any = pyscard  # its functions carry no types

SLICE = 0.25  # seconds; how late `stop`, or a reader that was plugged in, may be noticed
LETTING_GO = 1.0  # seconds in which pcscd forgets a client that was killed while it held the card
ANY_PROTOCOL = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


class ReaderNotFound(ReaderLost):
    """No reader, or no single one, fits the wanted name; `names` are the readers that exist."""

    def __init__(self, wanted: str, names: list[str]) -> None:
        super().__init__(f"no single reader fits {wanted!r}; there are: {', '.join(names) or 'none'}")
        self.names = names


class PcscLine:
    """An exclusive connection to one card (CardConnection)."""

    def __init__(self, handle: int, protocol: int) -> None:
        self._handle = handle
        self._pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        self._lost: DeviceError | None = None
        self._open = True

    def transmit(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Send one command; after the first CardRemoved or ReaderLost every further one raises the same."""
        if self._lost:
            raise self._lost
        try:
            return self._exchange(list(command))
        except DeviceError as error:
            # A handle works again when another card is laid down quickly: never go on with it.
            self._lost = error
            raise

    def _exchange(self, command: list[int]) -> tuple[bytes, int]:
        result, answer = scard.SCardTransmit(self._handle, self._pci, command)
        if plain(result) != Code.SUCCESS:
            raise transmit_error(result)
        return split_answer(bytes(answer))

    def close(self) -> None:
        """Power the card down, which is all that closes an unlocked key, and let it go.

        A card that has gone has none: told to take it, pcscd 1.9.9 overlooks the next card until that is lifted again.
        """
        if not self._open:
            return
        self._open = False
        disposition = scard.SCARD_LEAVE_CARD if self._lost else scard.SCARD_UNPOWER_CARD
        self._lost = self._lost or CardRemoved("closed")
        result = scard.SCardDisconnect(self._handle, disposition)
        if plain(result) != Code.SUCCESS:
            log.info("card let go with PC/SC code %08X", plain(result))


class PcscReader:
    """The reader whose name contains `name_part`; where several do, the one on which the card lies.

    `PCSCLITE_CSOCK_NAME` in the environment names the socket of a pcscd other than the system's own. For
    `patience` seconds `wait_for` takes a reader or a service that went away for one that comes back.
    """

    def __init__(self, name_part: str = "", patience: float = 5.0) -> None:
        self.name = name_part
        self._name_part = name_part
        self._patience = patience
        self._context: int | None = None
        self._known: list[tuple[str, int]] = []

    def presence(self) -> Presence:
        """Say whether a card lies on the reader now; raises ReaderLost (ReaderNotFound names what is there)."""
        return Presence.PRESENT if self._look() else Presence.ABSENT

    def wait_for(self, presence: Presence, timeout: float, stop: Event) -> bool:
        """Wait until `presence` is seen; raises ReaderLost when the reader stays away longer than the patience."""
        end = time.monotonic() + timeout
        seen = time.monotonic()
        while True:
            try:
                if self.presence() is presence:
                    return True
                seen = time.monotonic()
            except ReaderLost:
                if time.monotonic() - seen > self._patience:
                    raise
            left = end - time.monotonic()
            if left <= 0 or stop.is_set():
                return False
            self._sleep(min(left, SLICE), stop)

    def connect(self) -> PcscLine:
        """Open the card exclusively; raises CardAbsent, CardBusy, CardUnreadable or ReaderLost."""
        end = time.monotonic() + LETTING_GO
        while True:
            try:
                return self._connect()
            except CardBusy:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def close(self) -> None:
        """Forget the service; the reader may be used again afterwards."""
        if self._context is not None:
            scard.SCardReleaseContext(self._context)
        self._context = None
        self._known = []

    def _connect(self) -> PcscLine:
        laid = self._look()
        if not laid:
            raise CardAbsent
        if len(laid) > 1:
            raise ReaderNotFound(self._name_part, laid)
        result, handle, protocol = scard.SCardConnect(
            self._context, self.name, scard.SCARD_SHARE_EXCLUSIVE, ANY_PROTOCOL
        )
        if plain(result) != Code.SUCCESS:
            raise connect_error(result)
        return PcscLine(handle, protocol)

    def _look(self) -> list[str]:
        """Return the fitting readers with a card; a context that outlived its pcscd is replaced once."""
        with suppress(ReaderLost):
            return self._look_once()
        self.close()
        try:
            return self._look_once()
        except ReaderLost:
            self.close()
            raise

    def _look_once(self) -> list[str]:
        names = self._fitting()
        states = self._status(0, [(name, scard.SCARD_STATE_UNAWARE) for name in names])
        usable = [(name, state) for name, state in states if not state & scard.SCARD_STATE_UNAVAILABLE]
        if not usable:
            raise ReaderNotFound(self._name_part, names)
        self._known = usable
        laid = [name for name, state in usable if state & scard.SCARD_STATE_PRESENT]
        self.name = (laid or [name for name, _ in usable])[0]
        return laid

    def _fitting(self) -> list[str]:
        names = self._names()
        fitting = [name for name in names if self._name_part in name]
        if not fitting:
            raise ReaderNotFound(self._name_part, names)
        return fitting

    def _names(self) -> list[str]:
        result, names = scard.SCardListReaders(self._service(), [])
        if plain(result) == Code.NO_READERS_AVAILABLE:
            return []
        _succeed(result, connect_error)
        return list(names)

    def _service(self) -> int:
        if self._context is None:
            result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            _succeed(result, connect_error)
            self._context = context
        return self._context

    def _status(self, milliseconds: int, known: list[tuple[str, int]]) -> list[tuple[str, int]]:
        result, states = scard.SCardGetStatusChange(self._service(), milliseconds, known)
        if plain(result) == Code.TIMEOUT:
            return known
        _succeed(result, transmit_error)
        return [(name, state) for name, state, _ in states]

    def _sleep(self, seconds: float, stop: Event) -> None:
        """Sleep until a card moves, at most `seconds`."""
        if self._context is None or not self._known:
            stop.wait(seconds)
            return
        with suppress(DeviceError):  # the next look says what is wrong
            self._status(int(seconds * 1000), self._known)


def _succeed(result: int, error: Callable[[int], DeviceError]) -> None:
    if plain(result) != Code.SUCCESS:
        raise error(result)
