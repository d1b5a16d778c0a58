"""What kiosk and updater tell each other: whether somebody is here, and the wish to have the kiosk closed for a while.

Two small files in a folder in memory that both may write. Nothing personal is in them: open, visit or closed, which
parts are not well, and that frames are drawn. Times are seconds of the system's monotonic clock, which all programs of
one boot share.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

UPDATE: Final = "update"  # among what is wrong: the kiosk has heard the wish
TOLD: Final = "kiosk.json"
WISH: Final = "close"
TELL_EVERY: Final = 5.0  # seconds: a telling that is three times as old is nobody's any more
WISH_LASTS: Final = 60.0  # seconds: an updater that died must not keep the kiosk closed


class Presence(StrEnum):
    """Whether somebody is in the middle of something."""

    OPEN = "open"  # the attract scene: the next citizen may come any moment
    VISIT = "visit"
    CLOSED = "closed"  # the closed scene: nobody can begin


@dataclass(frozen=True, slots=True)
class KioskState:
    """What the kiosk last told; `wrong` are the parts that are not well, `drawn` the frames since it started."""

    presence: Presence
    wrong: tuple[str, ...]
    drawn: int
    began: float
    at: float

    def fresh(self, now: float) -> bool:
        """Whether this is still the word of a living kiosk."""
        return now - self.at < 3 * TELL_EVERY


class KioskDoor:
    """The kiosk's side."""

    def __init__(self, folder: Path, began: float) -> None:
        """`began` is when the program started."""
        self._folder = folder
        self._began = began
        self._told: KioskState | None = None

    def asked_to_close(self, now: float) -> bool:
        """Whether the updater wants nobody to begin now."""
        try:
            asked = float((self._folder / WISH).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return False
        return 0 <= now - asked < WISH_LASTS

    def tell(self, presence: Presence, wrong: Iterable[str], drawn: int, now: float) -> None:
        """Tell how things are, when it is news or time to; a folder that is not there is nobody who wants to know."""
        state = KioskState(presence, tuple(sorted(wrong)), drawn, self._began, now)
        told = self._told
        known = told is not None and (told.presence, told.wrong) == (state.presence, state.wrong)
        if known and told is not None and now - told.at < TELL_EVERY:
            return
        if _put(self._folder / TOLD, json.dumps(asdict(state))):
            self._told = state

    def leave(self) -> None:
        """Take the word back: the program ends."""
        (self._folder / TOLD).unlink(missing_ok=True)


class UpdaterDoor:
    """The updater's side."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written before somebody is asked to close."""
        self._folder = folder

    def state(self, now: float) -> KioskState | None:
        """Return what the kiosk told a moment ago; None when it is silent."""
        try:
            told: dict[str, Any] = json.loads((self._folder / TOLD).read_text(encoding="utf-8"))
            times = float(told["began"]), float(told["at"])
            state = KioskState(Presence(told["presence"]), tuple(told["wrong"]), int(told["drawn"]), *times)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return state if state.fresh(now) else None

    def ask_to_close(self, now: float) -> None:
        """Ask for it, or go on asking: the wish lasts a minute."""
        _put(self._folder / WISH, str(now))

    def let_open(self) -> None:
        """Take the wish back."""
        (self._folder / WISH).unlink(missing_ok=True)


def _put(path: Path, text: str) -> bool:
    """Write it whole or not at all; the folder is in memory, so nothing is flushed."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_text(text, encoding="utf-8")
        new.chmod(0o640)
        new.replace(path)
    except OSError:
        return False
    return True
