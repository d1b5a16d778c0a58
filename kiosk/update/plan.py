"""The updater's decisions, without a file, a program or a clock of their own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from kiosk.door import UPDATE, Presence
from kiosk.hours import JAPAN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kiosk.door import KioskState
    from kiosk.hours import Span

STEADY: Final = 20.0  # seconds for which the same kiosk has to be well before a new slot is kept
CARD_PATH: Final = "reader"


class Verdict(Enum):
    """What a slot is worth that was started."""

    WAIT = auto()
    GOOD = auto()
    BAD = auto()


@dataclass(slots=True)
class Trial:
    """The health window of a start: of a slot that is on trial, or of one that has proved itself before.

    A new slot is good when one and the same kiosk has drawn its picture and seen its reader answer for a while; it is
    bad when that has not happened within `limit` seconds. A proved slot is good as soon as its kiosk has drawn: a
    reader that somebody unplugged is no reason to go back, and no time is a reason to give it up.
    """

    new: bool
    limit: float
    began: float
    _well_since: float | None = None
    _kiosk: float | None = None

    def judge(self, state: KioskState | None, now: float) -> Verdict:
        """Judge by what the kiosk tells now."""
        if state is None or not state.drawn or (self.new and CARD_PATH in state.wrong):
            self._kiosk = self._well_since = None
        elif state.began != self._kiosk:
            self._kiosk, self._well_since = state.began, now
        if self._well_since is not None and now - self._well_since >= (STEADY if self.new else 0):
            return Verdict.GOOD
        return Verdict.BAD if self.new and now - self.began >= self.limit else Verdict.WAIT


def may_begin(now: datetime, hours: Sequence[Span], state: KioskState | None) -> bool:
    """Whether an installation may be asked for: in the hours, and only by a kiosk whose own card path is well.

    What is broken before an update would look like the update's fault after it.
    """
    here = now.astimezone(JAPAN)
    minute = here.hour * 60 + here.minute
    return any(span.holds(minute) for span in hours) and state is not None and CARD_PATH not in state.wrong


def nobody_here(state: KioskState | None) -> bool:
    """Whether the slot may be written and the machine started anew: the kiosk has heard the wish, and is closed."""
    return state is not None and state.presence is Presence.CLOSED and UPDATE in state.wrong
