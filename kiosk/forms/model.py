"""A form as the rest of the kiosk sees it: pages, fields, rules and texts, all unchanging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from kiosk.text_input.keyboard import Keyboard

__all__ = ["AllOf", "Answers", "AnyOf", "Condition", "Effect", "Fee", "Field", "FieldKind", "Fits", "Form"]
__all__ += ["JsonValue", "Keyboard", "Page", "Prefill", "PrefillOffer", "Rule"]

JsonValue: TypeAlias = bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None
Answers: TypeAlias = Mapping[str, JsonValue]


class FieldKind(StrEnum):
    """What a field asks for and so how it is drawn, typed, checked and shown.

    Values: NUMBER and CURRENCY are an int, CHECK a bool, DECLARATION true or nothing, MANY_OF a list of option ids,
    DATE `YYYY-MM-DD` (unknown parts are zeros), TIME `HH:MM`, ROWS a list of objects, one a row, CAMERA a list of
    SHA-256 digests (hex), one a photographed page; all others are strings. INFO is a sentence and HEADING a heading;
    they have no value.
    """

    TEXT = "text"
    LONG_TEXT = "long-text"
    MAIL = "mail"
    DIGITS = "digits"
    CURRENCY = "currency"
    TIME = "time"
    DECLARATION = "declaration"
    ROWS = "rows"
    CAMERA = "camera"
    HEADING = "heading"
    KANA = "kana"
    NUMBER = "number"
    DATE = "date"
    ONE_OF = "one-of"
    MANY_OF = "many-of"
    CHECK = "check"
    PHONE = "phone"
    POSTCODE = "postcode"
    NAME = "name"
    ADDRESS = "address"
    INFO = "info"


class Prefill(StrEnum):
    """Which attribute of the card's holder answers a field."""

    NAME = "card.name"
    ADDRESS = "card.address"
    BIRTH = "card.birth"
    SEX = "card.sex"


class PrefillOffer(StrEnum):
    """Whether the citizen is offered to have the card fill in the form."""

    OFFER = "offer"
    NONE = "none"


class Effect(StrEnum):
    """What a rule does when its condition is met."""

    SHOW = "SHOW"
    HIDE = "HIDE"
    ENABLE = "ENABLE"
    DISABLE = "DISABLE"


@dataclass(frozen=True, slots=True)
class Fits:
    """Met when the answer to the earlier field `on` fits `schema`; no answer never fits."""

    on: str
    schema: Mapping[str, JsonValue] = field(hash=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Met when every one of the conditions is."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Met when at least one of the conditions is."""

    conditions: tuple[Condition, ...]


Condition: TypeAlias = Fits | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Rule:
    """Shows or hides, enables or disables a field by a condition on earlier answers."""

    effect: Effect
    condition: Condition


@dataclass(frozen=True, slots=True)
class Fee:
    """What the application costs: `unit` yen for each of the number answered to `per`."""

    unit: int
    per: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `required` means: whenever it is shown. Lengths are code points; `format` is the schema's.

    `default` is the answer that stands there before anybody has touched the field. `columns` are the questions of a
    row, and `minimum` and `maximum` then say how many rows there are; of a photographed paper, how many pages, each of
    `max_pixels` at most. A date may lie `days_back` before today at most and `days_ahead` after it. A postcode may
    fill in the beginning of the address `fills`.
    """

    id: str
    kind: FieldKind
    required: bool = False
    min_length: int = 0
    max_length: int = 0
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[str, ...] = ()
    keyboard: Keyboard = Keyboard.NONE
    prefill: Prefill | None = None
    locked_when_prefilled: bool = False
    format: str | None = None
    default: int | str | None = None
    rule: Rule | None = None
    columns: tuple[Field, ...] = ()
    days_back: int | None = None
    days_ahead: int | None = None
    fills: str | None = None
    max_pixels: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked together on one screen, in order; the first page has index 0."""

    id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form definition that has passed every check; `sha256` is the lower-case hex digest over all its files.

    `texts` maps a language (BCP 47) to flat keys such as `fields.name.label`; read them by `kiosk.forms.show`.
    """

    id: str
    version: str
    sha256: str
    prefill: PrefillOffer
    fee: Fee | None
    pages: tuple[Page, ...]
    order: int
    fields: Mapping[str, Field] = field(compare=False, repr=False)
    schema: Mapping[str, JsonValue] = field(compare=False, repr=False)
    ui: Mapping[str, JsonValue] = field(compare=False, repr=False)
    texts: Mapping[str, Mapping[str, str]] = field(compare=False, repr=False)

    def field(self, field_id: str) -> Field:
        """Return a field, or a question of one row (`members.0.name`); raises KeyError for what the form has not."""
        name, _, rest = field_id.partition(".")
        found = self.fields[name]
        if not rest:
            return found
        wanted = rest.partition(".")[2]
        for column in found.columns:
            if column.id == wanted:
                return replace(column, id=field_id)
        raise KeyError(field_id)

    def page_of(self, field_id: str) -> int:
        """Return the index of the page that asks for the field; raises KeyError for a field the form does not have."""
        name = field_id.partition(".")[0]
        for index, page in enumerate(self.pages):
            if name in page.fields:
                return index
        raise KeyError(field_id)

    @property
    def field_ids(self) -> tuple[str, ...]:
        """Every field in the order in which it is asked."""
        return tuple(field_id for page in self.pages for field_id in page.fields)
