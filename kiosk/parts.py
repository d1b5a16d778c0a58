"""What the main loop holds together, and the letter box through which other threads reach it."""

from __future__ import annotations

import queue
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

import pygame

from kiosk.screens.keypad import Keypad

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.clock import Clock
    from kiosk.journal import Journal
    from kiosk.journey.events import Event
    from kiosk.journey.journey import Journey
    from kiosk.keys import Keymap
    from kiosk.notify import Notifier
    from kiosk.remote import Remote
    from kiosk.screens.stage import Stage
    from kiosk.screens.touch import Touch
    from kiosk.screens.widgets.base import Widget
    from kiosk.voice.narrator import Narrator
    from kiosk.workers.card import CardWorker
    from kiosk.workers.clerk import Clerk
    from kiosk.workers.doorkeeper import Doorkeeper

WAKE: Final = pygame.event.custom_type()
KEPT_BY_SDL: Final = 128  # freed events


class Bar(Protocol):
    """The demonstration bar below the kiosk's own area."""

    def widgets(self) -> Sequence[Widget]:
        """Return its targets."""
        ...

    def draw(self, pressed: Sequence[Widget]) -> None:
        """Draw what has changed."""
        ...

    def take(self, event: Event) -> bool:
        """Carry out an event of its own; False when it is not one."""
        ...

    def key(self, key: int) -> None:
        """Hear a key."""
        ...


class Mail:
    """Events from other threads, in the order in which they came; each wakes the main loop."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.open = True

    def post(self, event: Event) -> None:
        """Hand an event to the main loop, from any thread."""
        self._waiting.put(event)
        self.wake()

    def wake(self) -> None:
        """Wake the main loop, from any thread."""
        if self.open:
            pygame.event.post(pygame.event.Event(WAKE))

    def push_out(self) -> None:
        """Push the touches on the pad out of SDL's memory, where freed events lie: as many others take their places.

        They are taken, not cleared: what pygame's `clear` throws away keeps its memory for good.
        """
        for _ in range(KEPT_BY_SDL):
            pygame.event.post(pygame.event.Event(WAKE))
        pygame.event.get(WAKE)
        self.wake()

    def take(self) -> Event | None:
        """Return the next event, if one waits."""
        try:
            return self._waiting.get_nowait()
        except queue.Empty:
            return None


@dataclass(slots=True)
class Parts:
    """Everything that the main loop holds together."""

    journey: Journey
    stage: Stage
    touch: Touch
    mail: Mail
    card: CardWorker
    clerk: Clerk
    clock: Clock
    journal: Journal
    notifier: Notifier
    replace_card_service: Callable[[], None]
    remote: Remote | None = None
    bar: Bar | None = None
    keypad: Keypad = field(default_factory=Keypad)
    keys: Keymap = field(default_factory=dict)
    narrator: Narrator | None = None
    plug: Callable[..., None] | None = None  # puts headphones in and out where the pins are played
    doorkeeper: Doorkeeper | None = None
