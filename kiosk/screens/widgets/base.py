"""What all widgets share: a place, what a touch on it sends, how it looks and what it means."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.journey.events import Event
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.rect import Rect
    from kiosk.screens.theme import Theme


class Role(StrEnum):
    """What a widget is to somebody who cannot see it."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    BUTTON = "button"
    CHECK = "check"
    CHOICE = "choice"
    ENTRY = "entry"
    KEY = "key"
    NOTICE = "notice"
    PROBLEM = "problem"
    STATE = "state"
    STEP = "step"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a widget says and what can be done with it.

    `on` is a tick, a choice taken or the field being typed in; `details` are sentences that stand below its words.
    """

    role: Role
    text: str
    enabled: bool = True
    press: Event | None = None
    on: bool | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Widget(ABC):
    """A thing on the screen. `secret` widgets look the same whether pressed or not."""

    rect: Rect
    press: Event | None = field(default=None, kw_only=True)
    enabled: bool = field(default=True, kw_only=True)
    focus_order: int | None = field(default=None, kw_only=True)
    pressed: bool = field(default=False, kw_only=True)
    secret: bool = field(default=False, kw_only=True)

    @property
    def touchable(self) -> bool:
        """Tell whether a touch does something."""
        return self.press is not None and self.enabled

    @abstractmethod
    def draw(self, canvas: Canvas) -> None:
        """Draw the widget within its rectangle."""

    def meaning(self) -> Meaning | None:
        """Return what the widget says, nothing for mere decoration."""
        return None

    def radius(self) -> int:
        """Return the corner radius in design pixels, for the ring of the focus."""
        return 16

    def fits(self, theme: Theme) -> bool:
        """Tell whether the words stay within the rectangle."""
        del theme
        return True
