"""What a scene says, without its looks: for tests, for the voice and for whoever drives the screen from outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.screens.focus import covered
from kiosk.screens.rich import plain, spoken
from kiosk.screens.widgets.base import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.journey.events import Event
    from kiosk.screens.rect import Rect
    from kiosk.screens.widgets.base import Meaning, Widget


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the scene, its place, and what can be done with it."""

    role: Role
    text: str
    rect: Rect
    enabled: bool = True
    press: Event | None = None
    on: bool | None = None
    read: str = field(default="", compare=False)  # the words with readings in place of the kanji that have one
    details: tuple[str, ...] = ()  # sentences below the words, with their marks and readings

    def as_dict(self) -> dict[str, object]:
        """Return the item in the words of JSON; the event goes by its name only."""
        return {
            "role": self.role.value,
            "text": self.text,
            "rect": list(self.rect.as_tuple()),
            "enabled": self.enabled,
            "press": None if self.press is None else type(self.press).__name__,
            "on": self.on,
            **({"details": [plain(detail) for detail in self.details]} if self.details else {}),
        }


@dataclass(frozen=True, slots=True)
class Description:
    """A scene in the order of its widgets; under a veil only the dialog and the header are left."""

    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """Return the uppermost title, an empty string where there is none.

        Where there is not room for both, a problem stands in the title's place.
        """
        titles = self.texts(Role.TITLE) or self.problems[:1]
        return titles[-1] if titles else ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the sentences."""
        return self.texts(Role.PARAGRAPH)

    @property
    def notices(self) -> tuple[str, ...]:
        """Return the notices."""
        return self.texts(Role.NOTICE)

    @property
    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with fields."""
        return self.texts(Role.PROBLEM)

    @property
    def buttons(self) -> tuple[Item, ...]:
        """Return the buttons, disabled ones too."""
        return self.of(Role.BUTTON)

    @property
    def checks(self) -> tuple[Item, ...]:
        """Return the rows to tick."""
        return self.of(Role.CHECK)

    @property
    def choices(self) -> tuple[Item, ...]:
        """Return what can be chosen from."""
        return self.of(Role.CHOICE)

    @property
    def entries(self) -> tuple[Item, ...]:
        """Return the fields."""
        return self.of(Role.ENTRY)

    @property
    def keys(self) -> tuple[Item, ...]:
        """Return the keys of the keyboard."""
        return self.of(Role.KEY)

    @property
    def step(self) -> str:
        """Return the current word of the step bar."""
        return "".join(self.texts(Role.STEP))

    def of(self, role: Role) -> tuple[Item, ...]:
        """Return the items of a role."""
        return tuple(item for item in self.items if item.role is role)

    def texts(self, role: Role) -> tuple[str, ...]:
        """Return the words of a role."""
        return tuple(item.text for item in self.of(role) if item.text)

    def target(self, text: str) -> Item | None:
        """Return the enabled target that says `text`, None where there is none."""
        return next((item for item in self.items if item.text == text and item.press and item.enabled), None)

    def as_dict(self) -> dict[str, object]:
        """Return the description in the words of JSON, with every rectangle in panel pixels."""
        return {"title": self.title, "step": self.step, "items": [item.as_dict() for item in self.items]}


def describe(widgets: Sequence[Widget]) -> Description:
    """Return what a scene says."""
    return Description(tuple(_items(widgets)))


def item_of(meaning: Meaning, rect: Rect) -> Item:
    """Return what a widget at a place says."""
    text, read = plain(meaning.text), spoken(meaning.text)
    return Item(meaning.role, text, rect, meaning.enabled, meaning.press, meaning.on, read, meaning.details)


def _items(widgets: Sequence[Widget]) -> Iterator[Item]:
    for index, widget in enumerate(widgets):
        meaning = widget.meaning()
        if meaning is not None and not covered(widget, widgets[index + 1 :]):
            yield item_of(meaning, widget.rect)
