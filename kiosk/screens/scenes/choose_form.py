"""申請する手続きを選んでください: the forms that the city has published."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.forms.show import description, title
from kiosk.journey.events import FormChosen
from kiosk.screens.furniture import heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.asking import LEAST_SMALL
from kiosk.screens.scenes.flow import body
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import CHOICE, Face
from kiosk.screens.widgets.choice import Choice

if TYPE_CHECKING:
    from kiosk.forms.model import Form
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_HIGHEST: Final = 136  # design px of a card; with many forms the cards are lower
_GAP_SMALL: Final = 8
_ROWS_SMALL: Final = 3  # as many as the 7 inch panel has room for
_DENSE: Final = Face(30, 40, bold=True, most=42)
_BARE: Final = (_DENSE, Face(26, 32, bold=True, most=34), Face(22, 26, bold=True, most=26), Face(20, 23, most=23))


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return a card for each form."""
    hint = texts("choose-form.hint", counter=view.place.counter)
    return [
        *framed(view, area, theme, texts, hint=hint),
        _title(view, area, theme, texts),
        *_cards(view, theme, texts, _places(area, theme, len(view.forms))),
    ]


def _title(view: View, area: Area, theme: Theme, texts: Texts) -> Widget:
    """Return the title; above many cards on the 7 inch panel it lies at the very top."""
    title = texts("choose-form.title")
    if area.small and _rows(len(view.forms)) == _ROWS_SMALL:
        return title_of(area, theme, title)
    return heading(area, theme, title, up=10 if area.small else 0)


def _rows(count: int) -> int:
    return count if count == 1 else -(-count // 2)


def _places(area: Area, theme: Theme, count: int) -> list[Rect]:
    """Return two columns of cards; a single form has the whole width."""
    place, gap = (area.controls, theme.px(8)) if area.low else (body(area, theme), theme.px(16))
    columns = 1 if count == 1 else 2
    rows = _rows(count)
    if area.small and rows == _ROWS_SMALL:
        gap = _GAP_SMALL
        high = rows * LEAST_SMALL + (rows - 1) * gap
        place = Rect(place.x, area.action_bar.y - 2 - high, place.w, high)
    high = min(area.px(_HIGHEST), (place.h - gap * (rows - 1)) // max(1, rows))
    cells = [cell for row in range(rows) for cell in _row(place, row, high, columns, gap)]
    return cells[:count]


def _row(place: Rect, row: int, high: int, columns: int, gap: int) -> list[Rect]:
    return Rect(place.x, place.y + row * (high + gap), place.w, high).columns(columns, gap)


def _cards(view: View, theme: Theme, texts: Texts, places: list[Rect]) -> list[Choice]:
    """Return the cards, all in the first look in which each fits: with icon and detail, or with the name alone."""
    whole = [_card(view, texts, place, form) for place, form in zip(places, view.forms, strict=True)]
    looks = [
        *([replace(card, face=face) for card in whole] for face in (CHOICE, _DENSE)),
        *([replace(card, icon=None, face=face) for card in whole] for face in (_DENSE, _BARE[1])),
        *([replace(card, icon=None, detail="", face=face) for card in whole] for face in _BARE),
    ]
    return next((cards for cards in looks if all(card.fits(theme) for card in cards)), looks[-1])


def _card(view: View, texts: Texts, place: Rect, form: Form) -> Choice:
    said = description(form, view.language)
    fee = texts("choose-form.fee", yen=form.fee.unit) if form.fee else texts("choose-form.free")
    about = texts("choose-form.about", time=said, fee=fee)
    return Choice(place, title(form, view.language), about, "doc", details=(said, fee), press=FormChosen(form.id))
