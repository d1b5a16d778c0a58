"""A form's `ui.json`: a JSON Forms UI schema of pages (Category) with fields (Control), sentences (Label) and rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.forms.model import Effect, Field, FieldKind, Page, PrefillOffer, Rule
from kiosk.forms.property import ID
from kiosk.forms.schema import check_json_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.forms.node import Node

MOST_ON_A_PAGE = 4  # more do not fit 1280x800 with targets of 88 px
_SCOPE = "#/properties/"
_CONDITION_WORDS = frozenset({"const", "enum", "contains", "minimum", "maximum", "minLength", "pattern", "not", "type"})


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages in order, and the fields in the order in which they are asked, with rules and sentences."""

    prefill: PrefillOffer
    pages: tuple[Page, ...]
    fields: Mapping[str, Field]


def read_layout(root: Node, schema_fields: Mapping[str, Field]) -> Layout:
    """Check a UI schema against the fields of its form; raises FormError."""
    members = root.closed(("type", "options", "elements"))
    members["type"].exactly("Categorization")
    prefill = members["options"].closed(("prefill",))["prefill"].one_of(PrefillOffer)
    placed: dict[str, Field] = {}
    pages = tuple(_page(node, schema_fields, placed) for node in members["elements"].elements())
    if len({page.id for page in pages}) != len(pages):
        raise members["elements"].error("each page's i18n once")
    for name in schema_fields:
        if name not in placed:
            raise members["elements"].error(f"a Control for {name}")
    return Layout(prefill, pages, placed)


def _page(node: Node, schema_fields: Mapping[str, Field], placed: dict[str, Field]) -> Page:
    members = node.closed(("type", "i18n", "elements"))
    members["type"].exactly("Category")
    elements = members["elements"].elements()
    if len(elements) > MOST_ON_A_PAGE:
        raise members["elements"].error(f"at most {MOST_ON_A_PAGE} elements on a page")
    names: list[str] = []
    for element in elements:
        field = _element(element, schema_fields, placed)
        if field.id in placed:
            raise element.error(f"{field.id} in one place only")
        placed[field.id] = field
        names.append(field.id)
    return Page(_i18n(members["i18n"]), tuple(names))


def _element(node: Node, schema_fields: Mapping[str, Field], earlier: Mapping[str, Field]) -> Field:
    kind = node.members().get("type")
    if kind is not None and kind.value == "Label":
        members = node.closed(("type", "i18n"), ("rule",))
        field = Field(_i18n(members["i18n"]), FieldKind.INFO)
        if field.id in schema_fields:
            raise members["i18n"].error("a name that no property of the schema has")
    else:
        members = node.closed(("type", "scope"), ("rule",))
        members["type"].exactly("Control")
        field = schema_fields[_target(members["scope"], schema_fields)]
    return replace(field, rule=_rule(members["rule"], earlier)) if "rule" in members else field


def _rule(node: Node, earlier: Mapping[str, Field]) -> Rule:
    members = node.closed(("effect", "condition"))
    condition = members["condition"].closed(("scope", "schema", "failWhenUndefined"))
    # Without it JSON Forms would let a missing answer meet a `not`; here no answer never meets anything.
    condition["failWhenUndefined"].exactly(True)  # noqa: FBT003 - the value, not a switch
    on = _target(condition["scope"], earlier)
    if earlier[on].kind is FieldKind.INFO:
        raise condition["scope"].error("a field that is asked before this one")
    _closed_condition(condition["schema"])
    check_json_schema(condition["schema"])
    return Rule(
        members["effect"].one_of(Effect), on, {key: node.value for key, node in condition["schema"].members().items()}
    )


def _closed_condition(node: Node) -> None:
    for key, member in node.closed((), _CONDITION_WORDS).items():
        if key in ("not", "contains"):
            _closed_condition(member)


def _target(scope: Node, fields: Mapping[str, Field]) -> str:
    name = scope.text().removeprefix(_SCOPE)
    if scope.value != _SCOPE + name or name not in fields:
        raise scope.error(f"{_SCOPE} and one of {', '.join(fields) or 'the fields before it (there are none)'}")
    return name


def _i18n(node: Node) -> str:
    if not ID.fullmatch(node.text()):
        raise node.error("a name of small letters, digits and _")
    return node.text()
