"""What the signer does with a card, read from top to bottom.

Both errands take any open line and characters that are wiped as soon as the card has judged them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from drivers.card.files import ChunkLadder
from drivers.card.jpki import JpkiSignature, TokenKind
from drivers.card.surface import SurfaceText
from drivers.errors import AppletMissing, FileMissing, PasswordLocked
from kiosk.signer.errors import LastTryNotAgreed
from kiosk.signer.memory import wipe
from kiosk.signer.proof import confirm, digest_info
from kiosk.signer.protocol import HolderKey, Stage

if TYPE_CHECKING:
    from drivers.card.connection import CardConnection
    from drivers.card.holder import Holder


class Talk(Protocol):
    """Whom the signature errand speaks to on its way."""

    def stage(self, stage: Stage) -> None:
        """Hear how far it has come."""
        ...

    def decide(self, certificate: bytes) -> bytes:
        """Judge the certificate (DER); return the SHA-256 digest to sign, or raise to end the errand."""
        ...


def sign_errand(
    line: CardConnection, password: memoryview, talk: Talk, *, last_try_agreed: bool = False, extended: bool = True
) -> bytes:
    """Unlock, show the certificate to `talk`, sign the digest it answers with; return the confirmed signature.

    Raises AppletMissing and FileMissing for a card that cannot sign, PasswordLocked, LastTryNotAgreed,
    WrongPassword, SignatureFaulty, CardRemoved, ReaderLost, CardUnreadable.
    """
    try:
        talk.stage(Stage.PASSWORD)
        token = JpkiSignature(line, ChunkLadder(extended=extended))
        if token.kind() is not TokenKind.MY_NUMBER:
            raise AppletMissing
        if not token.holds_sign_certificate():
            raise FileMissing
        _check_tries(token.attempts_left(), last_try_agreed=last_try_agreed)
        token.unlock(password)
    finally:
        wipe(password)
    talk.stage(Stage.CERTIFICATE)
    certificate = token.certificate()
    info = digest_info(talk.decide(certificate))
    talk.stage(Stage.SIGNATURE)
    signature = token.sign(info)
    confirm(certificate, info, signature)
    return signature


def holder_errand(line: CardConnection, key: memoryview, by: HolderKey, *, last_try_agreed: bool = False) -> Holder:
    """Open the four attributes with the 4-digit PIN or with 照合番号B and read them; errors as in `sign_errand`."""
    try:
        text = SurfaceText(line)
        by_number = by is HolderKey.NUMBER_B
        tries = text.number_b_attempts_left() if by_number else text.pin_attempts_left()
        _check_tries(tries, last_try_agreed=last_try_agreed)
        unlock = text.unlock_by_number_b if by_number else text.unlock_by_pin
        unlock(key)
    finally:
        wipe(key)
    return text.holder()


def _check_tries(left: int, *, last_try_agreed: bool) -> None:
    if not left:
        raise PasswordLocked
    if left == 1 and not last_try_agreed:
        raise LastTryNotAgreed


def make_characters(cells: memoryview, pad: str) -> None:
    """Turn pad cells into the pad's ASCII characters where they lie; ValueError names no cell."""
    table = pad.encode("ascii")
    if any(cell >= len(table) for cell in cells):
        raise ValueError("not a cell of this pad")
    for index in range(len(cells)):
        cells[index] = table[cells[index]]
