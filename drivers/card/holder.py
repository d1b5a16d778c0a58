"""The person printed on the card: the four attributes, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """ISO 5218 as the card's text applet writes it."""

    MALE = "1"
    FEMALE = "2"
    NOT_APPLICABLE = "9"
    UNKNOWN = "0"


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """Name, address, birth date and sex, code point for code point as on the card.

    `name` separates family and given name by U+3000. `birth` is `YYYYMMDD`, Gregorian; unknown parts are zeros.
    """

    name: str
    address: str
    birth: str
    sex: Sex

    def __repr__(self) -> str:
        return "<Holder>"
