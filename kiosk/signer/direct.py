"""The same errand without a process of its own, for the reader that plays in this process and for unit tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.card.pad import DIGIT_PAD, SIGNING_PAD
from drivers.card.recorded import CountingConnection
from kiosk.signer.errand import holder_errand, make_characters, sign_errand
from kiosk.signer.memory import LockedPage
from kiosk.signer.parent import ERRANDS, Signed, check_length
from kiosk.signer.protocol import Errand, HolderKey, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.card.holder import Holder
    from drivers.readers.reader import Reader


class DirectSigner:
    """Does what Signer does, on a reader of this process; it protects no password and keeps no deadline."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def sign(
        self,
        cells: memoryview,
        decide: Callable[[bytes], bytes],
        progress: Callable[[Stage], None],
        deadline: float,  # noqa: ARG002 - nothing here can hang
        *,
        last_try_agreed: bool = False,
    ) -> Signed:
        """Have the digest signed that `decide` returns for the card's certificate."""
        check_length(Errand.SIGN, cells)
        talk = _Talk(decide, progress)
        progress(Stage.CONNECT)
        line = CountingConnection(self._reader.connect())
        try:
            with LockedPage() as page:
                password = _characters(page, cells, SIGNING_PAD)
                signature = sign_errand(line, password, talk, last_try_agreed=last_try_agreed)
        finally:
            line.close()
        progress(Stage.DONE)
        return Signed(talk.certificate, signature, line.apdus, line.bytes_out, line.bytes_in)

    def holder(
        self,
        cells: memoryview,
        by: HolderKey,
        deadline: float,  # noqa: ARG002 - nothing here can hang
        *,
        last_try_agreed: bool = False,
    ) -> Holder:
        """Read the four attributes, opened by `by`."""
        check_length(ERRANDS[HolderKey(by)], cells)
        line = self._reader.connect()
        try:
            with LockedPage() as page:
                key = _characters(page, cells, DIGIT_PAD)
                return holder_errand(line, key, HolderKey(by), last_try_agreed=last_try_agreed)
        finally:
            line.close()


class _Talk:
    """Passes the conversation on as plain calls (Talk)."""

    def __init__(self, decide: Callable[[bytes], bytes], progress: Callable[[Stage], None]) -> None:
        self._decide = decide
        self.stage = progress
        self.certificate = b""

    def decide(self, certificate: bytes) -> bytes:
        """Keep the certificate and ask."""
        self.certificate = certificate
        return self._decide(certificate)


def _characters(page: memoryview, cells: memoryview, pad: str) -> memoryview:
    characters = page[: len(cells)]
    characters[:] = cells
    make_characters(characters, pad)
    return characters
