"""The answers of a whole 住民票の写し, of an invented person, for whatever needs an application that the city takes."""

from __future__ import annotations

from typing import Any

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
