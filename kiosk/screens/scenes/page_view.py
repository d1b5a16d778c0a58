"""The page that will be signed, enlarged, from its top to its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import PictureChosen, Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.view import PARTS
from kiosk.screens.actions import Act, Actions, back, go
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import furniture
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.page import part_of
from kiosk.screens.scenes.titles import NUMBER
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.button import Kind
from kiosk.screens.widgets.check_row import CheckRow
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.picture import PagePicture

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_SIDE: Final = Face(26, 34, bold=True, most=28)
_COLUMN, _HIGH, _HIGH_SMALL = 256, 264, 232  # design px of the choice beside the page
_INSIDE, _BOX = 12, 40
_TITLES: Final = (Type.LEAD, Face(30, 40, bold=True, most=36, small=30), Face(26, 34, bold=True, most=28, small=24))


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return one part of the page as wide as the content, the ways to the others and, if any, to the other language."""
    parts = len(view.pictures) * PARTS
    last = view.picture >= parts - 1
    above = Act(texts("page-view.up"), Pressed(Outcome.PREVIOUS), icon="up") if view.picture else None
    below = Act(texts("page-view.down"), Pressed(Outcome.NEXT), after="down", kind=Kind.PRIMARY)
    actions = Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=above,
        main=go(texts("page-view.done"), Pressed(Outcome.BACK)) if last else below,
    )
    sides = _sides(view, area, theme, texts)
    right = sides[0].rect.x - theme.px(16) if sides else area.content.right
    line = Rect(area.content.x, area.content.y + theme.px(8), right - area.content.x, theme.face(Type.LEAD).line)
    return [
        *furniture(view, area, theme, texts, actions),
        *_title(theme, line, texts("page-view.title"), texts("page-view.part", part=view.picture + 1, parts=parts)),
        *sides,
        *_part(view, area, theme, texts, line.bottom, right),
    ]


def _title(theme: Theme, line: Rect, title: str, number: str) -> list[Widget]:
    """Return what is shown, and at its right which part of it this is."""
    wide = theme.width(number, NUMBER) + 1
    left = Rect(line.x, line.y, line.w - wide - theme.px(16), line.h)
    titles = [Label(left, title, face, role=Role.TITLE) for face in _TITLES]
    place = Rect(line.right - wide, line.y, wide, line.h)
    return [
        next((label for label in titles if label.fits(theme)), titles[-1]),
        Label(place, number, NUMBER, "ink_soft", middle=True, role=Role.STATE),
    ]


def _sides(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the choice between the page that is signed and the same part of it in the language shown."""
    first = view.translated_from
    if first is None:
        return []
    content, wide, high = area.content, theme.px(_COLUMN), theme.px(_HIGH_SMALL if area.small else _HIGH)
    column = Rect(content.right - wide, content.bottom - high - theme.px(8), wide, high)
    page, part = divmod(view.picture, PARTS)
    translated = page >= first
    at = page - first if translated else page
    last = (first - 1, len(view.pictures) - first - 1)
    targets = (min(at, last[0]) * PARTS + part, (first + min(at, last[1])) * PARTS + part)
    words = texts("page-view.signed"), texts(f"language.{view.language}")
    cells = column.rows(2, theme.px(8 if theme.small else 16))
    return [
        CheckRow(cell, text, on, face=_SIDE, single=True, side=_INSIDE, box=_BOX, press=PictureChosen(target))
        for cell, text, on, target in zip(cells, words, (not translated, translated), targets, strict=True)
    ]


def _part(view: View, area: Area, theme: Theme, texts: Texts, top: int, right: int) -> list[Widget]:
    content, gap = area.content, theme.px(8)
    place = Rect(content.x, top + gap, right - content.x, content.bottom - top - 2 * gap)
    page, part = divmod(view.picture, PARTS)
    if page >= len(view.pictures):
        return [Label(place, texts("consent.preparing"), align=Align.CENTRE, middle=True)]
    shown = part_of(view.pictures[page], part, PARTS, place.size)
    return [PagePicture(place, shown.width, shown.height, shown.rgb, texts("consent.page"))]
