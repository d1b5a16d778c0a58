"""One property of a form's JSON Schema as a field: the keywords that are understood, and what they must say."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.forms import formats
from kiosk.forms.model import Field, FieldKind, Prefill
from kiosk.text_input.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.forms.node import Node

KEYWORDS = frozenset(
    {
        *("$comment", "$ref", "type", "enum", "default", "items", "minItems", "maxItems", "uniqueItems"),
        *("minLength", "maxLength", "pattern", "format", "minimum", "maximum", "const", "x-prefill", "x-widget"),
    }
)
ID = re.compile(r"[a-z][a-z0-9_]*")
OPTION = re.compile(r"[a-z][a-z0-9-]*")


class Widget(StrEnum):
    """What `x-widget` may say; a list of options, a number of copies, a yes-or-no and rows need none.

    CAMERA is read in `kiosk.forms.photographed`.
    """

    TEXT = "text"
    LONG_TEXT = "long-text"
    MAIL = "mail"
    DIGITS = "digits"
    TIME = "time"
    CURRENCY = "currency"
    KANA = "kana"
    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    POSTAL = "postal"
    WAREKI_DATE = "wareki-date"
    CAMERA = "camera"


_KINDS = {
    Widget.TEXT: FieldKind.TEXT,
    Widget.LONG_TEXT: FieldKind.LONG_TEXT,
    Widget.MAIL: FieldKind.MAIL,
    Widget.DIGITS: FieldKind.DIGITS,
    Widget.TIME: FieldKind.TIME,
    Widget.KANA: FieldKind.KANA,
    Widget.NAME: FieldKind.NAME,
    Widget.ADDRESS: FieldKind.ADDRESS,
    Widget.PHONE: FieldKind.PHONE,
    Widget.POSTAL: FieldKind.POSTCODE,
    Widget.WAREKI_DATE: FieldKind.DATE,
}
_KEYBOARDS = {
    **dict.fromkeys((FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.KANA), Keyboard.KANA),
    **dict.fromkeys((FieldKind.NAME, FieldKind.ADDRESS), Keyboard.KANA),
    **dict.fromkeys((FieldKind.NUMBER, FieldKind.PHONE, FieldKind.POSTCODE, FieldKind.DATE), Keyboard.DIGITS),
    **dict.fromkeys((FieldKind.DIGITS, FieldKind.CURRENCY, FieldKind.TIME), Keyboard.DIGITS),
    FieldKind.MAIL: Keyboard.LATIN,
}
# What a keyword needs beside it to be drawn and checked on the screen.
_NEEDED = {
    **dict.fromkeys((FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NAME, FieldKind.ADDRESS), ("maxLength",)),
    **dict.fromkeys((FieldKind.KANA, FieldKind.PHONE, FieldKind.POSTCODE), ("maxLength", "pattern")),
    **dict.fromkeys((FieldKind.MAIL, FieldKind.DIGITS), ("maxLength", "pattern")),
    **dict.fromkeys((FieldKind.NUMBER, FieldKind.CURRENCY), ("minimum", "maximum")),
    **dict.fromkeys((FieldKind.DATE, FieldKind.TIME), ("format",)),
    FieldKind.MANY_OF: ("items", "uniqueItems"),
}
_PREFILLED = {
    Prefill.NAME: FieldKind.NAME,
    Prefill.ADDRESS: FieldKind.ADDRESS,
    Prefill.BIRTH: FieldKind.DATE,
    Prefill.SEX: FieldKind.ONE_OF,
}
_FORMATS = {FieldKind.DATE: formats.DATES, FieldKind.TIME: (formats.CLOCK_TIME,)}
_MOST_DIGITS = 11  # twelve are an individual number
_TIME_DIGITS = 4
SEXES = ("female", "male")


def field_of(name: str, node: Node, definitions: Mapping[str, Node], *, required: bool) -> Field:
    """Read one property; raises FormError."""
    if not ID.fullmatch(name):
        raise node.error("a name of small letters, digits and _")
    said = _with_definition(node, definitions)
    kind = _kind(node, said)
    for keyword in _NEEDED.get(kind, ()):
        if keyword not in said:
            raise node.at(keyword, None).error(f"this keyword in a field of the kind {kind}")
    options = _options(said["items"].closed(("enum",), ("type",)) if kind is FieldKind.MANY_OF else said)
    prefill, lock = _prefill(said, kind, options)
    return Field(
        id=name,
        kind=kind,
        required=required,
        min_length=said["minLength"].whole() if "minLength" in said else 0,
        max_length=_max_length(said, kind),
        minimum=said["minimum"].whole() if "minimum" in said else None,
        maximum=said["maximum"].whole() if "maximum" in said else None,
        options=options,
        keyboard=_KEYBOARDS.get(kind, Keyboard.NONE),
        prefill=prefill,
        locked_when_prefilled=lock,
        format=_format(said, kind),
        default=_default(said, kind, options),
    )


def _with_definition(node: Node, definitions: Mapping[str, Node]) -> Mapping[str, Node]:
    said = dict(node.closed((), KEYWORDS))
    reference = said.pop("$ref", None)
    if reference is None:
        return said
    target = reference.text().removeprefix("#/$defs/")
    if reference.value != f"#/$defs/{target}" or target not in definitions:
        raise reference.error(
            f"a definition of this schema, one of {', '.join(f'#/$defs/{name}' for name in definitions)}"
        )
    for key, value in definitions[target].closed((), KEYWORDS - {"$ref"}).items():
        if key in said:
            raise said[key].error("no keyword that the definition has too")
        said[key] = value
    return said


def _kind(node: Node, said: Mapping[str, Node]) -> FieldKind:
    if "type" not in said:
        raise node.at("type", None).error("this key to be there")
    widget = said["x-widget"].one_of(Widget) if "x-widget" in said else None
    if said["type"].value == "integer" and widget is Widget.CURRENCY:
        return FieldKind.CURRENCY
    kind = _without_widget(said)
    if kind is None:
        if widget is Widget.CURRENCY:
            raise said["type"].error("'integer'")
        return _KINDS[widget or Widget.TEXT]
    if widget is not None:
        raise said["x-widget"].error(f"no widget for a field of the kind {kind}")
    return kind


def _without_widget(said: Mapping[str, Node]) -> FieldKind | None:
    """Return the kind that the type alone gives; None for what is typed as a string."""
    if "const" in said:
        said["type"].exactly("boolean")
        said["const"].exactly(True)  # noqa: FBT003 - the value, not a switch
        return FieldKind.DECLARATION
    plain = {"boolean": FieldKind.CHECK, "integer": FieldKind.NUMBER, "array": FieldKind.MANY_OF}
    kind = plain.get(str(said["type"].value))
    if kind is None:
        said["type"].exactly("string")
        kind = FieldKind.ONE_OF if "enum" in said else None
    return kind


def _max_length(said: Mapping[str, Node], kind: FieldKind) -> int:
    """Return how many characters can be typed."""
    if kind is FieldKind.TIME:
        return _TIME_DIGITS
    if kind is FieldKind.CURRENCY:
        return len(str(said["maximum"].whole(1)))
    if "maxLength" not in said:
        return 0
    most = said["maxLength"].whole(1)
    if kind is FieldKind.DIGITS and most > _MOST_DIGITS:
        raise said["maxLength"].error(f"at most {_MOST_DIGITS}, so that no individual number has room")
    return most


def _options(said: Mapping[str, Node]) -> tuple[str, ...]:
    options: list[str] = []
    for node in said["enum"].elements() if "enum" in said else ():
        option = node.text()
        if not OPTION.fullmatch(option) or option in options:
            raise node.error("each option once, of small letters, digits and -")
        options.append(option)
    return tuple(options)


def _prefill(said: Mapping[str, Node], kind: FieldKind, options: tuple[str, ...]) -> tuple[Prefill | None, bool]:
    if "x-prefill" not in said:
        return None, False
    node = said["x-prefill"]
    members = node.closed(("from", "lock"))
    prefill = members["from"].one_of(Prefill)
    if _PREFILLED[prefill] is not kind:
        raise node.error(f"{prefill} in a field of the kind {_PREFILLED[prefill]}")
    if prefill is Prefill.SEX and not set(SEXES) <= set(options):
        raise node.error(f"{prefill} in a field with the options {' and '.join(SEXES)}")
    return prefill, members["lock"].flag()


def _default(said: Mapping[str, Node], kind: FieldKind, options: tuple[str, ...]) -> int | str | None:
    if "default" not in said:
        return None
    node = said["default"]
    if kind is FieldKind.NUMBER:
        if not said["minimum"].whole() <= node.whole() <= said["maximum"].whole():
            raise node.error("a number within the limits")
        return node.whole()
    if node.text() not in options or kind is not FieldKind.ONE_OF:
        raise node.error("one of the options of a single choice, or a number")
    return node.text()


def _format(said: Mapping[str, Node], kind: FieldKind) -> str | None:
    if "format" not in said:
        return None
    name = said["format"].text()
    if name not in _FORMATS.get(kind, ()):
        known = ", ".join(_FORMATS.get(kind, formats.DATES))
        raise said["format"].error(f"in a field of the kind {FieldKind.DATE} (or {FieldKind.TIME}), one of {known}")
    return name
