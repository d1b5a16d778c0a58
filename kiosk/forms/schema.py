"""A form's `schema.json`: JSON Schema 2020-12, of which forms use a small closed part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, SchemaError

from kiosk.forms.errors import FormError
from kiosk.forms.model import Fee, Field, FieldKind
from kiosk.forms.photographed import is_photographed, photographed_of, refuse_too_many
from kiosk.forms.property import field_of
from kiosk.forms.repeated import is_repeated, repeated_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiosk.forms.node import Node

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = re.compile(r"urn:madoguchi:form:([a-z][a-z0-9-]*):([0-9]+(?:\.[0-9]+)*)")


@dataclass(frozen=True, slots=True)
class Schema:
    """What the schema says about the form; fields are in the schema's order and know no rules yet."""

    id: str
    version: str
    fee: Fee | None
    fields: Mapping[str, Field]


def read_schema(root: Node) -> Schema:
    """Check a schema and read its fields; raises FormError."""
    members = root.closed(
        ("$schema", "$id", "type", "additionalProperties", "properties", "required"),
        ("$comment", "$defs", "allOf", "x-fee", "x-retention"),
    )
    members["$schema"].exactly(DIALECT)
    members["type"].exactly("object")
    members["additionalProperties"].exactly(False)  # noqa: FBT003 - the value, not a switch
    form_id, version = _name(members["$id"])
    properties = members["properties"].members()
    always = members["required"].names(properties)
    sometimes = {name for names in _conditions(members, properties) for name in names}
    definitions = members["$defs"].members() if "$defs" in members else {}
    needed = {*always, *sometimes}
    fields = {
        name: _reader(node)(name, node, definitions, required=name in needed) for name, node in properties.items()
    }
    refuse_too_many(members["properties"], fields.values())
    check_json_schema(root)
    if "x-retention" in members:
        members["x-retention"].whole(1)  # days; only the city acts on it
    return Schema(form_id, version, _fee(members["x-fee"], fields) if "x-fee" in members else None, fields)


def _reader(node: Node) -> Callable[..., Field]:
    if is_photographed(node):
        return photographed_of
    return repeated_of if is_repeated(node) else field_of


def check_json_schema(node: Node) -> None:
    """Refuse what the standard's own schema or the pattern compiler does not accept; raises FormError."""
    for pattern in _patterns(node):
        try:
            re.compile(pattern.text())
        except re.error:
            raise pattern.error("a regular expression") from None
    value: Any = node.value
    try:
        Draft202012Validator.check_schema(value)
    except SchemaError as error:
        path = "/".join((node.path, *(str(part) for part in error.absolute_path)))
        raise FormError(node.file, path, "a value that JSON Schema 2020-12 allows") from None


def _patterns(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for key, member in node.members().items():
            yield from (member,) if key == "pattern" else _patterns(member)
    elif isinstance(node.value, list):
        for index, value in enumerate(node.value):
            yield from _patterns(node.at(index, value))


def _name(node: Node) -> tuple[str, str]:
    match = _ID.fullmatch(node.text())
    if match is None:
        raise node.error("urn:madoguchi:form:<id>:<version>")
    return match[1], match[2]


def _conditions(members: Mapping[str, Node], properties: Mapping[str, Node]) -> Iterator[tuple[str, ...]]:
    """Yield what each if/then of `allOf` requires beside the fields that are always required."""
    for node in members["allOf"].elements() if "allOf" in members else ():
        branch = node.closed(("if", "then"))
        test = branch["if"].closed(("properties", "required"))
        test["required"].names(properties)
        for name, condition in test["properties"].members().items():
            if name not in properties:
                raise condition.error("a property of the schema")
        yield branch["then"].closed(("required",))["required"].names(properties)


def _fee(node: Node, fields: Mapping[str, Field]) -> Fee:
    members = node.closed(("unit", "per"))
    per = members["per"].text()
    if per not in fields or fields[per].kind is not FieldKind.NUMBER:
        raise members["per"].error(f"a field of the kind {FieldKind.NUMBER}")
    return Fee(members["unit"].whole(1), per)
