"""Between a field and its keyboard: opening it for typing, and what was typed as an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.model import FieldKind
from kiosk.forms.phone import group_time
from kiosk.text_input.composer import compose

if TYPE_CHECKING:
    from kiosk.forms.model import Field, JsonValue
    from kiosk.text_input.composer import Composer

_BLANKS = " 　"


def composer_for(field: Field, value: JsonValue = None) -> Composer:
    """Open a typed field, with its earlier answer in it; raises ValueError for a field that is not typed so."""
    if field.kind in (FieldKind.DATE, FieldKind.NUMBER):
        raise ValueError(f"a field of the kind {field.kind} has its own way of entry")
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if field.kind is FieldKind.TIME:
        text = text.replace(":", "")
    return compose(text, field.keyboard, field.max_length, reading=field.kind is FieldKind.KANA)


def value_of(composer: Composer, kind: FieldKind = FieldKind.TEXT) -> JsonValue:
    """Return what was typed as an answer: words without blanks at their ends, a sum as a number, a time as HH:MM."""
    text = composer.text.strip(_BLANKS)
    if kind is FieldKind.CURRENCY:
        return int(text) if text else None
    return group_time(text) if kind is FieldKind.TIME else text


def stepped(field: Field, value: JsonValue, step: int) -> int:
    """Return the number after pressing + (1) or − (-1), kept within the limits; the first press gives the least."""
    least, most = field.minimum or 0, field.maximum or 0
    if not isinstance(value, int) or isinstance(value, bool):
        return least
    return min(max(value + step, least), most)
