"""The journal: one JSON line per event, with codes and simple facts only, so that nobody can be read out of it."""

from __future__ import annotations

import hashlib
import json
import re
import traceback
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from kiosk.clock import Clock

Fact = str | int | float | bool | None

EVENT = re.compile(r"[a-z][a-z0-9]*([.-][a-z0-9]+)*")
SIMPLE = re.compile(r"[A-Za-z0-9._:/@+-]{0,80}")  # no blank, no Japanese: a name or an address never gets through
INCIDENT_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I, O: read aloud to staff
FRAMES = 6
ROOT = Path(__file__).parent.parent
OWN = {"kiosk", "drivers", "city"}


class Level(IntEnum):
    """How loud an event is (syslog priorities, sd-daemon(3))."""

    ERROR = 3
    WARNING = 4
    NOTICE = 5


class NotAFact(TypeError):
    """A value that may not stand in the journal; says under which name it came, never what it was."""

    def __init__(self, name: str) -> None:
        super().__init__(name)


class Journal:
    """The journal of one program, written line by line to a stream that systemd picks up."""

    def __init__(self, program: str, stream: TextIO, clock: Clock, *, priorities: bool = False) -> None:
        """Write as `program`; with `priorities` each line begins with the `<n>` that journald understands."""
        self._program = program
        self._stream = stream
        self._clock = clock
        self._priorities = priorities

    def note(self, event: str, **facts: Fact) -> None:
        """Write down that something happened as it should; raises NotAFact."""
        self._write(Level.NOTICE, event, facts)

    def warn(self, event: str, **facts: Fact) -> None:
        """Write down something that staff may want to know; raises NotAFact."""
        self._write(Level.WARNING, event, facts)

    def error(self, event: str, **facts: Fact) -> None:
        """Write down something that somebody has to mend; raises NotAFact."""
        self._write(Level.ERROR, event, facts)

    def incident(self, error: BaseException) -> str:
        """Write down where an unforeseen error arose, never its message; gives the code that the citizen is shown."""
        code = incident_code(error)
        for depth, place in enumerate(_places(error) or ["elsewhere"]):
            self.error("incident", incident=code, type=type(error).__name__, depth=depth, place=place)
        return code

    def _write(self, level: Level, event: str, facts: dict[str, Fact]) -> None:
        if not EVENT.fullmatch(event):
            raise NotAFact("event")
        head = {
            "at": self._clock.now().isoformat(timespec="milliseconds"),
            "program": self._program,
            "level": level.name.lower(),
            "event": event,
        }
        for name, value in facts.items():
            if name in head or not _simple(value):
                raise NotAFact(name)
        text = json.dumps({**head, **facts})
        prefix = f"<{level.value}>" if self._priorities else ""
        self._stream.write(f"{prefix}{text}\n")  # one write: lines of several threads stay whole
        self._stream.flush()


def _simple(value: object) -> bool:
    return bool(SIMPLE.fullmatch(value)) if isinstance(value, str) else isinstance(value, int | float | None)


def incident_code(error: BaseException) -> str:
    """Derive `XXXX` from the kind of an error and its place: the same fault has the same code on every kiosk."""
    text = "|".join([type(error).__qualname__, *_places(error)[:1]])
    value = int.from_bytes(hashlib.sha256(text.encode()).digest()[:3], "big")
    return "".join(INCIDENT_LETTERS[value >> shift & 31] for shift in (15, 10, 5, 0))


def _places(error: BaseException) -> list[str]:
    """Where in our own code the error went through, as `folder/file.py:line`, innermost first."""
    places: list[str] = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OWN:
            places.insert(0, f"{path.relative_to(ROOT)}:{line}")
    return places[:FRAMES]
