"""Latin letters and digits: the keys, and which characters they may give."""

from __future__ import annotations

LINE = 5  # signs that stand together, as あいうえお do

# Alphabetical, as on the password pad: who does not type on a keyboard every day finds a letter by its neighbours.
ROWS: tuple[tuple[str, ...], ...] = (
    ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"),
    ("A", "B", "C", "D", "E", "F", "G", "H", "I", "J"),
    ("K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"),
    ("U", "V", "W", "X", "Y", "Z", "-", ".", ",", "'"),
    ("@", "_", "/", "+", "#", "&", "(", ")", ":", "!"),
)
# As on a telephone; the bottom row has the erase key at its left and the next-field key at its right.
DIGIT_ROWS: tuple[tuple[str, ...], ...] = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("", "0", ""))

_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def is_latin(char: str) -> bool:
    """Tell whether the character is a printable ASCII one, a space included."""
    return " " <= char <= "~"


def is_digit(char: str) -> bool:
    """Tell whether the character is one of 0 to 9 and not one of Unicode's many other digits."""
    return "0" <= char <= "9"


def half_width_digits(text: str) -> str:
    """Return the text with full-width digits made 0 to 9; nothing else is touched."""
    return text.translate(_FULL_WIDTH_DIGITS)


def other_case(char: str) -> str:
    """Return the letter in its other case; anything else comes back as it is."""
    return char.swapcase() if char.isascii() else char
