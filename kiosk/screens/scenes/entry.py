"""Typing one answer: the kana and letter keyboards, the number pad, and the three boxes of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.scenes.entry_date import date_entry
from kiosk.screens.scenes.entry_digits import digits_entry
from kiosk.screens.scenes.entry_keys import words_entry
from kiosk.text_input.keyboard import Keyboard

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the keyboard that the field asks for."""
    entry = view.entry
    if entry is None:
        raise ValueError("no field is open")
    if entry.date is not None:
        return date_entry(view, area, theme, texts)
    if entry.composer is not None and entry.composer.keyboard is Keyboard.DIGITS:
        return digits_entry(view, area, theme, texts)
    return words_entry(view, area, theme, texts)
