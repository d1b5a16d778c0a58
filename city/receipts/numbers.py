"""Receipt numbers such as `K7P4-29XD-6Z`: ten characters without 0, 1, I and O, the last one a check character."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIZE = len(ALPHABET)
_FREE = 9  # 45 random bits


def check_character(text: str) -> str:
    """Return the character that completes the text: ISO/IEC 7064's hybrid system, here MOD 33,32.

    It finds every single wrong character and nearly every swap of two neighbours.
    """
    product = _SIZE
    for character in text:
        product = ((product + ALPHABET.index(character)) % _SIZE or _SIZE) * 2 % (_SIZE + 1)
    return ALPHABET[(_SIZE + 1 - product) % _SIZE]


def _grouped(text: str) -> str:
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def new_number() -> str:
    """Return a fresh random number as people see it."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(_FREE))
    return _grouped(text + check_character(text))


def is_number(text: str) -> bool:
    """Tell whether this is a receipt number with its right check character; spaces, dashes and case do not matter."""
    plain = "".join(text.upper().replace("-", " ").split())
    if len(plain) != _FREE + 1 or any(character not in ALPHABET for character in plain):
        return False
    return check_character(plain[:-1]) == plain[-1]


def normal_form(text: str) -> str:
    """Return the number as it is stored, whatever dashes, spaces and case it was typed with."""
    return _grouped("".join(text.upper().replace("-", " ").split()))
