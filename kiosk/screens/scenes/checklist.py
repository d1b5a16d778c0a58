"""申請へ進む前のご確認: three things to have ready, each ticked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import ItemTicked, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import go
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.pad import GAP_SMALL, fitted_rows
from kiosk.screens.scenes.titles import title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.label import Label

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_PICTURES: Final = {"card": "have-card", "password": "have-password", "bare_card": "card-alone"}
_ROOMY: Final = Type.LEAD
_DENSE: Final = Face(28, 36, bold=True, most=42)  # two lines in a row of large type
_SMALL: Final = Face(28, 36, bold=True, most=34)  # two lines in a row of the 7 inch panel
_WIDE, _WIDE_LOW, _WIDE_SMALL = 136, 112, 88  # of a picture, design px
_LARGE: Final = 1.4
_LEAST: Final = Face(26, 34, bold=True, most=28, small=24)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the rows and, once all are ticked, the way on."""
    left = len(view.checklist) - len(view.ticked.intersection(view.checklist))
    hint = texts("checklist.left", left=left) if left else texts("checklist.complete")
    main = go(texts("checklist.go"), Pressed(Outcome.NEXT), enabled=not left)
    return [
        *framed(view, area, theme, texts, main, hint),
        title_of(area, theme, texts("checklist.title")),
        *_lead(area, theme, texts),
        *_rows(view, area, theme, texts),
    ]


def _lead(area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the sentence below the title; at 7 inches the rows need its place."""
    if area.small:
        return []
    title, line = area.heading, theme.face(Type.BODY).line
    top = max(area.at(0, 92, 1, 1).y, title.y + max(title.h, theme.face(Type.HEADING).line))
    label = Label(Rect(title.x, top, title.w, line), texts("checklist.lead"))
    return [label] if area.low or label.rect.bottom <= area.at(0, 160, 1, 1).y else []


def _rows(view: View, area: Area, theme: Theme, texts: Texts) -> list[CheckRow]:
    """Return the rows in one size of type, with their pictures while the words have room beside them."""
    bare = [
        CheckRow(place, texts(f"checklist.item.{item}"), item in view.ticked, press=ItemTicked(item))
        for place, item in zip(_places(area, len(view.checklist)), view.checklist, strict=True)
    ]
    wide = _WIDE_SMALL if area.small else _WIDE_LOW if area.low else _WIDE
    pictured = [
        replace(row, picture=_PICTURES.get(item), picture_px=wide)
        for row, item in zip(bare, view.checklist, strict=True)
    ]
    large = _ROOMY if theme.text_factor < _LARGE and not area.small else _DENSE
    faces = (_SMALL, _LEAST) if area.small else (large, _SMALL, _LEAST)
    ways = [[replace(row, face=face) for row in rows] for face in faces for rows in (pictured, bare)]
    return next((rows for rows in ways if all(row.fits(theme) for row in rows)), ways[-1])


def _places(area: Area, count: int) -> list[Rect]:
    if area.low:
        return area.controls.rows(max(3, count), GAP_SMALL)[:count]
    if not area.small:
        return [area.at(0, 160 + index * 132, 1184, 116) for index in range(count)]
    place = fitted_rows(area, area.content.x, area.content.w)
    return place.rows(count, GAP_SMALL)
