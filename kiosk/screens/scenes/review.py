"""入力内容確認: every answer, page by page as the journey deals them out, each to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.application.document import Origin
from kiosk.forms.model import FieldKind
from kiosk.forms.rows import answer_of, split
from kiosk.forms.show import label, short_label, shown
from kiosk.journey.events import AnswerChangeAsked, Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.session import ONE_QUESTION_FROM, REVIEW_LINES_SMALL, REVIEW_LINES_SMALL_LARGE
from kiosk.screens.actions import go
from kiosk.screens.canvas import Align
from kiosk.screens.parts import rule
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.answers import Answer, row, tile
from kiosk.screens.scenes.titles import NUMBER, STEADY
from kiosk.screens.scenes.ways import framed
from kiosk.screens.texts import Said
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.surfaces import Sheet

if TYPE_CHECKING:
    from kiosk.application.picture import Picture
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_ROW, _ROW_LARGE = 96, 120
_ADVICE: Final = Face(26, 36, most=28, small=24)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return one page of the answers; the way to signing is on the last page only."""
    last = view.review_page >= view.review_pages - 1
    if last:
        main = go(texts("review.sign"), Pressed(Outcome.SIGN))
    else:
        main = go(texts("button.next_page"), Pressed(Outcome.NEXT))
    number = texts("page.number", page=view.review_page + 1, pages=view.review_pages)
    hint = "" if last else texts("review.hint")
    advice = texts("review.hint_last") if last else ""
    return [
        *framed(view, area, theme, texts, main, hint),
        *_title(area, theme, texts("review.title"), number, advice),
        *(_tiles(view, area, texts) if area.small else _rows(view, area, theme, texts)),
    ]


def _title(area: Area, theme: Theme, title: str, number: str, advice: str) -> list[Widget]:
    """Return title, page and, between them, how to go on from the last page."""
    place = area.heading.moved(0, -theme.px(14))
    if area.small:
        place = Rect(place.x, area.content.y + 1, place.w, theme.face(STEADY).line)
    wide = theme.width(number, NUMBER) + 1
    page = Rect(area.content.right - wide, place.y, wide, place.h)
    left = place.x + theme.width(title, STEADY) + theme.px(40)
    room = Rect(left, area.content.y + 2, page.x - theme.px(32) - left, place.bottom - area.content.y)
    said = Label(room, advice, _ADVICE, middle=True)
    return [
        Label(Rect(place.x, place.y, left - place.x, place.h), title, STEADY, role=Role.TITLE),
        Label(page, number, NUMBER, "ink_soft", Align.RIGHT, middle=True, role=Role.STATE),
        *([said] if advice and said.fits(theme) else []),
    ]


def _answer(view: View, texts: Texts, name: str) -> Answer:
    form, language = view.form, view.language
    if form is None:
        raise ValueError("no form is chosen")
    if split(name)[1] is None and form.fields[name].kind is FieldKind.INFO:
        return Answer("", label(form, name, language), None)
    value = shown(form, name, answer_of(view.answers, name), language)
    card = texts("review.from_card") if view.origins.get(name) is Origin.CARD else ""
    change = (texts("review.change"), AnswerChangeAsked(name))
    asked = short_label(form, name, language)
    lead = texts("review.lead_card", name=Said(asked), card=card) if card else texts("review.lead", name=Said(asked))
    return Answer(asked, value or texts("review.empty"), change, card, _photos(view, name), lead)


def _photos(view: View, name: str) -> tuple[Picture, ...]:
    """Return the small pictures of a photographed paper."""
    field = view.form.fields.get(name) if view.form else None
    value = view.answers.get(name)
    if field is None or field.kind is not FieldKind.CAMERA or not isinstance(value, list | tuple):
        return ()
    return tuple(view.photographs[str(digest)].thumb for digest in value)


def _rows(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the answers in rows; a very long one is as high as several."""
    large = not view.lower and view.text_size >= ONE_QUESTION_FROM
    top = area.controls.y - 2 if area.low else area.at(0, 74, 1, 1).y
    high = theme.px(_ROW_LARGE if large else _ROW)
    lines = sum(answer.lines for answer in view.review)
    sheet = Rect(area.content.x, top, area.content.w, lines * high + 2)
    parts: list[Widget] = [Sheet(sheet)]
    for answer in view.review:
        place = Rect(sheet.x, top + 2 + answer.line * high, sheet.w, answer.lines * high)
        parts += row(place, theme, _answer(view, texts, answer.name))
        if answer.line:
            parts.append(rule(Rect(place.x + theme.px(24), place.y, theme.px(976), place.h), theme))
    return parts


def _tiles(view: View, area: Area, texts: Texts) -> list[Widget]:
    """Return the answers of a 7 inch panel: in two columns, long ones over both, each a target as a whole."""
    gap = 8
    lines = REVIEW_LINES_SMALL_LARGE if view.text_size >= ONE_QUESTION_FROM else REVIEW_LINES_SMALL
    high = 78 if lines == REVIEW_LINES_SMALL else 121
    top = area.action_bar.y - 2 - lines * high - (lines - 1) * gap
    parts: list[Widget] = []
    for answer in view.review:
        line = Rect(area.content.x, top + answer.line * (high + gap), area.content.w, high)
        tall = Rect(line.x, line.y, line.w, answer.lines * (high + gap) - gap)
        place = tall if answer.whole else tall.columns(2, gap)[answer.column]
        parts += tile(place, _answer(view, texts, answer.name))
    return parts
