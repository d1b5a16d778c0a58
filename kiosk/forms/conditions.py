"""The rules of a UI schema: an effect, and a condition on earlier answers, also several joined by AND or OR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.model import AllOf, AnyOf, Effect, FieldKind, Fits, Rule
from kiosk.forms.schema import check_json_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.forms.model import Condition, Field
    from kiosk.forms.node import Node

_SCOPE = "#/properties/"
_WORDS = frozenset({"const", "enum", "contains", "minimum", "maximum", "minLength", "pattern", "not", "type"})
_SILENT = frozenset({FieldKind.INFO, FieldKind.HEADING, FieldKind.ROWS})
_AND, _OR = "AND", "OR"
_DEEPEST = 3


def read_rule(node: Node, earlier: Mapping[str, Field]) -> Rule:
    """Read a rule that looks back at fields asked earlier; raises FormError."""
    members = node.closed(("effect", "condition"))
    return Rule(members["effect"].one_of(Effect), _condition(members["condition"], earlier, 1))


def target(scope: Node, fields: Mapping[str, Field]) -> str:
    """Return the field that a scope points at; raises FormError."""
    name = scope.text().removeprefix(_SCOPE)
    if scope.value != _SCOPE + name or name not in fields:
        raise scope.error(f"{_SCOPE} and one of {', '.join(fields) or 'the fields before it (there are none)'}")
    return name


def _condition(node: Node, earlier: Mapping[str, Field], depth: int) -> Condition:
    if "type" not in node.members():
        return _fits(node, earlier)
    members = node.closed(("type", "conditions"))
    kind = members["type"].value
    if kind not in (_AND, _OR) or depth > _DEEPEST:
        raise members["type"].error(f"{_AND} or {_OR}, at most {_DEEPEST} deep")
    parts = tuple(_condition(part, earlier, depth + 1) for part in members["conditions"].elements())
    return AllOf(parts) if kind == _AND else AnyOf(parts)


def _fits(node: Node, earlier: Mapping[str, Field]) -> Fits:
    members = node.closed(("scope", "schema", "failWhenUndefined"))
    # Without it JSON Forms would let a missing answer meet a `not`; here no answer never meets anything.
    members["failWhenUndefined"].exactly(True)  # noqa: FBT003 - the value, not a switch
    on = target(members["scope"], earlier)
    if earlier[on].kind in _SILENT:
        raise members["scope"].error("a field that is asked before this one")
    _closed(members["schema"])
    check_json_schema(members["schema"])
    return Fits(on, {key: node.value for key, node in members["schema"].members().items()})


def _closed(node: Node) -> None:
    for key, member in node.closed((), _WORDS).items():
        if key in ("not", "contains"):
            _closed(member)
