"""A property of a form's JSON Schema that is a repeated group: a list of rows, each with the same questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.model import Field, FieldKind
from kiosk.forms.property import field_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.forms.node import Node

MOST_ROWS = 6  # more do not fit the 7 inch panel with targets of 78 px
MOST_COLUMNS = 3
_KINDS = frozenset(
    {
        *(FieldKind.NAME, FieldKind.KANA, FieldKind.TEXT, FieldKind.ADDRESS, FieldKind.DATE, FieldKind.ONE_OF),
        *(FieldKind.PHONE, FieldKind.POSTCODE, FieldKind.DIGITS, FieldKind.MAIL),
    }
)


def is_repeated(node: Node) -> bool:
    """Tell whether a property is a list of objects."""
    items = node.members().get("items")
    return items is not None and isinstance(items.value, dict) and "properties" in items.value


def repeated_of(name: str, node: Node, definitions: Mapping[str, Node], *, required: bool) -> Field:
    """Read such a property; raises FormError."""
    said = node.closed(("type", "items", "minItems", "maxItems"), ("$comment",))
    said["type"].exactly("array")
    least, most = said["minItems"].whole(1), said["maxItems"].whole(1)
    if not least <= most <= MOST_ROWS:
        raise said["maxItems"].error(f"at least minItems and at most {MOST_ROWS}")
    items = said["items"].closed(("type", "additionalProperties", "properties", "required"))
    items["type"].exactly("object")
    items["additionalProperties"].exactly(False)  # noqa: FBT003 - the value, not a switch
    properties = items["properties"].members()
    always = items["required"].names(properties)
    if len(properties) > MOST_COLUMNS:
        raise items["properties"].error(f"at most {MOST_COLUMNS} questions a row")
    columns = tuple(_column(key, at, definitions, required=key in always) for key, at in properties.items())
    return Field(name, FieldKind.ROWS, required, minimum=least, maximum=most, columns=columns)


def _column(name: str, node: Node, definitions: Mapping[str, Node], *, required: bool) -> Field:
    field = field_of(name, node, definitions, required=required)
    if field.kind not in _KINDS or field.prefill is not None or field.default is not None:
        raise node.error(f"a question of a row: one of {', '.join(sorted(_KINDS))}, without x-prefill and default")
    return field
