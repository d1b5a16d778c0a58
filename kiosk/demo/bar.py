"""The demonstration bar: below the kiosk's own area, to play the world around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

import pygame

from kiosk.demo.line import NoAnswer, ask
from kiosk.journey.events import Event
from kiosk.screens.area import area_of
from kiosk.screens.rect import Rect
from kiosk.screens.screen import Screen, present
from kiosk.screens.theme import Face, theme_for
from kiosk.screens.widgets.button import Button, Kind
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.screens.kit import Kit
    from kiosk.screens.widgets.base import Widget

WORDS: Final = Face(20, 26, bold=True, most=20)


@dataclass(frozen=True, slots=True)
class WorldChanged(Event):
    """Somebody plays the world: `do` is what the launcher is asked for."""

    do: str


# What each button asks for, its function key and its words. The bar is for the person who demonstrates: Japanese only.
BUTTONS: Final = (
    ("lay", pygame.K_F1, "F1 カードを置く"),
    ("lift", pygame.K_F2, "F2 カードを取る"),
    ("persona", pygame.K_F3, "F3 人を替える"),
    ("city", pygame.K_F4, "F4 市の受付"),
    ("delivery", pygame.K_F5, "F5 送信"),
    ("headphones", pygame.K_F6, "F6 イヤホン"),
)
_SWITCHES: Final = frozenset({"city", "delivery", "headphones"})


class Jack(Protocol):
    """The contact of the headphones, played."""

    def plugged(self) -> bool:
        """Tell whether headphones are in."""
        ...

    def plug(self, *, inside: bool) -> None:
        """Put them in, or take them out."""
        ...


class DemonstrationBar:
    """Six buttons and what they have brought about."""

    HEIGHT: ClassVar[int] = 56

    def __init__(self, kit: Kit, window: pygame.Surface, top: int, launcher: Path, jack: Jack) -> None:
        """Draw below `top` of the window; `launcher` is the socket that is asked, `jack` is played from here."""
        self._jack = jack
        self._top = top
        self._launcher = launcher
        self._width = window.get_width()
        self._screen = Screen(window.subsurface(pygame.Rect(0, top, self._width, self.HEIGHT)))
        self._theme = theme_for(kit, area_of(kit.tokens, (1280, 800), (217, 136)))
        self._state = {"persona": "", "city": "on", "delivery": "on", "headphones": "off", "laid": ""}
        self._ask("state")

    def widgets(self) -> Sequence[Widget]:
        """Return the buttons where they lie in the window."""
        return [replace(widget, rect=widget.rect.moved(0, self._top)) for widget in self._local()]

    def _local(self) -> list[Widget]:
        wide = self._width // len(BUTTONS)
        buttons: list[Widget] = [
            Button(
                Rect(index * wide + 4, 4, wide - 8, self.HEIGHT - 8),
                self._words(do, words),
                Kind.QUIET,
                face=WORDS,
                press=WorldChanged(do),
            )
            for index, (do, _, words) in enumerate(BUTTONS)
        ]
        return [Band(Rect(0, 0, self._width, self.HEIGHT), "staff"), *buttons]

    def _words(self, do: str, words: str) -> str:
        if do in _SWITCHES:
            return f"{words}：{'入' if self._state[do] == 'on' else '切'}"
        return f"{words}：{self._state['persona']}" if do == "persona" else words

    def draw(self, pressed: Sequence[Widget]) -> None:
        """Draw what has changed of the bar."""
        held = {widget.press for widget in pressed}
        local = self._local()
        drawn = self._screen.show(local, self._theme, [widget for widget in local if widget.press in held - {None}])
        present([part.moved(0, self._top) for part in drawn])

    def take(self, event: Event) -> bool:
        """Carry out a press on the bar; False for any other event."""
        if not isinstance(event, WorldChanged):
            return False
        self._ask_later(event.do)
        return True

    def key(self, key: int) -> None:
        """Hear a function key."""
        for do, code, _ in BUTTONS:
            if code == key:
                self._ask_later(do)

    def _ask_later(self, do: str) -> None:
        """Ask without holding up the screen: starting the city takes a while."""
        if do == "headphones":
            self._jack.plug(inside=not self._jack.plugged())
            self._state[do] = "on" if self._jack.plugged() else "off"
            return
        Thread(target=self._ask, args=(do,), daemon=True).start()

    def _ask(self, do: str) -> None:
        try:
            answer = ask(self._launcher, {"do": do})
        except NoAnswer:
            return
        self._state |= {key: str(value) for key, value in answer.items()}
        if pygame.display.get_init():
            pygame.event.post(pygame.event.Event(pygame.USEREVENT))
