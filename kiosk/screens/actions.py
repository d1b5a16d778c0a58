"""What the action bar offers: the way out, perhaps a second button, a hint, the way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screens.widgets.button import Kind

if TYPE_CHECKING:
    from kiosk.journey.events import Event


@dataclass(frozen=True, slots=True)
class Act:
    """One button of the action bar, before it has a place."""

    text: str
    press: Event
    icon: str | None = None
    after: str | None = None
    enabled: bool = True
    kind: Kind = Kind.QUIET


@dataclass(frozen=True, slots=True)
class Actions:
    """The action bar: the way out, perhaps a second button beside it, a hint, the way on.

    `main_px` widens the main button (design px); `hint_icon` stands before the hint.
    """

    back: Act | None = None
    second: Act | None = None
    main: Act | None = None
    hint: str = ""
    hint_icon: str | None = None
    main_px: int | None = None


def back(text: str, press: Event) -> Act:
    """Return 戻る: ‹ and the word."""
    return Act(text, press, icon="back")


def stop(text: str, press: Event) -> Act:
    """Return やめる: × and the word."""
    return Act(text, press, icon="cross")


def go(text: str, press: Event, *, enabled: bool = True) -> Act:
    """Return the way on: the one filled button, › behind its word while it can be pressed."""
    return Act(text, press, after="next" if enabled else None, enabled=enabled, kind=Kind.PRIMARY)
