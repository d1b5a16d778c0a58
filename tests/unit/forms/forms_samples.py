"""The kiosk's own forms, a complete set of answers, and small forms written on the spot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.forms.loader import load_forms

if TYPE_CHECKING:
    from kiosk.forms.model import Form

FORMS = Path(__file__).parents[3] / "config" / "forms"
LANGUAGES = ("ja", "en")


def juminhyo() -> Form:
    return next(form for form in load_forms(FORMS, LANGUAGES) if form.id == "juminhyo")


def small_form(
    folder: Path,
    properties: dict[str, Any],
    rules: dict[str, Any] | None = None,
    *,
    controls: dict[str, Any] | None = None,
    group: tuple[str, dict[str, Any]] | None = None,
    **schema: Any,
) -> Form:
    """Write a form of one page a field, in one language, and load it; a rule is an effect, a field and a schema.

    `controls` adds keys to a Control; `group` puts the field of that name into a Group with a rule.
    """
    home = folder / "small"
    home.mkdir(parents=True)
    root = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:madoguchi:form:small:1",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": [name for name in properties if name not in (rules or {})][:1],
        **schema,
    }
    (home / "schema.json").write_text(json.dumps(root), "utf-8")
    layout = _layout(properties, rules or {})
    for page in layout["elements"]:
        control = page["elements"][0]
        name = control["scope"].rpartition("/")[2]
        control |= (controls or {}).get(name, {})
        if group is not None and name == group[0]:
            page["elements"] = [{"type": "Group", "i18n": f"head_{name}", "rule": group[1], "elements": [control]}]
    (home / "ui.json").write_text(json.dumps(layout), "utf-8")
    heading = f'\n[fields.head_{group[0]}]\ntext = "見出し"\n' if group else ""
    (home / "texts.ja.toml").write_text(_texts(properties) + heading, "utf-8")
    (folder / "problems.ja.toml").write_text((FORMS / "problems.ja.toml").read_text("utf-8"), "utf-8")
    return load_forms(folder, ["ja"])[0]


def _layout(properties: dict[str, Any], rules: dict[str, Any]) -> dict[str, Any]:
    pages = []
    for name in properties:
        control = {"type": "Control", "scope": f"#/properties/{name}"}
        if name in rules:
            effect, on, schema = rules[name]
            condition = {"scope": f"#/properties/{on}", "schema": schema, "failWhenUndefined": True}
            control["rule"] = {"effect": effect, "condition": condition}
        pages.append({"type": "Category", "i18n": f"page_{name}", "elements": [control]})
    return {"type": "Categorization", "options": {"prefill": "none"}, "elements": pages}


def _row_texts(name: str, said: dict[str, Any]) -> list[str]:
    columns = said.get("items", {}).get("properties", {})
    lines = ['row = "{number}人目"', 'add = "加える"'] if columns else []
    for column, each in columns.items():
        lines += [f"[fields.{name}.columns.{column}]", 'label = "欄"']
        options = ["yes"] if "const" in each else each.get("enum", [])
        lines += [f"[fields.{name}.columns.{column}.options]"] if options else []
        lines += [f'{option} = "選{option}"' for option in options]
    return lines


def _texts(properties: dict[str, Any]) -> str:
    lines = ['title = "小"', 'description = "小"', 'receiver = "{city}"']
    for name, said in properties.items():
        lines += [f"[pages.page_{name}]", 'title = "頁"', f"[fields.{name}]", 'label = "欄"']
        counted = said["type"] == "integer" or said.get("x-widget") == "camera"
        lines += ['shown = "{value}個"'] if counted else []
        lines += _row_texts(name, said)
        options = said.get("enum", said.get("items", {}).get("enum", []))
        if said["type"] == "boolean":
            options = ["yes"] if "const" in said else ["yes", "no"]
        lines += [f"[fields.{name}.options]", *(f'{option} = "選{option}"' for option in options)] if options else []
    return "\n".join(lines)
