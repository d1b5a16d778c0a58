"""Outside the opening hours: when the kiosk opens again, and the counter's hours; nothing moves."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.hours import JAPAN
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, facts, fitting
from kiosk.screens.scenes.trouble_parts import counter_sheet
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.picture import Illustration

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_TITLE: Final = Face(60, 82, bold=True, most=60, small=40)


def arranged(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the words, with the picture beside them where it has room; the most needed are kept to the last."""
    sizes = (0,) if area.small else (480, 400, 0)
    full = (partial(_words, view, area, theme, texts, wide, face) for face in BODIES for wide in sizes)
    short = (partial(_words, view, area, theme, texts, 0, face, full=False) for face in BODIES)
    bare = (partial(_words, view, area, theme, texts, 0, face, full=False, counter=False) for face in BODIES)
    return fitting(theme, area.content, *full, *short, *bare)


def _words(
    view: View,
    area: Area,
    theme: Theme,
    texts: Texts,
    wide: int,
    face: Type | Face,
    *,
    full: bool = True,
    counter: bool = True,
) -> list[Widget]:
    place, width = area.content.inset(0, theme.px(8)), theme.px(wide)
    parts: list[Widget] = []
    if wide:
        high = theme.picture_height("kiosk", width)
        left = place.right - width
        parts.append(Illustration(Rect(left, place.y + (place.h - high) // 2, width, high), "kiosk"))
        place = Rect(place.x, place.y, left - place.x - theme.px(16), place.h)
    column = Column(theme, place)
    column.say(texts("closed.title" if full else "closed.title_short"), _TITLE, role=Role.TITLE)
    column.skip(4 if area.small else 16)
    opens = next_opening(view, texts)
    if opens:
        column.say(opens, Type.LEAD)
        column.skip(4 if area.small else 12)
    if full or not counter:
        column.say(texts("out-of-service.reason.hours", **facts(view)), face)
        column.skip(8 if area.small else 24)
    if counter:
        counter_sheet(column, theme, texts("closed.counter"), view.place.counter, view.place.hours, face)
    return [*parts, *column.centred()]


def next_opening(view: View, texts: Texts) -> str:
    """Return the sentence that says when the kiosk opens again, nothing where that is not known."""
    told = str(view.facts.get("opens", ""))
    if not told:
        return ""
    opens = datetime.strptime(told, "%Y-%m-%dT%H:%M").replace(tzinfo=JAPAN)
    weekday = texts(f"closed.weekday.{opens.isoweekday()}")
    day = texts("closed.day", month=opens.month, day=opens.day, weekday=weekday)
    return texts("closed.opens", day=day, time=f"{opens.hour}:{opens.minute:02}")
