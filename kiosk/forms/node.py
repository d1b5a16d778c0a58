"""One value of a definition together with its place, so that whoever wrote it is told where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from kiosk.forms.errors import FormError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.forms.model import JsonValue

Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value at `path` (a JSON pointer behind `#`) of `file`; every method raises FormError for another shape."""

    file: str
    path: str
    value: JsonValue

    def error(self, expected: str) -> FormError:
        """Return the error that says what should stand here."""
        return FormError(self.file, self.path, expected)

    def at(self, key: str | int, value: JsonValue) -> Node:
        """Return the node of a member or an element."""
        return Node(self.file, f"{self.path}/{key}", value)

    def members(self) -> Mapping[str, Node]:
        """Return the members of an object whose keys are free."""
        if not isinstance(self.value, dict):
            raise self.error("an object")
        return {key: self.at(key, value) for key, value in self.value.items()}

    def closed(self, required: Collection[str], optional: Collection[str] = ()) -> Mapping[str, Node]:
        """Return the members of an object that has all of `required` and nothing but these and `optional`."""
        members = self.members()
        for key, node in members.items():
            if key not in required and key not in optional:
                raise node.error(f"no such key; known here: {', '.join(sorted({*required, *optional}))}")
        for key in required:
            if key not in members:
                raise self.at(key, None).error("this key to be there")
        return members

    def elements(self) -> tuple[Node, ...]:
        """Return the elements of a list that is not empty."""
        if not isinstance(self.value, list) or not self.value:
            raise self.error("a list with at least one element")
        return tuple(self.at(index, value) for index, value in enumerate(self.value))

    def text(self) -> str:
        """Return a string that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error("a string that is not empty")
        return self.value

    def whole(self, least: int = 0) -> int:
        """Return a whole number of at least `least`."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < least:
            raise self.error(f"a whole number, {least} or more")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.error("true or false")
        return self.value

    def exactly(self, value: JsonValue) -> None:
        """Refuse anything but this value."""
        if self.value != value or type(self.value) is not type(value):
            raise self.error(f"{value!r}")

    def one_of(self, choices: type[Chosen]) -> Chosen:
        """Return the member of the enumeration that this string names."""
        for choice in choices:
            if choice.value == self.value:
                return choice
        raise self.error(f"one of {', '.join(choices)}")

    def names(self, known: Collection[str]) -> tuple[str, ...]:
        """Return a list of different names that are all known."""
        names: list[str] = []
        for node in self.elements():
            name = node.text()
            if name not in known:
                raise node.error(f"a property of the schema, one of {', '.join(sorted(known))}")
            if name in names:
                raise node.error("each name once")
            names.append(name)
        return tuple(names)
