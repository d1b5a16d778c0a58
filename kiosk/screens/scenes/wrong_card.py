"""マイナンバーカードではないようです: which card lies there, and what to lay down instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.actions import Actions, back, stop
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, body, fitting
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Pill
from kiosk.screens.widgets.picture import Illustration

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_LAID: Final = 0.212  # where the middle of each card lies in the picture, in parts of its width
_WANTED: Final = 0.76


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the two cards, what to do, and that the kiosk is waiting for it."""
    actions = Actions(
        back=back(texts("button.back"), Pressed(Outcome.BACK)),
        second=stop(texts("button.stop"), Opened(Overlay.LEAVE)),
        hint=texts("wrong-card.hint"),
    )
    sizes = (320, 240, 200, 0) if area.small else (740, 560, 0)
    return [
        *furniture(view, area, theme, texts, actions),
        heading(area, theme, texts("wrong-card.title")),
        *fitting(
            theme,
            area.content,
            *(partial(_arranged, view, area, theme, texts, wide, face) for face in BODIES for wide in sizes),
        ),
    ]


def _arranged(view: View, area: Area, theme: Theme, texts: Texts, wide: int, face: Type | Face) -> list[Widget]:
    column = Column(theme, body(area, theme))
    kind = view.card_kind.value if view.card_kind else "unknown"
    laid = texts("wrong-card.laid", card=texts(f"wrong-card.kind.{kind}"))
    if wide and not area.small:
        _cards(column, theme, theme.px(wide), (laid, texts("wrong-card.wanted")), face)
    else:
        if wide:  # without captions: on a 7 inch panel they would be narrower than their words
            picture = column.take(theme.picture_height("wrong-card", theme.px(wide)))
            column.add(Illustration(picture.centred(theme.px(wide), picture.h), "wrong-card"))
            column.skip(4)
        column.say(laid, face, align=Align.CENTRE)
    column.skip(0 if area.small else 28)
    column.say(texts("wrong-card.do"), face if area.small else Type.LEAD, align=Align.CENTRE)
    column.skip(8 if area.small else 12)
    pill = Pill(column.take(theme.px(64)), texts("wrong-card.awaited"), "here")
    width = pill.width(theme)
    column.add(Pill(pill.rect.centred(width, pill.rect.h), pill.text, pill.lamp))
    return column.centred() if area.small or not wide else column.widgets


def _cards(column: Column, theme: Theme, wide: int, captions: tuple[str, str], face: Type | Face) -> None:
    """Add the picture with its captions, each below its card."""
    high = theme.picture_height("wrong-card", wide)
    picture = column.take(high).centred(wide, high)
    column.skip(4)
    most = round(wide * (_WANTED - _LAID)) - theme.px(16)
    line = max(theme.height(text, face, most) for text in captions)
    below = column.take(line)
    column.add(Illustration(picture, "wrong-card"))
    for text, part in zip(captions, (_LAID, _WANTED), strict=True):
        width = min(most, theme.width(text, face) + 2)
        middle = picture.x + round(wide * part)
        place = Rect(middle - width // 2, below.y, width, line)
        column.add(Label(place, text, face, align=Align.CENTRE))
