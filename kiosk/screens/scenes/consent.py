"""以下の申請に署名します: receiver, name and date, and the very page that will be signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.forms.show import title
from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Act, Actions, back, go
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, fitting
from kiosk.screens.scenes.page import page_picture
from kiosk.screens.scenes.ways import apart
from kiosk.screens.theme import MARK, Face, Type
from kiosk.screens.widgets.button import Button
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.notice import Notice
from kiosk.screens.widgets.surfaces import Band

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget


@dataclass(frozen=True, slots=True)
class _Share:
    """How the content is shared: the page's width and height in design px (0: only its button), rows, and words."""

    page: tuple[int, int]
    row: int
    label: int
    notice: str = ""
    question: str = ""
    brief: str = ""


_LARGE = 1.2
_VALUE = Face(36, 50, bold=True, most=40)
_LEAST = Face(32, 44, bold=True, most=32, small=24)
_WIDE = (
    _Share((316, 432), 76, 150, "consent.tells", "consent.question"),
    _Share((316, 432), 76, 150, "consent.tells", "consent.question_short"),
    _Share((260, 356), 70, 130, "consent.tells_short", "consent.question_short"),
    _Share((0, 0), 70, 150, "consent.tells_short", "consent.question_short"),
    _Share((0, 0), 70, 150, brief="consent.brief"),
)
_SMALL = (
    _Share((241, 209), 55, 105, brief="consent.brief"),
    _Share((0, 0), 55, 105, brief="consent.brief"),
    _Share((0, 0), 50, 105, brief="consent.question_short"),
)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what is signed; the way on is open once the page is there to be seen."""
    ready = bool(view.pictures)
    disagree = Act(texts("consent.disagree"), Pressed(Outcome.DISAGREE))
    told = ready or area.small or area.low or theme.text_factor > _LARGE  # elsewhere the page's own place tells it
    whole = Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=disagree,
        main=go(texts("consent.agree"), Pressed(Outcome.AGREE), enabled=ready),
        hint="" if told else texts("consent.preparing"),
    )
    attempts = _SMALL if area.small else _WIDE
    brief = replace(whole, back=disagree, second=None)  # 同意しない leads back as well
    bars = [furniture(view, area, theme, texts, actions) for actions in (whole, brief)]
    framing = next((bar for bar in bars if apart(bar) and all(each.fits(theme) for each in bar)), bars[-1])
    return [
        *framing,
        *fitting(
            theme,
            area.content,
            *(
                lambda share=share, face=face: _arranged(view, area, theme, texts, share, face)
                for face in BODIES
                for share in attempts
            ),
        ),
    ]


def _arranged(view: View, area: Area, theme: Theme, texts: Texts, share: _Share, body: Type | Face) -> list[Widget]:
    content = area.content
    top = area.heading.y + max(area.heading.h, theme.face(Type.HEADING).line) + theme.px(4 if area.small else 10)
    foot = content.bottom - theme.px(8 if area.small else 12)
    shown, left = _page(view, area, theme, texts, share)
    wide = (left if share.page[0] else content.right) - content.x
    column = Column(theme, Rect(content.x, top, wide, foot - top))
    value = Type.HEADING_SMALL if body is Type.BODY else _VALUE if body is not BODIES[-1] else _LEAST
    rows = (("consent.receiver", view.place.receiver), ("consent.form", _title(view)))
    for key, said in rows:
        _row(column, theme, texts(key), said, share, value)
    column.place = Rect(
        content.x, top, left - content.x, foot - top
    )  # the page's button stands beside all that follows
    _row(column, theme, texts("consent.date"), view.application_date, share, value)
    column.skip(4 if area.small else 20)
    if share.notice:
        _notice(column, theme, texts(share.notice), body)
    asked = texts(share.brief or share.question)
    face = body if share.brief else Type.LEAD
    high = theme.height(asked, face, left - content.x)
    room = Rect(content.x, column.y, left - content.x, max(high, foot - column.y))
    title = heading(area, theme, texts("consent.title"), width=wide / area.factor)
    return [title, *shown, *column.widgets, Label(room, asked, face, middle=True)]


def _title(view: View) -> str:
    return title(view.form, view.language) if view.form else ""


def _row(column: Column, theme: Theme, label: str, value: str, share: _Share, face: Type | Face) -> None:
    """Add one of the three large lines."""
    named_in = MARK if face is _LEAST else Type.LABEL
    named = max(theme.px(share.label), theme.width(label, named_in) + theme.px(16))
    wide = column.place.w - named
    high = max(theme.px(share.row), theme.height(value, face, wide) + theme.px(8))
    row = column.take(high)
    column.add(
        Label(Rect(row.x, row.y, named, high), label, named_in, "ink_soft", middle=True),
        *([Label(Rect(row.x + named, row.y, wide, high), value, face, middle=True)] if value else []),
        Band(Rect(row.x, row.bottom - theme.line_px, row.w, theme.line_px), "line"),
    )


def _notice(column: Column, theme: Theme, text: str, face: Type | Face) -> None:
    wide = column.place.w - theme.px(27 + 44 + 16 + 20)
    high = theme.height(text, face, wide) + theme.px(16)
    column.add(Notice(column.take(high), text, face=face, icon_px=44))
    column.skip(8)


def _page(view: View, area: Area, theme: Theme, texts: Texts, share: _Share) -> tuple[list[Widget], int]:
    """Return the page with its button below, and where it begins; without room the button alone."""
    content, high = area.content, theme.px(89)
    wide = max(theme.px(share.page[0] or 316), theme.width(texts("consent.enlarge"), Type.LEAD) + theme.px(100))
    left = content.right - wide
    foot = content.bottom - theme.px(9 if area.small else 12)
    button = Rect(left, foot - high, wide, high)
    press = Pressed(Outcome.ENLARGE)
    shown: list[Widget] = [
        Button(
            button,
            texts("consent.enlarge"),
            icon="zoom",
            icon_px=36,
            weight=4.5,
            press=press,
            enabled=bool(view.pictures),
        )
    ]
    if share.page[0]:
        page = Rect(left, button.y - theme.px(12) - theme.px(share.page[1]), wide, theme.px(share.page[1]))
        shown.insert(0, page_picture(view, page, texts))
    return shown, left - theme.px(27 if area.small else 48)
