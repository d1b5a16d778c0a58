"""The first scene: what can be done here, in which languages, and the one button to begin."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import LanguageChosen, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Act, Actions, go
from kiosk.screens.furniture import furniture, opening
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, fitting
from kiosk.screens.scenes.uneven import uneven
from kiosk.screens.theme import DETAIL, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.key import Key, KeyKind
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.picture import Icon, Illustration
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_TITLE: Final = Face(68, 92, bold=True, most=68, small=44)
_NAME: Final = Face(26, 32, bold=True, most=32)
_NARROW: Final = Face(26, 32, bold=True, most=26)
_LEAST: Final = Face(28, 42, most=34)
_FEWEST: Final = 4  # with fewer languages the keys do not grow any wider
_PICTURES: Final = (500, 400, 360)
_BAND: Final = 112  # design px of the band with the languages, at the foot of the content


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the invitation, the languages and the two ways to begin."""
    short = area.small and theme.text_factor > 1.2
    actions = Actions(
        back=Act(texts("attract.no_card_short" if short else "attract.no_card"), Pressed(Outcome.NO_CARD)),
        main=go(texts("attract.start"), Pressed(Outcome.START)),
        main_px=None if area.small else 560 if theme.text_factor <= 1.2 else 448,
    )
    band = _band(area)
    return [
        *furniture(view, area, theme, texts, actions, opening(view, area, theme, texts, serving=True)),
        Band(band, "sunken"),
        *_invitation(view, area, theme, texts, band),
        *_languages(view, area, theme, texts, band),
    ]


def _band(area: Area) -> Rect:
    high = area.px(_BAND) if not area.small else area.px(90) + 16
    return Rect(area.panel.x, area.content.bottom - high, area.panel.w, high)


def _languages(view: View, area: Area, theme: Theme, texts: Texts, band: Rect) -> list[Widget]:
    """Return a key for each language, in its own words."""
    row = Rect(area.content.x, band.y, area.content.w, band.h).centred(
        area.content.w, area.px(90 if area.small else 88)
    )
    many = len(view.languages) > _FEWEST
    names = [texts(f"language.{language}") for language in view.languages]
    places = uneven(row, theme, names, _NARROW, theme.px(8)) if many else row.columns(_FEWEST, theme.px(12))
    return [
        Key(
            place,
            name,
            KeyKind.MODE if language == view.language else KeyKind.CHARACTER,
            face=_NARROW if many else _NAME,
            press=LanguageChosen(language),
            focus_order=105,  # after the way on
        )
        for place, language, name in zip(places, view.languages, names, strict=False)
    ]


def _invitation(view: View, area: Area, theme: Theme, texts: Texts, band: Rect) -> list[Widget]:
    """Return the words with the picture at their right; the picture gives way to large words."""
    content = area.content
    whole = Rect(content.x, content.y, content.w, band.y - content.y)

    def told(place: Rect, *, full: bool, least: bool = False) -> list[Widget]:
        only = _LEAST if least else Type.BODY
        return _words(view, theme, texts, place, only, small=area.small, full=full)

    def pictured(design: int, *, full: bool) -> list[Widget]:
        wide = area.px(design)
        high = theme.picture_height("kiosk", wide)
        picture = Illustration(Rect(whole.right - wide, whole.bottom - high, wide, high), "kiosk")
        return [picture, *told(Rect(whole.x, whole.y, whole.w - wide, whole.h), full=full)]

    alone = (
        lambda: told(whole, full=True),
        lambda: told(whole, full=False),
        lambda: told(whole, full=False, least=True),
    )
    if area.small:
        return fitting(theme, whole, *alone)
    return fitting(
        theme,
        whole,
        *(partial(pictured, wide, full=full) for full in (True, False) for wide in _PICTURES),
        *alone,
    )


def _words(
    view: View, theme: Theme, texts: Texts, place: Rect, face: Type | Face, *, small: bool, full: bool
) -> list[Widget]:
    column = Column(theme, place)
    column.skip(10 if small else 36)
    column.say(texts("attract.title"), _TITLE, role=Role.TITLE)
    column.skip(6 if small else 24)
    if full:
        column.say(texts("attract.lead"))
        column.skip(4 if small else 20)
    column.add(*_only(column, theme, texts, face))
    if view.place.demo and full and not small:
        column.skip(10)
        column.say(texts("attract.demo"), DETAIL, "ink_soft")
    return column.widgets


def _only(column: Column, theme: Theme, texts: Texts, face: Type | Face) -> list[Widget]:
    """Return for whom this is, behind the sign of a card."""
    text, size, gap = texts("attract.only"), theme.px(44), theme.px(16)
    wide = column.place.w - size - gap
    row = column.take(max(size, theme.height(text, face, wide)))
    return [
        Icon(Rect(row.x, row.y, size, row.h).centred(size, size), "card"),
        Label(Rect(row.x + size + gap, row.y, wide, row.h), text, face, middle=True),
    ]
