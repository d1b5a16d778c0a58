"""申請へ進む前のご確認: three things to have ready, each ticked by hand."""

from __future__ import annotations

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
from kiosk.screens.widgets.picture import Illustration

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
_LEAST: Final = Face(26, 34, bold=True, most=28, small=24)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the rows and, once all are ticked, the way on."""
    left = len(view.checklist) - len(view.ticked.intersection(view.checklist))
    hint = texts("checklist.left", left=left) if left else texts("checklist.complete")
    main = go(texts("checklist.go"), Pressed(Outcome.NEXT), enabled=not left)
    rows = zip(_places(area, len(view.checklist)), view.checklist, strict=True)
    return [
        *framed(view, area, theme, texts, main, hint),
        title_of(area, theme, texts("checklist.title")),
        *_lead(area, theme, texts),
        *(_row(view, area, theme, texts, place, item) for place, item in rows),
    ]


def _lead(area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the sentence below the title; at 7 inches the rows need its place."""
    if area.small:
        return []
    title, line = area.heading, theme.face(Type.BODY).line
    top = max(area.at(0, 92, 1, 1).y, title.y + max(title.h, theme.face(Type.HEADING).line))
    label = Label(Rect(title.x, top, title.w, line), texts("checklist.lead"))
    if area.low:
        return [label, *_pictures(area)]
    return [label] if label.rect.bottom <= area.at(0, 160, 1, 1).y else []


def _pictures(area: Area) -> list[Widget]:
    return [
        Illustration(area.at(752, 56, 216, 136), "have-card"),
        Illustration(area.at(992, 56, 176, 136), "have-password"),
    ]


def _row(view: View, area: Area, theme: Theme, texts: Texts, place: Rect, item: str) -> CheckRow:
    picture = None if area.small or area.low else _PICTURES.get(item)
    face = (
        _SMALL
        if area.small or (area.low and theme.text_factor >= 1.4)
        else _ROOMY
        if theme.text_factor < 1.4
        else _DENSE
    )
    text, ticked, press = texts(f"checklist.item.{item}"), item in view.ticked, ItemTicked(item)
    rows = [CheckRow(place, text, ticked, picture, each, press=press) for each in (face, _SMALL, _LEAST)]
    return next((row for row in rows if row.fits(theme)), rows[-1])


def _places(area: Area, count: int) -> list[Rect]:
    if area.low:
        return area.controls.rows(max(3, count), GAP_SMALL)[:count]
    if not area.small:
        return [area.at(0, 160 + index * 132, 1184, 116) for index in range(count)]
    place = fitted_rows(area, area.content.x, area.content.w)
    return place.rows(count, GAP_SMALL)
