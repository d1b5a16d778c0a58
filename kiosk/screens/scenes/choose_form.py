"""申請する手続きを選んでください: the forms that the city has published."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.forms.show import description, title
from kiosk.journey.events import FormChosen, Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.session import FORMS_ON_PAGE
from kiosk.screens.actions import go
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.asking import LEAST_SMALL
from kiosk.screens.scenes.flow import body
from kiosk.screens.scenes.titles import NUMBER, STEADY, title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import CHOICE, Face
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.choice import Choice
from kiosk.screens.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.forms.model import Form
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_HIGHEST: Final = 136  # design px of a card; with many forms the cards are lower
_GAP_SMALL: Final = 8
_TIGHT: Final = Face(40, 56, bold=True, most=40, small=28)
_ICONED: Final = 90  # design px of a card with an icon, at least
_DENSE: Final = Face(30, 40, bold=True, most=42)
_BELOW: Final = Face(24, 30, most=30, small=22)
_BARE: Final = (_DENSE, Face(26, 32, bold=True, most=34), Face(22, 26, bold=True, most=26))


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return a card for each form, a page of them at a time; where else to go is said where there are no more."""
    last = view.form_page >= view.form_pages - 1
    main = None if last else go(texts("button.next_page"), Pressed(Outcome.NEXT))
    hint = texts("choose-form.hint", counter=view.place.counter) if last else ""
    return [
        *framed(view, area, theme, texts, main, hint),
        *_title(view, area, theme, texts),
        *_cards(view, theme, texts, _places(area, theme, view)),
    ]


def _title(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the title, and at its right which page this is where there are several."""
    title = title_of(area, theme, texts("choose-form.title"))
    if not area.small:
        title = heading(area, theme, texts("choose-form.title"))
    if view.form_pages == 1:
        return [title]
    number = texts("page.number", page=view.form_page + 1, pages=view.form_pages)
    wide = theme.width(number, NUMBER) + 1
    page = Rect(area.content.right - wide, title.rect.y, wide, title.rect.h)
    beside = replace(title, rect=Rect(title.rect.x, title.rect.y, page.x - theme.px(24) - title.rect.x, title.rect.h))
    shown = beside if beside.fits(theme) else replace(beside, face=_TIGHT)
    return [shown, Label(page, number, NUMBER, "ink_soft", Align.RIGHT, middle=True, role=Role.STATE)]


def _places(area: Area, theme: Theme, view: View) -> list[Rect]:
    """Return two columns of cards; a list where there is less room. All pages have cards of one height."""
    place, gap = (area.controls, theme.px(8)) if area.low else (body(area, theme), theme.px(16))
    if area.small:
        most = area.action_bar.y - 2 - (area.content.y + 1 + theme.face(STEADY).line + _GAP_SMALL)
        high = max(most, view.forms_on_page * (LEAST_SMALL + _GAP_SMALL) - _GAP_SMALL)
        place, gap = Rect(place.x, area.action_bar.y - 2 - high, place.w, high), _GAP_SMALL
    listed = view.forms_on_page < FORMS_ON_PAGE
    rows, columns = (view.forms_on_page, 1) if listed else (view.forms_on_page // 2, 2)
    if view.form_pages == 1:
        columns = min(columns, len(view.offered))
        rows = -(-len(view.offered) // max(1, columns))
    high = min(area.px(_HIGHEST), (place.h - gap * (rows - 1)) // max(1, rows))
    cells = [cell for row in range(rows) for cell in _row(place, row, high, columns, gap)]
    return cells[: len(view.offered)]


def _row(place: Rect, row: int, high: int, columns: int, gap: int) -> list[Rect]:
    return Rect(place.x, place.y + row * (high + gap), place.w, high).columns(columns, gap)


def _cards(view: View, theme: Theme, texts: Texts, places: list[Rect]) -> list[Choice]:
    """Return the cards, all in the first look in which each fits: with icon and detail, or with the name alone."""
    whole = [_card(view, texts, place, form) for place, form in zip(places, view.offered, strict=False)]
    bare = [replace(card, icon=None) for card in whole]
    tight = [replace(card, below=_BELOW) for card in bare]
    named = [replace(card, detail="") for card in bare]
    iconed = whole if all(card.rect.h >= theme.px(_ICONED) for card in whole) else bare
    told = [
        *((iconed, face) for face in (CHOICE, _DENSE)),
        *((bare, face) for face in _BARE[:2]),
        *((tight, face) for face in _BARE),
    ]
    looks = [[replace(card, face=face) for card in cards] for cards, face in told]
    if theme.small:
        looks = [[replace(card, face=face) for card in _beside(bare, theme)] for face in (CHOICE, *_BARE)] + looks
    in_line = [cards for cards in looks if all(card.detail_lines(theme) <= 1 for card in cards)]
    looks = [*in_line, *looks, *([replace(card, face=face) for card in named] for face in _BARE)]
    return next((cards for cards in looks if all(card.fits(theme) for card in cards)), looks[-1])


def _beside(cards: Sequence[Choice], theme: Theme) -> list[Choice]:
    """Return the cards with time and fee below each other at the right: a low card has more room beside than below."""
    said = [replace(card, detail="\n".join(card.details), below=_BELOW) for card in cards]
    wide = max((theme.width(card.detail, _BELOW) for card in said), default=0) + 1
    return [replace(card, aside=wide) for card in said]


def _card(view: View, texts: Texts, place: Rect, form: Form) -> Choice:
    said = description(form, view.language)
    fee = texts("choose-form.fee", yen=form.fee.unit) if form.fee else texts("choose-form.free")
    about = texts("choose-form.about", time=said, fee=fee)
    return Choice(place, title(form, view.language), about, "doc", details=(said, fee), press=FormChosen(form.id))
