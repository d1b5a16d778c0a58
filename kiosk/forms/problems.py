"""What can be wrong with an answer: codes and facts; the sentences are in the texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ProblemCode(StrEnum):
    """One way in which an answer is not yet right, the gravest first: of several, the first is told."""

    REQUIRED = "required"
    NOT_CHOSEN = "not-chosen"
    NOT_DECLARED = "not-declared"
    NOT_PHOTOGRAPHED = "not-photographed"
    INDIVIDUAL_NUMBER = "number-like-mynumber"
    CHARACTERS = "characters"
    KANA_ONLY = "kana-only"
    PHONE = "phone"
    POSTCODE = "postcode"
    MAIL = "mail"
    TIME = "time"
    TOO_EARLY = "too-early"
    DATE = "date"
    FUTURE = "future"
    PAST = "past"
    TOO_FAR_BACK = "too-far-back"
    TOO_FAR_AHEAD = "too-far-ahead"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    RANGE = "range"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    CHOICE = "choice"
    PATTERN = "pattern"


# The names that a sentence about this problem may use in braces.
FACTS: Mapping[ProblemCode, frozenset[str]] = {
    ProblemCode.NOT_PHOTOGRAPHED: frozenset({"minimum"}),
    ProblemCode.TOO_SHORT: frozenset({"minimum"}),
    ProblemCode.TOO_LONG: frozenset({"maximum"}),
    ProblemCode.RANGE: frozenset({"minimum", "maximum"}),
    ProblemCode.TOO_FAR_BACK: frozenset({"days"}),
    ProblemCode.TOO_FAR_AHEAD: frozenset({"days"}),
    ProblemCode.TOO_FEW: frozenset({"minimum"}),
    ProblemCode.TOO_MANY: frozenset({"maximum"}),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer is not accepted; `facts` are limits, never what was entered."""

    code: ProblemCode
    facts: Mapping[str, int] = field(default_factory=dict, hash=False)
