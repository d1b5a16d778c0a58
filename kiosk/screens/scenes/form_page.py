"""A page of the form: questions below one another; in large type and on small panels, each in a single row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.forms.model import FieldKind
from kiosk.forms.rows import split
from kiosk.forms.show import page_help, page_title, row_label
from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import go
from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.asking import Asking
from kiosk.screens.scenes.controls import SENTENCES, control, height_of, rows_of
from kiosk.screens.scenes.flow import body, fitting
from kiosk.screens.scenes.one_question import question
from kiosk.screens.scenes.titles import NUMBER, title_of
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import DETAIL, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.entry import Problem
from kiosk.screens.widgets.label import Label

if TYPE_CHECKING:
    from kiosk.forms.model import Field
    from kiosk.journey.view import View
    from kiosk.screens.actions import Act
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_REMARK: Final = Face(24, 34)
_WRONG: Final = Face(24, 32, bold=True, most=32)
_WRONG_TIGHT: Final = Face(24, 24, bold=True, most=30, small=22)
_BESIDE: Final = 28  # design px between a label and the remark behind it
_LISTED: Final = {FieldKind.ROWS, FieldKind.CAMERA}
_WIDE: Final = {*SENTENCES, FieldKind.ROWS, FieldKind.DECLARATION}
_NAMED, _NAMED_SMALL = 0.28, 0.22  # part of the width that labels have in rows
_NAMES: Final = (
    Type.LABEL,
    Face(24, 30, bold=True, most=32),
    Face(22, 26, bold=True, most=28),
    Face(22, 24, bold=True, most=24),
)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the questions of one page with their answers so far."""
    asking = Asking(view, area, theme, texts)
    if view.question:
        return _alone(asking)
    place = body(area, theme)
    title = page_title(asking.form, asking.form.pages[view.page].id, view.language)
    if view.row is not None:
        title = texts("form-page.of_row", title=title, row=_row_name(asking))
    number = texts("page.number", page=view.page + 1, pages=view.pages)
    above = _numbered(area, theme, title, number)
    return [
        *framed(view, area, theme, texts, _main(asking), _hint(asking, number, above)),
        *fitting(
            theme,
            area.content,
            lambda: [*above, *_stacked(asking, place, remarks=True)],
            lambda: [*above, *_stacked(asking, place, remarks=False)],
            lambda: _lifted(asking, above, place),
            lambda: _in_rows(asking, above, place),
        ),
    ]


def _row_name(asking: Asking) -> str:
    name, row, _ = split(asking.view.fields[0])
    return row_label(asking.form, name, row or 0, asking.view.language)


def _alone(asking: Asking) -> list[Widget]:
    """Return one question; the hint says which of all questions it is."""
    view, area, theme, texts = asking.view, asking.area, asking.theme, asking.texts
    hint = texts("form-page.question", number=view.question, questions=view.questions)
    return [*framed(view, area, theme, texts, _main(asking), hint), *question(asking)]


def _main(asking: Asking) -> Act:
    view, texts = asking.view, asking.texts
    last = view.question == view.questions if view.question else view.page == view.pages - 1
    key = "form-page.to_review" if view.returns_to_review else "form-page.review" if last else "button.next"
    return go(texts(key), Pressed(Outcome.NEXT))


def _hint(asking: Asking, number: str, above: list[Widget]) -> str:
    """Return what is still missing; where the page's number found no place above, the number."""
    if len(above) == 1:
        return number
    left = asking.missing()
    return asking.texts("form-page.left", left=left) if left else asking.texts("form-page.complete")


def _numbered(area: Area, theme: Theme, title: str, number: str) -> list[Widget]:
    """Return the title and, if the line has room for both, the page's number."""
    wide = theme.width(number, NUMBER) + 1
    head = title_of(area, theme, title)
    if theme.width(title, head.face) + theme.px(24) + wide > head.rect.w:
        return [head]
    place = Rect(head.rect.right - wide, head.rect.y, wide, head.rect.h)
    kept = Rect(head.rect.x, head.rect.y, head.rect.w - wide - theme.px(24), head.rect.h)
    return [
        replace(head, rect=kept),
        Label(place, number, NUMBER, "ink_soft", align=Align.RIGHT, middle=True, role=Role.STATE),
    ]


# ---- below one another ------------------------------------------------------------------------------------------


def _lifted(asking: Asking, above: list[Widget], place: Rect) -> list[Widget]:
    """Return the questions closer together and in smaller type, below a title that is lifted."""
    up = asking.theme.px(14)
    head = [replace(widget, rect=widget.rect.moved(0, -up)) for widget in above]
    lower = Rect(place.x, place.y - 2 * up, place.w, place.h + 2 * up)
    return [*head, *_stacked(asking, lower, remarks=False, tight=True)]


def _stacked(asking: Asking, place: Rect, *, remarks: bool, tight: bool = False) -> list[Widget]:
    """Return label, remark and control of each question, spread over the height."""
    theme = asking.theme
    parts, y = ([], place.y) if tight else _page_help(asking, place)
    heads = [_head(asking, field, place.w, remarks=remarks) for field in asking.fields]
    controls = [height_of(asking, field, place.w, tight=tight) for field in asking.fields]
    highs = [head + high for head, high in zip(heads, controls, strict=True)]
    spare = place.bottom - y - sum(highs)
    gap = max(theme.px(8 if tight else 12), min(theme.px(28), spare // max(1, len(highs) - 1)))
    for field, head, high in zip(asking.fields, heads, highs, strict=True):
        parts += _named(asking, field, Rect(place.x, y, place.w, head), remarks=remarks)
        parts += control(asking, field, Rect(place.x, y + head, place.w, high - head))
        y += high + gap
    return parts


def _page_help(asking: Asking, place: Rect) -> tuple[list[Widget], int]:
    text = page_help(asking.form, asking.form.pages[asking.view.page].id, asking.view.language)
    if not text:
        return [], place.y
    high = asking.theme.height(text, DETAIL, place.w)
    top = place.y - asking.theme.px(14)
    return [Label(Rect(place.x, top, place.w, high), text, DETAIL)], top + high + asking.theme.px(10)


def _said(asking: Asking, field: Field, *, remarks: bool) -> tuple[str, Face]:
    problem = asking.problem(field)
    return (problem, _WRONG) if problem else (asking.remark(field) if remarks else "", _REMARK)


def _head(asking: Asking, field: Field, wide: int, *, remarks: bool) -> int:
    """Return how much height the words above a control take, in panel pixels."""
    if field.kind in SENTENCES:
        return 0
    theme = asking.theme
    text, face = _said(asking, field, remarks=remarks)
    name = theme.height(asking.label(field), Type.LABEL, wide)
    if not text or _beside(asking, field, text, face, wide):
        return name + theme.px(4)
    return name + theme.height(text, face, wide - theme.px(38)) + theme.px(4)


def _beside(asking: Asking, field: Field, text: str, face: Face, wide: int) -> bool:
    """Tell whether a remark has room on the label's own line."""
    theme = asking.theme
    used = theme.width(asking.label(field), Type.LABEL) + theme.px(_BESIDE) + theme.px(38)
    return used + theme.width(text, face) <= wide


def _named(asking: Asking, field: Field, place: Rect, *, remarks: bool) -> list[Widget]:
    """Return the label and, beside or below it, the remark or what is wrong."""
    if field.kind in SENTENCES:
        return []
    theme, name = asking.theme, asking.label(field)
    text, face = _said(asking, field, remarks=remarks)
    high = theme.height(name, Type.LABEL, place.w)
    if not text:
        return [Label(Rect(place.x, place.y, place.w, high), name, Type.LABEL)]
    if _beside(asking, field, text, face, place.w):
        wide = theme.width(name, Type.LABEL) + 1
        left = place.x + wide + theme.px(_BESIDE)
        said = Rect(left, place.y, place.right - left, high)
    else:
        wide = place.w
        said = Rect(place.x, place.y + high, place.w, place.h - high - theme.px(4))
    label = Label(Rect(place.x, place.y, wide, high), name, Type.LABEL)
    if asking.problem(field):
        return [label, Problem(said, text, face=_WRONG)]
    return [label, Label(said, text, _REMARK, "ink_soft", middle=True)]


# ---- each in a row ----------------------------------------------------------------------------------------------


def _in_rows(asking: Asking, above: list[Widget], place: Rect) -> list[Widget]:
    """Return each question as one row, label at the left; what is wrong takes the title's place, one at a time."""
    area, theme = asking.area, asking.theme
    rows = _rows_place(asking, place)
    wrong = next((asking.problem(field) for field in asking.fields if asking.problem(field)), "")
    head: list[Widget] = list(above)
    if wrong:
        top = area.content.y if area.small else area.content.y + theme.px(4)
        low = rows.y if area.small else rows.y - asking.gap
        face = _WRONG_TIGHT if area.small else _WRONG
        head = [Problem(Rect(place.x, top, place.w, low - top), wrong, face=face)]
    return [*head, *_rows(asking, rows)]


def _rows_place(asking: Asking, place: Rect) -> Rect:
    if not asking.area.small:
        return Rect(place.x, place.y - asking.theme.px(8), place.w, place.h + asking.theme.px(8))
    high = 3 * asking.least + 2 * asking.gap
    return Rect(place.x, asking.area.action_bar.y - 2 - high, place.w, high)


def _rows(asking: Asking, place: Rect) -> list[Widget]:
    fields, gap = asking.fields, asking.gap
    sides = [_sides(asking, field, place) for field in fields]
    highs = [height_of(asking, field, side.w, tight=True) for field, (_, side) in zip(fields, sides, strict=True)]
    spare = place.h - sum(highs) - gap * (len(highs) - 1)
    if spare < 0:  # only the longest answer of the card is more than one target high, cut with an ellipsis
        tallest = highs.index(max(highs))
        highs = [_least(asking, field, high) for field, high in zip(fields, highs, strict=True)]
        spare = place.h - sum(highs) - gap * (len(highs) - 1)
        highs[tallest] += max(0, spare)
        spare = 0
    grown = min(asking.theme.px(24), max(0, spare) // max(1, len(highs)))
    parts: list[Widget] = []
    y = place.y
    for field, high, (name, side) in zip(fields, highs, sides, strict=True):
        if name is not None:
            parts.append(_name(asking, field, Rect(name.x, y, name.w, high)))
        parts += control(asking, field, Rect(side.x, y, side.w, high))
        y += high + gap + grown
    return parts


def _least(asking: Asking, field: Field, high: int) -> int:
    """Return the least height of a control; of sentences and lists, the height they have."""
    if field.kind in SENTENCES or field.kind in _LISTED:
        return high
    return rows_of(field) * (asking.least + asking.gap) - asking.gap


def _sides(asking: Asking, field: Field, place: Rect) -> tuple[Rect | None, Rect]:
    """Return the places of label and control; many options have the whole width, the title says what they are."""
    if field.kind in _WIDE or rows_of(field) > 1:
        return None, place
    wide = round(place.w * (_NAMED_SMALL if asking.area.small else _NAMED))
    gap = asking.theme.px(16)
    return (
        Rect(place.x, place.y, wide, place.h),
        Rect(place.x + wide + gap, place.y, place.w - wide - gap, place.h),
    )


def _name(asking: Asking, field: Field, place: Rect) -> Label:
    texts = (asking.label(field), asking.short_label(field))
    labels = [Label(place, text, face, middle=True) for text in texts for face in _NAMES]
    return next((label for label in labels if label.fits(asking.theme)), labels[-1])
