"""A line to the card through libpcsclite itself, for the one command that carries a password.

pyscard leaves the end of every command in freed memory; here the card service is handed the caller's own buffer.
Nothing but the standard library is imported: the signer starts without site-packages.
"""

from __future__ import annotations

import ctypes
from ctypes import byref, c_char, c_char_p, c_long, c_ubyte, c_ulong, c_void_p

from drivers.errors import CardRemoved, DeviceError
from drivers.readers.codes import CARD_GONE, SHORTEST_ANSWER, Code, connect_error, plain, split_answer, transmit_error

LIBRARY = "libpcsclite.so.1"
SCOPE_SYSTEM = 2  # SCARD_SCOPE_SYSTEM
SHARE_EXCLUSIVE = 1  # SCARD_SHARE_EXCLUSIVE
ANY_PROTOCOL = 1 | 2  # SCARD_PROTOCOL_T0, SCARD_PROTOCOL_T1
LEAVE_CARD, UNPOWER_CARD = 0, 2  # SCARD_LEAVE_CARD, SCARD_UNPOWER_CARD
LONGEST_ANSWER = 65536 + 2  # bytes: an extended answer and its status word

# SELECT by an all-zero name, longer than any VERIFY: it does nothing to a card, but pcscd keeps the bytes of the
# last command, and these are better kept than a password.
FLUSH = bytes.fromhex("00A4040C13") + bytes(19)


class _IoRequest(ctypes.Structure):
    """SCARD_IO_REQUEST; DWORD is `unsigned long` in pcsc-lite on every Linux."""

    _fields_ = (("protocol", c_ulong), ("length", c_ulong))


def _library() -> ctypes.CDLL:
    """Load libpcsclite with the types of pcsclite.h: handles and results `long`, lengths `unsigned long`."""
    library = ctypes.CDLL(LIBRARY)
    pointer = ctypes.POINTER
    library.SCardEstablishContext.argtypes = (c_ulong, c_void_p, c_void_p, pointer(c_long))
    library.SCardReleaseContext.argtypes = (c_long,)
    library.SCardListReaders.argtypes = (c_long, c_char_p, c_void_p, pointer(c_ulong))
    library.SCardConnect.argtypes = (c_long, c_char_p, c_ulong, c_ulong, pointer(c_long), pointer(c_ulong))
    library.SCardDisconnect.argtypes = (c_long, c_ulong)
    library.SCardTransmit.argtypes = (
        c_long, pointer(_IoRequest), c_void_p, c_ulong, c_void_p, c_void_p, pointer(c_ulong)
    )  # fmt: skip
    for name in ("EstablishContext", "ReleaseContext", "ListReaders", "Connect", "Disconnect", "Transmit"):
        getattr(library, f"SCard{name}").restype = c_long
    return library


class PcscliteLine:
    """An exclusive connection to the card on the reader whose name contains `name_part` (CardConnection).

    Where several readers' names do, it is the first one that has a card. Raises CardAbsent, CardBusy, CardUnreadable
    or ReaderLost when it cannot be opened.
    """

    def __init__(self, name_part: str) -> None:
        self._library = _library()
        self._context, self._card, self._protocol = c_long(), c_long(), c_ulong()
        self._answer = (c_ubyte * LONGEST_ANSWER)()
        self._lost: DeviceError | None = None
        result = self._library.SCardEstablishContext(SCOPE_SYSTEM, None, None, byref(self._context))
        if plain(result) != Code.SUCCESS:
            raise connect_error(result)
        result = self._connect([name for name in self._names() if name_part.encode() in name])
        self._open = plain(result) == Code.SUCCESS
        if not self._open:
            self._library.SCardReleaseContext(self._context)
            raise connect_error(result)
        self._pci = _IoRequest(self._protocol.value, ctypes.sizeof(_IoRequest))

    def _names(self) -> list[bytes]:
        length = c_ulong(LONGEST_ANSWER)
        result = self._library.SCardListReaders(self._context, None, self._answer, byref(length))
        if plain(result) != Code.SUCCESS:
            return []
        return [name for name in ctypes.string_at(self._answer, length.value).split(b"\0") if name]

    def _connect(self, names: list[bytes]) -> int:
        """Open the first of these readers that has a card; return the last result."""
        result: int = Code.UNKNOWN_READER
        for name in names:
            result = self._library.SCardConnect(
                self._context, name, SHARE_EXCLUSIVE, ANY_PROTOCOL, byref(self._card), byref(self._protocol)
            )
            if plain(result) not in CARD_GONE:
                break
        return result

    def transmit(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        """Send one command from where it lies, without copying; raises CardRemoved or ReaderLost for good."""
        if self._lost:
            raise self._lost
        try:
            return self._exchange(command)
        except DeviceError as error:
            self._lost = error
            raise

    def close(self) -> None:
        """Overwrite what pcscd remembers, power the card down and let it go."""
        if not self._open:
            return
        self._open = False
        self._lost = self._lost or CardRemoved("closed")
        result, length = self._send(FLUSH)  # also when the card is gone: pcscd takes the bytes before it finds out
        # Told to power down a card that has just gone, pcscd 1.9.9 overlooks the next one until it is lifted again.
        answered = plain(result) == Code.SUCCESS and length >= SHORTEST_ANSWER
        ctypes.memset(self._answer, 0, LONGEST_ANSWER)
        self._library.SCardDisconnect(self._card, UNPOWER_CARD if answered else LEAVE_CARD)
        self._library.SCardReleaseContext(self._context)

    def _exchange(self, command: bytes | bytearray | memoryview) -> tuple[bytes, int]:
        result, length = self._send(command)
        if plain(result) != Code.SUCCESS:
            raise transmit_error(result)
        return split_answer(ctypes.string_at(self._answer, length))

    def _send(self, command: bytes | bytearray | memoryview) -> tuple[int, int]:
        """Hand the command's own memory to SCardTransmit; return its result and the length of the answer."""
        size = len(command)
        start = command if isinstance(command, bytes) else (c_char * size).from_buffer(command)
        length = c_ulong(LONGEST_ANSWER)
        result = self._library.SCardTransmit(
            self._card, byref(self._pci), start, size, None, self._answer, byref(length)
        )  # fmt: skip
        return result, length.value
