"""Plays a story: real touches on a real screen, real programs behind it."""

from __future__ import annotations

import tempfile
import time
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.application.document import JAPAN
from kiosk.demo.line import NoAnswer, ask
from kiosk.demo.screen import NotOnScreen, Screen, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drivers.virtual.control import VirtualTray
    from kiosk.demo.setting import Setting
    from kiosk.demo.story import Story

PATIENCE = 20.0  # seconds
TURNOVER = 60.0  # seconds in which the staff's program has taken the screen
VOICED = "\u3099"  # the combining mark of が; ぱ has another, which は takes at the second press
TWICE = "はひふへほハヒフヘホ"
REIWA = 2018  # 令和 counts from here
MARKS_KEY, SPACE_KEY = "゛゜", "空白"


class StoryBroken(Exception):
    """The story did not go as it is told; names the line."""


class Surroundings(Protocol):
    """What is around a kiosk that a story can change: a demonstration, or an emulated machine with the image."""

    @property
    def setting(self) -> Setting:
        """Where its sockets are."""
        ...

    @property
    def tray(self) -> VirtualTray:
        """The virtual card's tray."""
        ...

    def start_city(self) -> None:
        """Start the city."""
        ...

    def stop_city(self) -> None:
        """End the city."""
        ...

    def switch_delivery(self, *, on: bool) -> dict[str, Any]:
        """Let the courier deliver, or hold it back."""
        ...

    def restart_pcscd(self) -> None:
        """Bring the card service back."""
        ...

    def break_pcscd(self) -> None:
        """Take the card service away."""
        ...

    def export(self, folder: Path) -> None:
        """Write what the city has stored into `folder`."""
        ...


class Player:
    """Plays one story on a running demonstration."""

    def __init__(
        self, demonstration: Surroundings, pictures: Path, tell: Callable[[str], None], *, slower: float = 1.0
    ) -> None:
        """Save pictures of every step in `pictures`; `tell` hears each line as it is played.

        `slower` multiplies all limits, for a machine that is slow.
        """
        self._demo = demonstration
        self._slower = slower
        self._screen = Screen(demonstration.setting.remote, slower)
        self._pictures = pictures
        self._tell = tell
        self._shots = 0
        self.card_counts = dict.fromkeys(("apdus", "bytes_out", "bytes_in", "verifies", "tripwires"), 0)
        self._step = ""

    def play(self, story: Story) -> None:
        """Play all lines; raises StoryBroken at the first that does not come true."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        for line in story.lines:
            self._tell(f"{line.verb} {line.rest}")
            try:
                _VERBS[line.verb](self, line.rest)
                self._picture_of_new_step()
            except (NotOnScreen, NoAnswer, ValueError) as error:
                raise StoryBroken(f"{line.place}: {line.verb} {line.rest}: {error}") from error

    def _picture_of_new_step(self) -> None:
        step = self._screen.look().step
        if step != self._step:
            self._step = step
            self._shot(step)

    def _shot(self, name: str) -> None:
        self._shots += 1
        self._screen.shot(self._pictures / f"{self._shots:02}-{name}.png")

    # ---- the verbs --------------------------------------------------------------------------------------------

    def _card(self, rest: str) -> None:
        words = rest.split()
        self._count_card()
        if words == ["off"]:
            self._demo.tray.lift()
        elif words[0] == "swap":
            self._demo.tray.swap(words[1])
        else:
            self._demo.tray.lay(words[0])

    def _count_card(self) -> None:
        """Add up what the card that lies there has seen: its counters go with it when it is lifted."""
        state = self._demo.tray.state()
        if state.get("laid"):
            for name in self.card_counts:
                self.card_counts[name] += int(str(state[name]))

    def _wait(self, rest: str) -> None:
        step, _, seconds = rest.partition(" ")
        self._screen.wait_for_step(step, float(seconds or PATIENCE))

    def _touch(self, rest: str) -> None:
        label, _, beside = rest.partition(" beside ")
        self._screen.touch(label, beside)

    def _type(self, rest: str) -> None:
        for character in _today() if rest == "{today}" else rest:
            for key in keys_for(character):
                self._screen.press_key(key)

    def _see(self, rest: str) -> None:
        self._screen.wait(lambda look: plain(rest) in look.words, f"「{rest}」", PATIENCE)

    def _unseen(self, rest: str) -> None:
        if plain(rest) in self._screen.look().words:
            raise NotOnScreen(f"「{rest}」 is on the screen")

    def _city(self, rest: str) -> None:
        if rest == "on":
            self._demo.start_city()
        else:
            self._demo.stop_city()

    def _delivery(self, rest: str) -> None:
        self._demo.switch_delivery(on=rest == "on")

    def _fault(self, rest: str) -> None:
        kind, at, when = rest.split()
        place = int(at) if at.isdecimal() else at
        ask(self._demo.setting.tray, {"do": "fault", "kind": kind, "at": place, "when": when})

    def _pcscd(self, rest: str) -> None:
        if rest == "on":
            self._demo.restart_pcscd()
        else:
            self._demo.break_pcscd()

    def _power(self, rest: str) -> None:
        ask(self._demo.setting.remote, {"do": "power", "held": rest})
        if rest == "while":
            self._screen.wait_for_step("first-day.menu", TURNOVER)

    def _pass(self, rest: str) -> None:
        self._screen.pass_time(float(rest))

    def _headphones(self, rest: str) -> None:
        self._screen.headphones(inside=rest == "in")

    def _stored(self, rest: str) -> None:
        self._until(self._count_stored, int(rest), "applications at the city")

    def _spooled(self, rest: str) -> None:
        self._until(lambda: int(ask(self._demo.setting.courier, {"do": "state"})["waiting"]), int(rest), "in the spool")

    def _tries(self, rest: str) -> None:
        self._until(lambda: int(str(self._demo.tray.state()["attempts_left"])), int(rest), "tries left")

    def _count_stored(self) -> int:
        with tempfile.TemporaryDirectory() as folder:
            self._demo.export(Path(folder))
            return sum(1 for _ in Path(folder).rglob("receipt.json"))

    def _until(self, count: Callable[[], int], wanted: int, what: str) -> None:
        end = time.monotonic() + PATIENCE * self._slower
        while (found := count()) != wanted:
            if time.monotonic() > end:
                raise NotOnScreen(f"{found} {what}, {wanted} expected")
            time.sleep(0.2)


def keys_for(character: str) -> tuple[str, ...]:
    """Return the keys that make a character: voiced kana are their plain one and the key of the marks."""
    parts = unicodedata.normalize("NFD", character)
    plain_kana, mark = parts[0], parts[1:]
    if not mark:
        return (SPACE_KEY,) if character.isspace() else (character,)
    return (plain_kana, *[MARKS_KEY] * (1 if mark == VOICED or plain_kana not in TWICE else 2))


def _today() -> str:
    """Return today in Japan as it is typed into a date of 令和: 081125."""
    today = datetime.now(JAPAN)
    return f"{today.year - REIWA:02}{today.month:02}{today.day:02}"


_VERBS: Mapping[str, Callable[[Player, str], None]] = {
    "set": lambda _player, _rest: None,  # read before anything started
    "card": Player._card,  # noqa: SLF001 - its own verbs
    "wait": Player._wait,  # noqa: SLF001
    "touch": Player._touch,  # noqa: SLF001
    "type": Player._type,  # noqa: SLF001
    "password": Player._type,  # noqa: SLF001
    "see": Player._see,  # noqa: SLF001
    "unseen": Player._unseen,  # noqa: SLF001
    "shot": Player._shot,  # noqa: SLF001
    "city": Player._city,  # noqa: SLF001
    "delivery": Player._delivery,  # noqa: SLF001
    "fault": Player._fault,  # noqa: SLF001
    "pcscd": Player._pcscd,  # noqa: SLF001
    "power": Player._power,  # noqa: SLF001
    "pass": Player._pass,  # noqa: SLF001
    "headphones": Player._headphones,  # noqa: SLF001
    "stored": Player._stored,  # noqa: SLF001
    "spooled": Player._spooled,  # noqa: SLF001
    "tries": Player._tries,  # noqa: SLF001
}
