"""Between a field and its keyboard: opening it for typing, and what was typed as an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.model import FieldKind
from kiosk.text_input.composer import compose

if TYPE_CHECKING:
    from kiosk.forms.model import Field, JsonValue
    from kiosk.text_input.composer import Composer

_BLANKS = " 　"


def composer_for(field: Field, value: JsonValue = None) -> Composer:
    """Open a typed field, with its earlier answer in it; raises ValueError for a field that is not typed so."""
    if field.kind in (FieldKind.DATE, FieldKind.NUMBER):
        raise ValueError(f"a field of the kind {field.kind} has its own way of entry")
    text = value if isinstance(value, str) else ""
    return compose(text, field.keyboard, field.max_length, reading=field.kind is FieldKind.KANA)


def value_of(composer: Composer) -> str:
    """Return what was typed as an answer, without blanks at its ends; nothing else is changed."""
    return composer.text.strip(_BLANKS)


def stepped(field: Field, value: JsonValue, step: int) -> int:
    """Return the number after pressing + (1) or − (-1), kept within the limits; the first press gives the least."""
    least, most = field.minimum or 0, field.maximum or 0
    if not isinstance(value, int) or isinstance(value, bool):
        return least
    return min(max(value + step, least), most)
