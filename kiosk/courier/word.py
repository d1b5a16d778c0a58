"""The courier's word about the city, for whoever looks at the machine: a small file beside the spool, a way to ask."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kiosk.courier.nudge import ring
from kiosk.durable import keep

if TYPE_CHECKING:
    from pathlib import Path

GOOD: Final = "ok"


@dataclass(frozen=True, slots=True)
class Word:
    """When the courier last asked the city, and what came of it: `ok`, a reason (policy.Reason) or a refusal's code."""

    at: str
    answer: str

    @property
    def moment(self) -> datetime:
        """When it was."""
        return datetime.fromisoformat(self.at)


def word_path(spool: Path) -> Path:
    """Where the word about a spool's city lies."""
    return spool.with_suffix(".city")


def asked_path(spool: Path) -> Path:
    """Where a wish to hear it anew is left."""
    return spool.with_suffix(".ask")


def leave_word(spool: Path, moment: datetime, answer: str) -> None:
    """Write down what came of a question; raises OSError."""
    keep(word_path(spool), json.dumps(asdict(Word(moment.isoformat(), answer))).encode())


def last_word(spool: Path) -> Word | None:
    """Return the last word, None where there is none that can be read."""
    try:
        word = Word(**json.loads(word_path(spool).read_bytes()))
        aware = word.moment.tzinfo is not None
    except (OSError, ValueError, TypeError):
        return None
    return word if aware else None


def ask_anew(spool: Path) -> None:
    """Wish for a new word, soon; raises OSError."""
    asked_path(spool).touch()
    ring(spool)


def was_asked(spool: Path) -> bool:
    """Take a wish, if there is one."""
    try:
        asked_path(spool).unlink()
    except OSError:
        return False
    return True
