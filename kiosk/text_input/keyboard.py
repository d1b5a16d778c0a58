"""The keyboards a field can ask for."""

from __future__ import annotations

from enum import StrEnum


class Keyboard(StrEnum):
    """What the screen shows for typing; `NONE` for fields that are touched, not typed."""

    KANA = "kana"
    LATIN = "latin"
    DIGITS = "digits"
    NONE = "none"
