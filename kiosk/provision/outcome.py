"""What came of the last stick: left for the screen in one small file, without anything that is secret."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kiosk.durable import keep

if TYPE_CHECKING:
    from pathlib import Path

APPLIED: Final = "applied"
AGAIN: Final = "again"  # these very bytes were applied before


@dataclass(frozen=True, slots=True)
class Outcome:
    """A code, and where the mistake is if it is one."""

    at: str
    code: str
    serial: int = 0
    file: str = ""
    key: str = ""
    expected: str = ""

    @property
    def good(self) -> bool:
        """Whether the stick counts now."""
        return self.code in {APPLIED, AGAIN}


def leave(outcome: Outcome, path: Path) -> None:
    """Put an outcome where the screen looks for it; raises OSError."""
    keep(path, json.dumps(asdict(outcome), ensure_ascii=False).encode())


def found(path: Path) -> Outcome | None:
    """Return the last outcome, None where there is none that can be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
        outcome = Outcome(**told)
        datetime.fromisoformat(outcome.at)
    except (OSError, ValueError, TypeError):
        return None
    return outcome
