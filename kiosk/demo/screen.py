"""The kiosk seen from outside: what is on its screen, and a finger to touch it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.demo.line import NoAnswer, ask
from kiosk.journey.events import KeyTyped
from kiosk.journey.map import Step
from kiosk.text_input.kana import GOJUON, to_hiragana
from kiosk.text_input.latin import LINE
from kiosk.text_input.latin import ROWS as LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWER_WITHIN = 30.0  # seconds
TURNOVER = 15.0  # seconds in which one program gives the screen to the next
LOOK = 0.03  # seconds between two looks while waiting
BETWEEN = 0.06  # seconds between two touches; quicker ones of the same target are taken for its bounce
SETTLE = 0.32  # seconds: the kiosk does not take for meant what has only just come up under the finger


class NotOnScreen(Exception):
    """What was looked for is not there; the message says what is."""


@dataclass(frozen=True, slots=True)
class Part:
    """One widget as the kiosk describes it."""

    role: str
    text: str
    rect: tuple[int, int, int, int]
    touchable: bool
    on: bool | None
    press: str | None = None  # the name of what a touch sends

    @property
    def centre(self) -> tuple[int, int]:
        """Where a finger would touch it."""
        x, y, w, h = self.rect
        return x + w // 2, y + h // 2

    @property
    def row(self) -> int:
        """The height at which its middle lies."""
        return self.rect[1] + self.rect[3] // 2


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the screen."""

    step: str
    overlay: str | None
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """Everything that can be read, without line breaks."""
        return plain("\n".join(part.text for part in self.parts))


def plain(text: str) -> str:
    """Return text without marks and white space, for comparing."""
    return re.sub(r"<[^>]*>|\s|\u3000", "", text)


class Screen:
    """Looks, touches and takes pictures through the kiosk's remote control."""

    def __init__(self, remote: Path, slower: float = 1.0) -> None:
        """Use the socket at `remote`; all limits are `slower` times as long, for a machine that is."""
        self._remote = remote
        self._slower = slower
        self._seen: frozenset[Part] = frozenset()
        self._touched = 0.0

    def look(self) -> Look:
        """Return what is on the screen now; between the staff's program and the kiosk nobody answers for a while."""
        answer = self._described(time.monotonic() + TURNOVER * self._slower)
        parts = tuple(
            Part(
                role=each["role"],
                text=each["text"],
                rect=tuple(each["rect"]),
                touchable=bool(each["press"] and each["enabled"]),
                on=each["on"],
                press=each["press"],
            )
            for each in answer["items"]
        )
        return Look(answer["step"], answer["overlay"], parts)

    def _described(self, end: float) -> dict[str, Any]:
        while True:
            try:
                return self._ask({"do": "describe"})
            except (NoAnswer, NotOnScreen):
                if time.monotonic() > end:
                    raise
            time.sleep(LOOK)

    def wait(self, fits: Callable[[Look], bool], what: str, seconds: float) -> Look:
        """Look until `fits` says yes; raises NotOnScreen after `seconds`."""
        end = time.monotonic() + seconds * self._slower
        while True:
            look = self.look()
            if fits(look):
                return look
            if time.monotonic() > end:
                raise NotOnScreen(f"waited for {what}; the kiosk is at {look.step}: {look.words[:300]}")
            time.sleep(LOOK * self._slower)

    def wait_for_step(self, step: str, seconds: float = 20.0) -> Look:
        """Wait until a step is on the screen."""
        return self.wait(lambda look: look.step == step, f"step {step}", seconds)

    def press_key(self, sign: str) -> None:
        """Touch the key that shows exactly this sign; where not all have room, what brings it before."""

        def key(look: Look) -> Part | None:
            return find(look, sign, exact=True)

        def way(look: Look) -> Part | None:
            return line_of(look, sign) or other_half(look)

        look = self.wait(lambda look: (key(look) or way(look)) is not None, f"「{sign}」", 5.0)
        if key(look) is None:
            self._touch(way, sign, 5.0)
        self._touch(key, sign, 5.0)

    def touch(self, label: str, beside: str = "", seconds: float = 5.0) -> None:
        """Touch the widget that says `label`, in the row of the text `beside` where it is given."""
        self._touch(lambda look: find(look, label, beside), label, seconds)

    def _touch(self, search: Callable[[Look], Part | None], label: str, seconds: float) -> None:
        look = self.wait(lambda look: search(look) is not None, f"「{label}」", seconds)
        part = search(look)
        if part is None:
            return
        pause = BETWEEN if part.role == "key" and part in self._seen else SETTLE
        time.sleep(max(0.0, self._touched + pause - time.monotonic()))
        self._seen = frozenset(look.parts)
        self.touch_at(*part.centre)
        self._touched = time.monotonic()

    def touch_at(self, x: int, y: int) -> None:
        """Put a finger down and lift it; returns when the kiosk has answered on the screen."""
        self._ask({"do": "touch", "x": x, "y": y})

    def lay_on(self, x: int, y: int) -> None:
        """Lay something on the glass, and leave it there."""
        self._ask({"do": "touch", "x": x, "y": y, "held": True})

    def shot(self, path: Path) -> None:
        """Save a picture of the screen."""
        self._ask({"do": "shot", "path": str(path.absolute())})

    def pass_time(self, seconds: float) -> None:
        """Let time go by for the journey."""
        self._ask({"do": "pass", "seconds": seconds})

    def headphones(self, *, inside: bool) -> None:
        """Put headphones in, or take them out."""
        self._ask({"do": "headphones", "in": inside})

    def figures(self) -> dict[str, Any]:
        """Return what the kiosk has measured of itself: frames and their times."""
        return self._ask({"do": "figures"})

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        answer = ask(self._remote, order, ANSWER_WITHIN * self._slower)
        if "error" in answer:
            raise NotOnScreen(str(answer["error"]))
        return answer


def line_of(look: Look, sign: str) -> Part | None:
    """Return the choice of the keyboard's line that holds a sign: か行 for き, a–e for d."""
    wanted = to_hiragana(sign.lower())
    lines = [tuple(line) for line in GOJUON] + [row[at : at + LINE] for row in LETTERS for at in (0, LINE)]
    signs = next((line for line in lines if wanted in (each.lower() for each in line)), ())
    for part in look.parts:
        if signs and part.role == "choice" and part.touchable and signs[0].lower() in to_hiragana(part.text.lower()):
            return part
    return None


def other_half(look: Look) -> Part | None:
    """Return the key beside the password's pad that shows digits instead of letters, or letters instead of digits."""
    turning = (part for part in look.parts if part.touchable and part.press == KeyTyped.__name__)
    return next(turning, None) if look.step == Step.PASSWORD else None


def find(look: Look, label: str, beside: str = "", *, exact: bool = False) -> Part | None:
    """Return the touchable widget that says exactly `label`, else (unless `exact`) the first that contains it."""
    wanted = plain(label)
    parts = [part for part in look.parts if part.touchable]
    if beside:
        rows = [part.row for part in look.parts if plain(beside) in plain(part.text)]
        parts = sorted(parts, key=lambda part: min((abs(part.row - row) for row in rows), default=9999))
    found = [part for part in parts if plain(part.text) == wanted]
    if not found and not exact:
        found = [part for part in parts if wanted in plain(part.text)]
    return next(iter(found), None)
