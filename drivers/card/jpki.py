"""The JPKI applet (公的個人認証AP): the signing certificate, and the signing key behind its password."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from drivers.card import aids, apdu
from drivers.card.applet import Applet
from drivers.card.exchange import exchange, expect_ok
from drivers.card.iso7816 import StatusWord
from drivers.card.lock import Lock
from drivers.card.pad import SIGNING_PAD
from drivers.errors import CardUnreadable, FileMissing, NotUnlocked

if TYPE_CHECKING:
    from drivers.card.connection import CardConnection
    from drivers.card.files import ChunkLadder

PASSWORD_LENGTHS: Final = range(6, 17)
PASSWORD_TRIES: Final = 5
SIGNATURE_LENGTH: Final = 256  # bytes; RSA-2048
_GIVEN_MOST: Final = SIGNATURE_LENGTH - 11  # PKCS#1 v1.5 padding takes eleven bytes
_LABEL_LENGTH: Final = 32
_PRESENT_LENGTH: Final = 3
_PRESENT: Final = 0x8F
_DER_SEQUENCE: Final = 0x30


class TokenKind(StrEnum):
    """What carries the JPKI applet, by the label in its token information."""

    MY_NUMBER = "JPKIAPICCTOKEN2"
    JUKI = "JPKIAPICCTOKEN"
    ANDROID = "JPKIAPGPSETOKEN"
    IPHONE = "JPKIAPIOSTOKEN"
    UNKNOWN = ""


class JpkiSignature(Applet):
    """The signing half of the JPKI applet; only what asks for no password may be called before `unlock`."""

    def __init__(self, line: CardConnection, ladder: ChunkLadder | None = None) -> None:
        """Select the applet; raises AppletMissing."""
        super().__init__(line, aids.JPKI, ladder)
        self._lock = Lock(
            self,
            aids.JpkiFile.SIGN_PASSWORD,
            lengths=PASSWORD_LENGTHS,
            alphabet=SIGNING_PAD,
            most_tries=PASSWORD_TRIES,
        )

    def kind(self) -> TokenKind:
        """Read the whole label: one kind's label is the beginning of another's."""
        try:
            label = self.read_start(aids.JpkiFile.TOKEN_INFO, _LABEL_LENGTH)
        except FileMissing:
            return TokenKind.UNKNOWN
        text = label.rstrip(b" \0").decode("ascii", errors="replace")
        return TokenKind(text) if text in set(TokenKind) else TokenKind.UNKNOWN

    def holds_sign_certificate(self) -> bool:
        """Say whether there is a signing certificate; children under 15, for instance, have none.

        A card without the file that tells is taken to hold one: reading it will show, and costs no try.
        """
        try:
            present = self.read_start(aids.JpkiFile.CERTIFICATES_PRESENT, _PRESENT_LENGTH)
        except FileMissing:
            return True
        return present[0] == _PRESENT

    def attempts_left(self) -> int:
        """Ask for the signing password's tries left; 0 means locked. Costs no try."""
        return self._lock.attempts_left()

    def unlock(self, password: memoryview) -> None:
        """Send the signing password (6 to 16 characters A-Z 0-9 as ASCII bytes), once; see `Lock.unlock`."""
        self._lock.unlock(password)

    def certificate(self) -> bytes:
        """Return the signing certificate in DER; raises NotUnlocked before `unlock`, FileMissing when there is none."""
        der = self.read_object(aids.JpkiFile.SIGN_CERTIFICATE)
        if der[0] != _DER_SEQUENCE:
            raise CardUnreadable(StatusWord.OK)
        return der

    def sign(self, digest_info: bytes) -> bytes:
        """Sign a DigestInfo with the signing key; return the 256 bytes as the card gave them, to be verified.

        The card pads whatever it is given and looks at none of it.
        """
        if not 0 < len(digest_info) <= _GIVEN_MOST:
            raise ValueError("a signature covers 1 to 245 bytes")
        self.select_file(aids.JpkiFile.SIGN_KEY)
        signature, status = exchange(self.line, apdu.sign(digest_info))
        if status == StatusWord.NOT_UNLOCKED:
            raise NotUnlocked
        expect_ok(status)
        if len(signature) != SIGNATURE_LENGTH:
            raise CardUnreadable(status)
        return signature
