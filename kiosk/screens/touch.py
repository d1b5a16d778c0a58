"""Fingers and mouse: a press is down and up in the same target, told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.screens.widgets.surfaces import Veil

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from kiosk.journey.events import Event
    from kiosk.screens.rect import Rect
    from kiosk.screens.widgets.base import Widget

PRESS_MS: Final = 80  # how long a press shows at least
BOUNCE_MS: Final = 40  # a second touch of the same target within this time is the first one's bounce
SETTLE_MS: Final = 300  # a target that came up under the finger is not taken for this long
STUCK_MS: Final = 60_000  # nobody holds a finger on one place for so long: dirt, water, or a panel that is broken
_MOUSE: Final = -1  # SDL's own id for fingers that it made from a mouse
_DOWN = (pygame.FINGERDOWN, pygame.MOUSEBUTTONDOWN)
_UP = (pygame.FINGERUP, pygame.MOUSEBUTTONUP)
_MOVE = (pygame.FINGERMOTION, pygame.MOUSEMOTION)


@dataclass(frozen=True, slots=True)
class Target:
    """What a finger is on: the same rectangle with the same event is the same target in every frame."""

    rect: Rect
    press: Event
    secret: bool


@dataclass(frozen=True, slots=True)
class _Held:
    target: Target
    since: int


def target_at(widgets: Sequence[Widget], x: int, y: int) -> Target | None:
    """Return the topmost target at a point; a veil lets nothing through."""
    for widget in reversed(widgets):
        if not widget.rect.contains(x, y):
            continue
        if isinstance(widget, Veil):
            return None
        if widget.press is not None:
            return Target(widget.rect, widget.press, widget.secret) if widget.enabled else None
    return None


class Touch:
    """Turns pygame's finger and mouse events into events of the journey; times are milliseconds."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._held: dict[int, _Held] = {}
        self._fading: list[tuple[Target, int]] = []
        self._last: tuple[Target, int] | None = None
        self._seen: tuple[Target, ...] = ()
        self._where: Hashable = None
        self._since = -SETTLE_MS  # when this scene came up
        self._resting: dict[int, int] = {}  # since when each finger is on the glass, wherever that is

    def handle(self, happened: pygame.Event, widgets: Sequence[Widget], now: int) -> Event | None:
        """Take one pygame event and return what the citizen has pressed, if a press is complete."""
        found = self.place(happened)
        if found is None:
            return None
        finger, x, y = found
        target = target_at(widgets, x, y)
        if happened.type in _DOWN:
            self._resting[finger] = now
            self._down(finger, target, now)
        elif happened.type in _MOVE:
            self._moved(finger, target)
        elif happened.type in _UP:
            self._resting.pop(finger, None)
            return self._up(finger, target, widgets, now)
        return None

    def settle(self, where: Hashable, now: int) -> None:
        """Be told which scene stands: what lies at the same place on the next one is no second press of the first."""
        if where != self._where:
            self._where, self._since = where, now

    def pressed(self, widgets: Sequence[Widget], now: int) -> list[Widget]:
        """Return the widgets that are to look pressed; secret ones never do."""
        shown = [held.target for held in self._held.values()]
        shown += [target for target, until in self._fading if until > now]
        return [
            widget
            for widget in widgets
            if widget.press is not None
            and not widget.secret
            and any(widget.rect == target.rect and widget.press == target.press for target in shown)
        ]

    def due(self, now: int) -> int | None:
        """Return in how many milliseconds a press stops showing, None while none is fading."""
        self._fading = [(target, until) for target, until in self._fading if until > now]
        return min((until - now for _, until in self._fading), default=None)

    def stuck(self, now: int) -> bool:
        """Whether something has lain on the glass for longer than anybody's finger does; it outlasts every visit."""
        return any(now - since >= STUCK_MS for since in self._resting.values())

    def forget(self) -> None:
        """Drop every finger: what was held when a session ends must not act in the next one."""
        self._held.clear()
        self._fading.clear()
        self._last, self._seen = None, ()

    def place(self, happened: pygame.Event) -> tuple[int, int, int] | None:
        """Return finger and place of an event of the one class that counts, None for all others."""
        if happened.type in {pygame.FINGERDOWN, pygame.FINGERUP, pygame.FINGERMOTION}:
            if happened.touch_id == _MOUSE:
                return None
            x, y = int(happened.x * self._size[0]), int(happened.y * self._size[1])
            return int(happened.finger_id), min(x, self._size[0] - 1), min(y, self._size[1] - 1)
        if happened.type in {pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION}:
            if getattr(happened, "touch", False) or getattr(happened, "button", 1) != 1:
                return None
            return _MOUSE, int(happened.pos[0]), int(happened.pos[1])
        return None

    def _down(self, finger: int, target: Target | None, now: int) -> None:
        self._held.pop(finger, None)
        if target is None or self._too_soon(target, now):
            return
        self._held[finger] = _Held(target, now)

    def _too_soon(self, target: Target, now: int) -> bool:
        if self._last is None:
            return False
        last, when = self._last
        if target == last and when > self._since:
            return now - when < BOUNCE_MS
        return now - when < SETTLE_MS and (when <= self._since or target not in self._seen)

    def _moved(self, finger: int, target: Target | None) -> None:
        held = self._held.get(finger)
        if held is not None and target != held.target:
            del self._held[finger]

    def _up(self, finger: int, target: Target | None, widgets: Sequence[Widget], now: int) -> Event | None:
        held = self._held.pop(finger, None)
        if held is None or target != held.target:
            return None
        if not target.secret and now - held.since < PRESS_MS:
            self._fading.append((target, held.since + PRESS_MS))
        self._last = target, now
        self._seen = tuple(
            Target(widget.rect, widget.press, widget.secret) for widget in widgets if widget.press is not None
        )
        return target.press
