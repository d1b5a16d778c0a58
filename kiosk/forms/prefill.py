"""Answers before anybody types: the form's defaults, and the four attributes of the card's holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.card.holder import Sex
from kiosk.forms.model import Prefill, PrefillOffer

if TYPE_CHECKING:
    from drivers.card.holder import Holder
    from kiosk.forms.model import Form, JsonValue

_SEXES = {Sex.FEMALE: "female", Sex.MALE: "male"}


def initial_answers(form: Form) -> dict[str, JsonValue]:
    """Return what stands in a form that has just been opened."""
    return {name: field.default for name, field in form.fields.items() if field.default is not None}


def answers_from(form: Form, holder: Holder) -> dict[str, JsonValue]:
    """Return the answers that the card gives, code point for code point.

    What it does not say (a sex of 0 or 9) stays for the citizen.
    """
    if form.prefill is PrefillOffer.NONE:
        return {}
    attributes: dict[Prefill, str | None] = {
        Prefill.NAME: holder.name,
        Prefill.ADDRESS: holder.address,
        Prefill.BIRTH: iso_birth(holder.birth),
        Prefill.SEX: _SEXES.get(holder.sex),
    }
    found = {name: attributes[field.prefill] for name, field in form.fields.items() if field.prefill is not None}
    return {name: value for name, value in found.items() if value}


def iso_birth(birth: str) -> str | None:
    """Return the card's `YYYYMMDD` as `YYYY-MM-DD`, unknown parts staying zeros; None if it is not eight digits."""
    if len(birth) != 8 or not (birth.isascii() and birth.isdigit()):
        return None
    return f"{birth[:4]}-{birth[4:6]}-{birth[6:]}"
