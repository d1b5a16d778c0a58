"""Stories: what somebody does at the kiosk and what must come of it, one line each.

- `# …`: a remark; the first one is the title
- `set journey.patience=0.1`: a configuration key, before anything starts; `{folder}` is the demonstration's
- `card hanako on`: lay a persona's card; `card off` lifts it; `card swap hanako`
- `include part.play`: all lines of another file in the same folder
- `wait form-page [seconds]`: until this step is on the screen
- `touch 次へ`: the widget that says so
- `touch なおす beside 必要な通数`: the one in the row of another text
- `type つるがしまはなこ`: the keys of the keyboard that is open, one by one; `type {today}` types today's date
- `password KIOSK2026`: the keys of the pad
- `see 受け付けました`: this text is on the screen; `unseen …` that it is not
- `shot name`: a picture of the screen
- `city off | on`: the city's program
- `delivery off | on`: the courier's switch
- `fault remove sign mid`: the next such command to the card goes wrong
- `pcscd off | on`: the card service
- `power while | long`: the power button inside the case is held
- `pass 90`: seconds go by for the journey
- `stored 1`: so many applications lie at the city
- `spooled 0`: so many wait in the spool
- `tries 4`: so many tries the card on the tray has left
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERBS = frozenset(
    {"set", "card", "wait", "touch", "type", "password", "see", "unseen", "shot", "city", "delivery", "fault"}
    | {"power", "pcscd", "pass", "stored", "spooled", "tries"}
)


class StoryFaulty(Exception):
    """A line that is no line of a story."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is done, and with what."""

    place: str  # file and number, for whoever has to find it
    verb: str
    rest: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its title (the first remark)."""

    path: Path
    title: str
    lines: tuple[Line, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        """The configuration keys that it asks for."""
        return tuple(line.rest for line in self.lines if line.verb == "set")


def read_story(path: Path) -> Story:
    """Read a `.play` file; raises StoryFaulty with file and line."""
    text = path.read_text(encoding="utf-8")
    title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), path.stem)
    return Story(path, title, tuple(_lines(path, text)))


def _lines(path: Path, text: str) -> Iterator[Line]:
    for number, written in enumerate(text.splitlines(), 1):
        verb, _, rest = written.strip().partition(" ")
        if not verb or verb.startswith("#"):
            continue
        if verb == "include":
            part = path.with_name(rest.strip())
            yield from _lines(part, part.read_text(encoding="utf-8"))
        elif verb in VERBS:
            yield Line(f"{path.name}:{number}", verb, rest.strip())
        else:
            raise StoryFaulty(f"{path}:{number}: {verb!r} is no verb of a story")
