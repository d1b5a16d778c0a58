"""A form's `ui.json`: a JSON Forms UI schema of pages (Category) with Controls, Labels and Groups, and their rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.forms.conditions import read_rule, target
from kiosk.forms.model import Field, FieldKind, Page, PrefillOffer
from kiosk.forms.property import ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.forms.model import JsonValue, Rule
    from kiosk.forms.node import Node

MOST_ON_A_PAGE = 4  # more do not fit 1280x800 with targets of 88 px


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages in order, and the fields in the order in which they are asked, with rules and sentences."""

    prefill: PrefillOffer
    pages: tuple[Page, ...]
    fields: Mapping[str, Field]
    order: int  # where forms are chosen, the lowest first


def read_layout(root: Node, schema_fields: Mapping[str, Field]) -> Layout:
    """Check a UI schema against the fields of its form; raises FormError."""
    members = root.closed(("type", "options", "elements"))
    members["type"].exactly("Categorization")
    options = members["options"].closed(("prefill",), ("order",))
    placed: dict[str, Field] = {}
    pages = tuple(_page(node, schema_fields, placed) for node in members["elements"].elements())
    if len({page.id for page in pages}) != len(pages):
        raise members["elements"].error("each page's i18n once")
    for name in schema_fields:
        if name not in placed:
            raise members["elements"].error(f"a Control for {name}")
    order = options["order"].whole() if "order" in options else 0
    return Layout(options["prefill"].one_of(PrefillOffer), pages, placed, order)


def _page(node: Node, schema_fields: Mapping[str, Field], placed: dict[str, Field]) -> Page:
    members = node.closed(("type", "i18n", "elements"))
    members["type"].exactly("Category")
    names: list[str] = []
    for element in members["elements"].elements():
        for at, field in _elements(element, schema_fields, placed):
            if field.id in placed:
                raise at.error(f"{field.id} in one place only")
            placed[field.id] = field
            names.append(field.id)
    if len(names) > MOST_ON_A_PAGE:
        raise members["elements"].error(f"at most {MOST_ON_A_PAGE} elements on a page, headings counted")
    if len(names) > 1 and any(placed[name].kind is FieldKind.ROWS for name in names):
        raise members["elements"].error("a page of its own for a repeated group")
    return Page(_i18n(members["i18n"]), tuple(names))


def _elements(
    node: Node, schema_fields: Mapping[str, Field], placed: Mapping[str, Field]
) -> Iterator[tuple[Node, Field]]:
    """Yield a field, or the heading and the fields of a Group; the rule of a Group is the rule of all in it."""
    if _type(node) != "Group":
        yield node, _element(node, schema_fields, placed)
        return
    members = node.closed(("type", "i18n", "elements"), ("rule",))
    rule = read_rule(members["rule"], placed) if "rule" in members else None
    yield members["i18n"], _sentence(members["i18n"], FieldKind.HEADING, schema_fields, rule)
    for element in members["elements"].elements():
        field = _element(element, schema_fields, placed)
        if rule is not None and field.rule is not None:
            raise element.error("no rule of its own inside a Group with a rule")
        yield element, replace(field, rule=field.rule or rule)


def _type(node: Node) -> JsonValue:
    kind = node.members().get("type")
    return kind.value if kind is not None else None


def _element(node: Node, schema_fields: Mapping[str, Field], earlier: Mapping[str, Field]) -> Field:
    if _type(node) == "Label":
        members = node.closed(("type", "i18n"), ("rule",))
        rule = read_rule(members["rule"], earlier) if "rule" in members else None
        return _sentence(members["i18n"], FieldKind.INFO, schema_fields, rule)
    members = node.closed(("type", "scope"), ("rule", "options"))
    members["type"].exactly("Control")
    field = schema_fields[target(members["scope"], schema_fields)]
    if "options" in members:
        field = _with_options(field, members["options"], schema_fields)
    return replace(field, rule=read_rule(members["rule"], earlier)) if "rule" in members else field


def _sentence(name: Node, kind: FieldKind, schema_fields: Mapping[str, Field], rule: Rule | None) -> Field:
    field_id = _i18n(name)
    if field_id in schema_fields:
        raise name.error("a name that no property of the schema has")
    return Field(field_id, kind, rule=rule)


def _with_options(field: Field, node: Node, schema_fields: Mapping[str, Field]) -> Field:
    """Read what a schema cannot say: how near to today a date must be, which address a postcode begins."""
    if field.kind is FieldKind.DATE:
        said = node.closed((), ("days_back", "days_ahead"))
        return replace(field, **{name: limit.whole() for name, limit in said.items()})  # type: ignore[arg-type]
    if field.kind is not FieldKind.POSTCODE:
        raise node.error(f"no options for a field of the kind {field.kind}")
    fills = node.closed(("fills",))["fills"]
    if fills.text() not in schema_fields or schema_fields[fills.text()].kind is not FieldKind.ADDRESS:
        raise fills.error(f"a field of the kind {FieldKind.ADDRESS}")
    return replace(field, fills=fills.text())


def _i18n(node: Node) -> str:
    if not ID.fullmatch(node.text()):
        raise node.error("a name of small letters, digits and _")
    return node.text()
