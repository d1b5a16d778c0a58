"""A form's texts: one TOML file a language, each with every sentence that the form needs and no other."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.forms.errors import FormError
from kiosk.forms.model import Field, FieldKind, Page
from kiosk.forms.problems import FACTS, ProblemCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiosk.forms.node import Node

YES, NO = "yes", "no"
# A form never asks for the individual number (個人番号); the card's own name contains the same word.
_INDIVIDUAL_NUMBER = re.compile(r"個人番号|マイナンバー(?!カード)|(?i:my number(?! card)|individual number)")
_NO_FACTS: frozenset[str] = frozenset()
_COUNTED = frozenset({FieldKind.NUMBER, FieldKind.CURRENCY, FieldKind.CAMERA})
_OWN_AFFAIR = (".short", ".shown_one")


@dataclass(slots=True)
class _Wanted:
    """The keys that a language must have, may have, and the names that each may use in braces."""

    needed: set[str] = field(default_factory=set)
    allowed: set[str] = field(default_factory=set)
    braces: dict[str, frozenset[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def need(self, key: str, braces: frozenset[str] = _NO_FACTS) -> None:
        self.needed.add(key)
        self.braces[key] = braces

    def allow(self, key: str, braces: frozenset[str] = _NO_FACTS) -> None:
        self.allowed.add(key)
        self.braces[key] = braces


def read_texts(
    roots: Mapping[str, Node], pages: Sequence[Page], fields: Mapping[str, Field]
) -> dict[str, dict[str, str]]:
    """Return language → flat key → sentence; raises FormError for a missing, unknown or empty one.

    Help and own sentences for problems are optional, but must be there in every language or in none. Short labels and
    the singular of a number are each language's own affair.
    """
    wanted = _wanted(pages, fields)
    found = {language: _language(root, wanted) for language, root in roots.items()}
    everywhere = {key for texts in found.values() for key in texts if not key.endswith(_OWN_AFFAIR)}
    for language, texts in found.items():
        _refuse_missing(roots[language], everywhere - texts.keys())
    return found


def read_problems(root: Node) -> dict[str, str]:
    """Return `problem.<code>` → sentence for every code there is; raises FormError."""
    wanted = _Wanted()
    for code in ProblemCode:
        wanted.need(code, FACTS.get(code, _NO_FACTS))
    return {f"problem.{code}": sentence for code, sentence in _language(root, wanted).items()}


def _wanted(pages: Sequence[Page], fields: Mapping[str, Field]) -> _Wanted:
    wanted = _Wanted()
    wanted.need("title")
    wanted.need("description")
    wanted.need("receiver", frozenset({"city"}))
    for page in pages:
        wanted.need(f"pages.{page.id}.title")
        wanted.allow(f"pages.{page.id}.help")
    for one in fields.values():
        _want_field(wanted, one)
    return wanted


def _want_field(wanted: _Wanted, one: Field, base: str = "") -> None:
    base = base or f"fields.{one.id}"
    if one.kind in (FieldKind.INFO, FieldKind.HEADING):
        wanted.need(f"{base}.text")
        return
    wanted.need(f"{base}.label")
    wanted.names.add(f"{base}.label")
    for key in ("short", "help"):
        wanted.allow(f"{base}.{key}")
    if one.kind is FieldKind.ROWS:
        wanted.need(f"{base}.row", frozenset({"number"}))
        wanted.need(f"{base}.add")
        for column in one.columns:
            _want_field(wanted, column, f"{base}.columns.{column.id}")
        return
    shown = wanted.need if one.kind in _COUNTED else wanted.allow
    shown(f"{base}.shown", frozenset({"value"}))
    wanted.allow(f"{base}.shown_one", frozenset({"value"}))
    for option in options_of(one):
        wanted.need(f"{base}.options.{option}")
        wanted.names.add(f"{base}.options.{option}")
    for code in ProblemCode:
        wanted.allow(f"{base}.problems.{code}", FACTS.get(code, _NO_FACTS))


def options_of(field: Field) -> tuple[str, ...]:
    """Return what there is to choose from: a yes-or-no has two options, a declaration one."""
    if field.kind is FieldKind.DECLARATION:
        return (YES,)
    return (YES, NO) if field.kind is FieldKind.CHECK else field.options


def _language(root: Node, wanted: _Wanted) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, node in _flat(root, ""):
        if key not in wanted.needed and key not in wanted.allowed:
            raise node.error("no such text; the form has no place for it")
        texts[key] = _sentence(node, wanted.braces[key])
        if key in wanted.names and _INDIVIDUAL_NUMBER.search(texts[key]):
            raise node.error("a form that does not ask for the individual number")
    _refuse_missing(root, wanted.needed - texts.keys())
    return texts


def _flat(node: Node, prefix: str) -> Iterator[tuple[str, Node]]:
    for name, member in node.members().items():
        if isinstance(member.value, dict):
            yield from _flat(member, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", member


def _sentence(node: Node, braces: frozenset[str]) -> str:
    text = node.text()
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        raise node.error("braces in pairs") from None
    if not used <= braces:
        raise node.error(f"no names in braces but {', '.join(sorted(braces)) or '(none)'}")
    return text


def _refuse_missing(root: Node, missing: set[str]) -> None:
    if missing:
        first = min(missing)
        raise FormError(root.file, f"{root.path}/{first.replace('.', '/')}", "a text")
