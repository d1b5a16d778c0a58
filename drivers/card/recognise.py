"""Which card lies on the reader: by asking for applets, never by the ATR, whose list is open-ended."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from drivers.card import aids, apdu
from drivers.card.applet import select_status
from drivers.card.iso7816 import StatusWord
from drivers.card.jpki import JpkiSignature, TokenKind
from drivers.errors import AppletMissing

if TYPE_CHECKING:
    from drivers.card.connection import CardConnection


class CardKind(StrEnum):
    """Cards that citizens lay down."""

    MY_NUMBER = "my_number"
    JUKI = "juki"
    ANDROID = "android"
    IPHONE = "iphone"
    LICENCE = "licence"
    RESIDENCE = "residence"
    PASSPORT = "passport"
    PAYMENT = "payment"
    HPKI = "hpki"
    MDOC = "mdoc"
    FELICA = "felica"
    UNKNOWN = "unknown"


_TOKENS: Final = {
    TokenKind.MY_NUMBER: CardKind.MY_NUMBER,
    TokenKind.JUKI: CardKind.JUKI,
    TokenKind.ANDROID: CardKind.ANDROID,
    TokenKind.IPHONE: CardKind.IPHONE,
    TokenKind.UNKNOWN: CardKind.UNKNOWN,  # perhaps the next generation: this kiosk does not support it yet
}

_OTHERS: Final = (
    (aids.LICENCE, CardKind.LICENCE),
    (aids.RESIDENCE, CardKind.RESIDENCE),
    (aids.PAYMENT, CardKind.PAYMENT),
    (aids.PASSPORT, CardKind.PASSPORT),
    (aids.HPKI[0], CardKind.HPKI),
    (aids.HPKI[1], CardKind.HPKI),
    (aids.MDOC, CardKind.MDOC),
)

_FELICA_ID_LENGTH: Final = 8  # bytes of its IDm; the other contactless types have 4, 7 or 10


def recognise(line: CardConnection) -> CardKind:
    """Say what the card is; UNKNOWN when it has none of the applets known. Reads no personal data."""
    try:
        return _TOKENS[JpkiSignature(line).kind()]
    except AppletMissing:
        pass
    for aid, kind in _OTHERS:
        if select_status(line, aid) == StatusWord.OK:
            return kind
    return CardKind.FELICA if _looks_like_felica(line) else CardKind.UNKNOWN


def _looks_like_felica(line: CardConnection) -> bool:
    """Ask the reader how long the card's identifier is; only believed to hold on every reader, so it is asked last."""
    data, status = line.transmit(apdu.ask_reader_for_uid())
    return status == StatusWord.OK and len(data) == _FELICA_ID_LENGTH
