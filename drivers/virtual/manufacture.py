"""Making card images: the applets and files of a My Number Card, and of the other cards citizens lay down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.card import aids
from drivers.card.jpki import PASSWORD_TRIES, TokenKind
from drivers.card.recognise import CardKind
from drivers.virtual.encode import filled, opaque, tlv
from drivers.virtual.image import AppletImage, CardImage, File, Key, Password
from drivers.virtual.personas import Passwords, Person, Persona, number_b

# Files that exist on a real card and that the kiosk must never touch; they are named here so that touching is noticed.
INDIVIDUAL_NUMBER: Final = 0x0001
INDIVIDUAL_NUMBER_HASH: Final = 0x0003
NUMBER_A: Final = 0x0014
VISUAL: Final = bytes.fromhex("D3921000310001010402")  # 券面事項確認AP
VISUAL_INDIVIDUAL_NUMBER: Final = 0x0005
COMMON: Final = bytes.fromhex("D3921000310001010100")  # 共通カードAP
JUKI: Final = bytes.fromhex("D3921000310001010401")  # 住基AP

_NO_INDIVIDUAL_NUMBER: Final = b"0" * 12  # no person has it: even its check digit is not one of a real number
_AUTH_KEY, _AUTH_PIN = 0x0017, 0x0018
_PIN_TRIES, _NUMBER_TRIES = 3, 10
_PRESENT, _ABSENT = 0x8F, 0x00

_LABELS: Final = {
    CardKind.MY_NUMBER: TokenKind.MY_NUMBER,
    CardKind.JUKI: TokenKind.JUKI,
    CardKind.ANDROID: TokenKind.ANDROID,
    CardKind.IPHONE: TokenKind.IPHONE,
}

_ATRS: Final = {  # as readers report them; nothing is decided by them
    CardKind.MY_NUMBER: "3B8880010000 05E0B381A1 007F",
    CardKind.JUKI: "3B8880010000 14E0B38191 005E",
    CardKind.LICENCE: "3B8880010000 00009181C1 00D8",
    CardKind.FELICA: "3B8F8001804F0CA0000003061100 3B0000000042",
}
_ANY_ATR: Final = "3B80800101"

_OTHER_AIDS: Final = {
    CardKind.LICENCE: (aids.LICENCE,),
    CardKind.RESIDENCE: (aids.RESIDENCE,),
    CardKind.PASSPORT: (aids.PASSPORT,),
    CardKind.PAYMENT: (aids.PAYMENT,),
    CardKind.HPKI: aids.HPKI[:1],
    CardKind.MDOC: (aids.MDOC,),
    CardKind.UNKNOWN: (bytes.fromhex("F04D41444F475543484900"),),  # an applet nobody asks for
    CardKind.FELICA: (),  # no applets at all: the reader answers for it
}


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """What an authority put on one card, in DER; `sign_certificate` and `sign_key` are None where there is none."""

    sign_certificate: bytes | None
    sign_key: bytes | None
    sign_authority: bytes
    auth_certificate: bytes
    auth_key: bytes
    auth_authority: bytes


def make_jpki_card(name: str, persona: Persona, person: Person, issued: Issued) -> CardImage:
    """Make a card (or telephone) that carries the JPKI applet."""
    applets = [_jpki(persona, issued)]
    if persona.kind is CardKind.MY_NUMBER:
        applets += [_surface_text(person, persona.passwords), _visual(), _common(name, person), AppletImage(JUKI)]
    return _card(name, persona, applets)


def make_other_card(name: str, persona: Persona) -> CardImage:
    """Make a card of some other kind: it has its applet's name and nothing inside."""
    return _card(name, persona, [AppletImage(aid) for aid in _OTHER_AIDS[persona.kind]])


def _card(name: str, persona: Persona, applets: list[AppletImage]) -> CardImage:
    atr = bytes.fromhex(_ATRS.get(persona.kind, _ANY_ATR).replace(" ", ""))
    uid = opaque(name, 8 if persona.kind is CardKind.FELICA else 4)
    return CardImage(name, persona.title, persona.kind, atr, uid, applets, persona.habits)


def _jpki(persona: Persona, issued: Issued) -> AppletImage:
    file, passwords = aids.JpkiFile, persona.passwords
    present = _PRESENT if issued.sign_certificate else _ABSENT
    files = {
        0x0002: File(issued.sign_authority),
        file.TOKEN_INFO: File(_token_info(_LABELS[persona.kind])),
        file.CERTIFICATES_PRESENT: File(bytes((present, _PRESENT, 0))),
        0x000A: File(issued.auth_certificate),
        0x000B: File(issued.auth_authority),
    }
    keys = {_AUTH_KEY: Key(issued.auth_key, (_AUTH_PIN,))}
    if issued.sign_certificate and issued.sign_key:
        files[file.SIGN_CERTIFICATE] = File(issued.sign_certificate, (file.SIGN_PASSWORD,))
        keys[file.SIGN_KEY] = Key(issued.sign_key, (file.SIGN_PASSWORD,))
    return AppletImage(
        aids.JPKI,
        files=files,
        keys=keys,
        passwords={
            file.SIGN_PASSWORD: Password(passwords.signing.encode(), passwords.signing_tries, PASSWORD_TRIES),
            _AUTH_PIN: Password(passwords.pin.encode(), passwords.pin_tries, _PIN_TRIES),
        },
    )


def _token_info(label: str) -> bytes:
    """Lay out EF 0006: PKCS#11's CK_TOKEN_INFO with big-endian numbers, 160 bytes."""
    texts = label.ljust(32) + "0" * 31 + "1" + "EMULATED".ljust(16) + "0" * 16
    numbers = bytes.fromhex("0000040D") + bytes(16) + (16).to_bytes(4, "big") + (6).to_bytes(4, "big")
    return texts.encode() + numbers.ljust(28, b"\0") + b"\xff" * 16 + b"0301" + b"9" * 16


def attributes_file(person: Person) -> bytes:
    """Lay out the text applet's EF 0002; DF21 holds the offsets of the four objects from the file's first byte."""
    values = ((0xDF22, person.name), (0xDF23, person.address), (0xDF24, person.birth), (0xDF25, person.sex))
    parts = [tlv(tag, value.encode()) for tag, value in values]
    table = len(tlv(0xDF21, bytes(2 * len(parts))))
    inside = table + sum(map(len, parts))
    at = len(tlv(0xFF20, bytes(inside))) - inside + table
    offsets = b""
    for part in parts:
        offsets += at.to_bytes(2, "big")
        at += len(part)
    return tlv(0xFF20, tlv(0xDF21, offsets) + b"".join(parts))


def _surface_text(person: Person, passwords: Passwords) -> AppletImage:
    pin, number = aids.SurfaceFile.PIN, aids.SurfaceFile.NUMBER_B
    data = attributes_file(person)
    return AppletImage(
        aids.SURFACE_TEXT,
        files={
            INDIVIDUAL_NUMBER: File(filled(tlv(0xFF10, _NO_INDIVIDUAL_NUMBER), 17), (pin, NUMBER_A)),
            aids.SurfaceFile.ATTRIBUTES: File(filled(data, len(data) + 16), (pin, number)),
            INDIVIDUAL_NUMBER_HASH: File(filled(tlv(0xFF30, bytes(32)), 64), (pin, NUMBER_A, number)),
        },
        passwords={
            pin: Password(passwords.pin.encode(), passwords.pin_tries, _PIN_TRIES),
            NUMBER_A: Password(_NO_INDIVIDUAL_NUMBER, _NUMBER_TRIES, _NUMBER_TRIES),
            number: Password(number_b(person).encode(), passwords.number_b_tries, _NUMBER_TRIES),
            0x0012: Password(b"", 0, _PIN_TRIES),  # delivered blocked
        },
        forbidden=(INDIVIDUAL_NUMBER, INDIVIDUAL_NUMBER_HASH, NUMBER_A),
    )


def _visual() -> AppletImage:
    key = 0x0013
    return AppletImage(
        VISUAL,
        files={VISUAL_INDIVIDUAL_NUMBER: File(b"\xff" * 16, (key,))},
        passwords={key: Password(_NO_INDIVIDUAL_NUMBER, _NUMBER_TRIES, _NUMBER_TRIES)},
        forbidden=(VISUAL_INDIVIDUAL_NUMBER, key),
    )


def _common(name: str, person: Person) -> AppletImage:
    serial = str(int.from_bytes(opaque(name, 6), "big")).zfill(15)[:15]
    record = f"{serial}11241{person.expiry_year}0401".encode()
    return AppletImage(COMMON, records={0x0001: File(bytes((1, len(record))) + record)})
