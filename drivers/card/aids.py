"""Names of applets and ids of their files, as several independent programs agree on them.

The surface applet's files with the individual number, with its hash and the password that is that number are absent
here on purpose: no line of this program can name them.
"""

from __future__ import annotations

from typing import Final

JPKI: Final = bytes.fromhex("D392F000260100000001")  # 公的個人認証AP
SURFACE_TEXT: Final = bytes.fromhex("D3921000310001010408")  # 券面事項入力補助AP

# Other cards, asked for by name one after the other.
LICENCE: Final = bytes.fromhex("A0000002310100000000000000000000")  # 運転免許証 DF1
RESIDENCE: Final = bytes.fromhex("D392F0004F0200000000000000000000")  # 在留カード・特別永住者証明書 DF1
PASSPORT: Final = bytes.fromhex("A0000002471001")  # eMRTD; only believed to be what the readers meet
PAYMENT: Final = b"2PAY.SYS.DDF01"  # contactless payment environment; only believed to be enough
HPKI: Final = (bytes.fromhex("E828BD080FA000000391000000000001"), bytes.fromhex("E828BD080FA000000391000000000002"))
MDOC: Final = bytes.fromhex("A0000002480400")  # ISO/IEC 18013-5 telephone


class JpkiFile:
    """Elementary files of the JPKI applet that the kiosk uses."""

    SIGN_CERTIFICATE: Final = 0x0001
    TOKEN_INFO: Final = 0x0006
    CERTIFICATES_PRESENT: Final = 0x0008
    SIGN_KEY: Final = 0x001A
    SIGN_PASSWORD: Final = 0x001B


class SurfaceFile:
    """Elementary files of the surface text applet that the kiosk uses."""

    ATTRIBUTES: Final = 0x0002
    PIN: Final = 0x0011
    NUMBER_B: Final = 0x0015
