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

ANSWERS: dict[str, Any] = {
    "name": "鶴ヶ島　花子",
    "kana": "ツルガシマ　ハナコ",
    "birth": "1954-04-01",
    "sex": "female",
    "address": "埼玉県鶴ヶ島市富士見一丁目０番０号",
    "kind": "all",
    "relationship": "show",
    "domicile": "omit",
    "head": "self",
    "postcode": "3502201",
    "phone": "0490001234",
    "copies": 1,
    "purpose": "pension",
}


def juminhyo() -> Form:
    return next(form for form in load_forms(FORMS, LANGUAGES) if form.id == "juminhyo")


def small_form(folder: Path, properties: dict[str, Any], rules: dict[str, Any] | None = None, **schema: Any) -> Form:
    """Write a form of one page a field, in one language, and load it; a rule is an effect, a field and a schema."""
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
    (home / "ui.json").write_text(json.dumps(_layout(properties, rules or {})), "utf-8")
    (home / "texts.ja.toml").write_text(_texts(properties), "utf-8")
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


def _texts(properties: dict[str, Any]) -> str:
    lines = ['title = "小"', 'description = "小"', 'receiver = "{city}"']
    for name, said in properties.items():
        lines += [f"[pages.page_{name}]", 'title = "頁"', f"[fields.{name}]", 'label = "欄"']
        lines += ['shown = "{value}個"'] if said["type"] == "integer" else []
        options = (
            ["yes", "no"] if said["type"] == "boolean" else said.get("enum", said.get("items", {}).get("enum", []))
        )
        lines += [f"[fields.{name}.options]", *(f'{option} = "選{option}"' for option in options)] if options else []
    return "\n".join(lines)
