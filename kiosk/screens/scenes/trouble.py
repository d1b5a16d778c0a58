"""Anything that stops the citizen: what happened, what can be done, who can help, always in this order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.troubles import Trouble, WayOn
from kiosk.screens.actions import Act, Actions, go, stop
from kiosk.screens.furniture import furniture, heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, body, each_above, facts, fitting
from kiosk.screens.scenes.trouble_parts import counter_sheet, pictured
from kiosk.screens.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.scenes.flow import Arrangement
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Face, Theme, Type
    from kiosk.screens.widgets.base import Widget

_PICTURES: Final = {
    Trouble.CARD_REMOVED: "lay-card",
    Trouble.CARD_UNREADABLE: "card-alone",
    Trouble.CARD_BUSY: "lay-card",
    Trouble.OTHER_CARD: "have-card",
    Trouble.LOCKED: "locked",
    Trouble.PIN_LOCKED: "locked",
    Trouble.PIN_LAST_TRY: "locked",
    Trouble.READER_LOST: "kiosk-closed",
    Trouble.SIGNING_SLOW: "lay-card",
    Trouble.SIGNATURE_FAULTY: "lay-card",
    Trouble.CHARACTER_UNKNOWN: "by-hand",
    Trouble.SPOOL_FULL: "kiosk-closed",
    Trouble.CLOCK_WRONG: "kiosk-closed",
    Trouble.CITY_REFUSED: "kiosk-closed",
    Trouble.UNEXPECTED: "kiosk-closed",
}
_LARGE: Final = 1.2
_CARD: Final = "have-card"  # whatever is wrong with a certificate
_WITHOUT_PIN: Final = frozenset({Trouble.PIN_LOCKED, Trouble.PIN_LAST_TRY})
_REACHED_CITY: Final = frozenset({Trouble.CERTIFICATE_REVOKED, Trouble.CITY_REFUSED})


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the trouble of the view; an unknown one is told as unexpected."""
    trouble = view.trouble or Trouble.UNEXPECTED
    again = view.way_on is WayOn.AGAIN
    attempts = [
        attempt for face in BODIES for attempt in _attempts(view, trouble, theme, texts, body(area, theme), face)
    ]
    return [
        *furniture(view, area, theme, texts, _actions(view, theme, texts, trouble, again=again)),
        heading(area, theme, texts(f"trouble.{trouble}.title")),
        *fitting(theme, area.content, *attempts),
    ]


def _attempts(
    view: View, trouble: Trouble, theme: Theme, texts: Texts, place: Rect, face: Type | Face
) -> list[Callable[[], Arrangement]]:
    """Return the ways to lay it in one size of body: the picture gives way, then the sheet of the counter."""
    again = view.way_on is WayOn.AGAIN
    notice = _notice(trouble, theme, texts, place, face, again=again)
    room = Rect(place.x, place.y, place.w, notice.rect.y - place.y - theme.px(8))

    def words(rect: Rect, *, sheet: bool) -> Arrangement:
        return _words(view, trouble, theme, texts, rect, face, sheet=sheet)

    picture = _PICTURES.get(trouble, _CARD)
    ways = pictured(room, theme, picture, partial(words, sheet=not again))
    if not again:
        ways.append(partial(words, room, sheet=False))
    return each_above(ways, notice, theme.px(8))


def _actions(view: View, theme: Theme, texts: Texts, trouble: Trouble, *, again: bool) -> Actions:
    leave = stop(texts("button.stop"), Opened(Overlay.LEAVE))
    by_hand = Pressed(Outcome.BY_HAND)
    if not again:
        hint = "" if theme.small or theme.text_factor > _LARGE else texts("trouble.staff")
        return Actions(main=go(texts("button.end"), Pressed(Outcome.LEAVE)), hint=hint)
    if not view.for_prefill:
        return Actions(back=leave, main=go(texts("trouble.again"), Pressed(Outcome.RETRY)))
    if trouble in _WITHOUT_PIN:
        return Actions(back=leave, main=go(texts("trouble.by_hand"), by_hand))
    retry, other = go(texts("trouble.again_prefill"), Pressed(Outcome.RETRY)), Act(texts("trouble.by_hand"), by_hand)
    if theme.small or theme.text_factor > _LARGE:
        return Actions(back=other, main=retry)
    return Actions(back=leave, second=other, main=retry)


def _notice(trouble: Trouble, theme: Theme, texts: Texts, place: Rect, face: Type | Face, *, again: bool) -> Notice:
    if trouble in _REACHED_CITY:
        text = texts("trouble.refused")
    else:
        text = texts("trouble.nothing_sent" if again else "trouble.erased")
    high = theme.height(text, face, place.w - theme.px(103)) + theme.px(12 if theme.small else 30)
    return Notice(Rect(place.x, place.bottom - high, place.w, high), text, face=face)


def _words(
    view: View, trouble: Trouble, theme: Theme, texts: Texts, room: Rect, face: Type | Face, *, sheet: bool
) -> Arrangement:
    column, gap = Column(theme, room), 4 if theme.small else 16
    known = facts(view) | {"code": str(view.facts.get("incident", ""))}
    what, do, who = (texts(f"trouble.{trouble}.{part}", **known) for part in ("what", "do", "who"))
    column.say(what, face)
    column.skip(gap)
    column.say(do, face)
    column.skip(gap)
    if sheet:
        below = texts("trouble.beside", hours=view.place.hours, who=who)
        counter_sheet(column, theme, texts("trouble.counter"), view.place.counter, below, face)
    elif view.way_on is WayOn.AGAIN:
        column.say(who, face)
    else:
        column.say(texts("trouble.at_counter", counter=view.place.counter, who=who), face)
    return column.widgets
