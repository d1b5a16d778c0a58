"""Anything that stops the citizen: what happened, what can be done, who can help, always in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay, Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.troubles import Trouble, WayOn
from kiosk.screens.furniture import Act, Actions, furniture, go, heading, stop
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body, facts, fitting
from kiosk.screens.scenes.trouble_parts import counter_sheet, pictured
from kiosk.screens.theme import Type
from kiosk.screens.widgets.notice import Notice

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_PICTURES: Final = {
    Trouble.CARD_REMOVED: "lay-card",
    Trouble.CARD_UNREADABLE: "card-alone",
    Trouble.CARD_BUSY: "lay-card",
    Trouble.OTHER_CARD: "have-card",
    Trouble.LOCKED: "locked",
    Trouble.PIN_LOCKED: "locked",
    Trouble.READER_LOST: "kiosk-closed",
    Trouble.SIGNING_SLOW: "lay-card",
    Trouble.SIGNATURE_FAULTY: "lay-card",
    Trouble.CHARACTER_UNKNOWN: "by-hand",
    Trouble.SPOOL_FULL: "kiosk-closed",
    Trouble.CLOCK_WRONG: "kiosk-closed",
    Trouble.CITY_REFUSED: "kiosk-closed",
    Trouble.UNEXPECTED: "kiosk-closed",
}
_CARD: Final = "have-card"  # whatever is wrong with a certificate
_REACHED_CITY: Final = frozenset({Trouble.CERTIFICATE_REVOKED, Trouble.CITY_REFUSED})


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the trouble of the view; an unknown one is told as unexpected."""
    trouble = view.trouble or Trouble.UNEXPECTED
    again = view.way_on is WayOn.AGAIN
    place = body(area, theme)
    notice = _notice(trouble, theme, texts, place, again=again)
    above = Rect(place.x, place.y, place.w, notice.rect.y - place.y - theme.px(8))

    def words(room: Rect, *, sheet: bool) -> list[Widget]:
        return _words(view, trouble, theme, texts, room, sheet=sheet)

    sheet = not again
    picture = _PICTURES.get(trouble, _CARD)
    with_sheet = pictured(above, theme, picture, lambda room: words(room, sheet=sheet))
    without = pictured(above, theme, picture, lambda room: words(room, sheet=False))
    return [
        *furniture(view, area, theme, texts, _actions(view, area, texts, trouble, again=again)),
        heading(area, theme, texts(f"trouble.{trouble}.title")),
        *fitting(theme, above, *with_sheet, *without[:1] if area.small else [], without[-1]),
        notice,
    ]


def _actions(view: View, area: Area, texts: Texts, trouble: Trouble, *, again: bool) -> Actions:
    leave = stop(texts("button.stop"), Opened(Overlay.LEAVE))
    by_hand = Pressed(Outcome.BY_HAND)
    if not again:
        hint = "" if area.small else texts("trouble.staff")
        return Actions(main=go(texts("button.end"), Pressed(Outcome.LEAVE)), hint=hint)
    if not view.for_prefill:
        return Actions(back=leave, main=go(texts("trouble.again"), Pressed(Outcome.RETRY)))
    if trouble is Trouble.PIN_LOCKED:
        return Actions(back=leave, main=go(texts("trouble.by_hand"), by_hand))
    retry = go(texts("trouble.again_prefill"), Pressed(Outcome.RETRY))
    return Actions(back=leave, second=Act(texts("trouble.by_hand"), by_hand), main=retry)


def _notice(trouble: Trouble, theme: Theme, texts: Texts, place: Rect, *, again: bool) -> Notice:
    if trouble in _REACHED_CITY:
        text = texts("trouble.refused")
    else:
        text = texts("trouble.nothing_sent" if again else "trouble.erased")
    high = theme.height(text, Type.BODY, place.w - theme.px(103)) + theme.px(12 if theme.small else 30)
    return Notice(Rect(place.x, place.bottom - high, place.w, high), text)


def _words(view: View, trouble: Trouble, theme: Theme, texts: Texts, room: Rect, *, sheet: bool) -> list[Widget]:
    column, gap = Column(theme, room), 4 if theme.small else 16
    known = facts(view) | {"code": str(view.facts.get("incident", ""))}
    what, do, who = (texts(f"trouble.{trouble}.{part}", **known) for part in ("what", "do", "who"))
    column.say(what)
    column.skip(gap)
    column.say(do)
    column.skip(gap)
    if sheet:
        hours = f"{view.place.hours}　{who}"
        counter_sheet(column, theme, texts("trouble.counter"), view.place.counter, hours)
    elif view.way_on is WayOn.AGAIN:
        column.say(who)
    else:
        column.say(f"<b>{view.place.counter}</b>　{who}")
    return column.widgets
