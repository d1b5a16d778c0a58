"""カードの情報で入力を省けます: let the card fill in the form, or fill it in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.screens.furniture import heading
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import body, fitting
from kiosk.screens.scenes.ways import framed
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.choice import Choice, PictureChoice
from kiosk.screens.widgets.notice import Notice

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_GAP: Final = 16
_DENSE: Final = Face(32, 42, bold=True, most=44)
_LEAST: Final = Face(28, 36, bold=True, most=36)
_HINT_FACE: Final = Face(26, 36, most=34)


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the two cards and, below them, what is never read."""
    hint = "" if area.small else texts("prefill-offer.hint")
    place = body(area, theme)
    if area.low:
        return _low(view, area, theme, texts)
    looks = ((372, Type.BODY), (300, Type.BODY), (220, Type.BODY), (0, Type.BODY), (0, _HINT_FACE), (-1, _HINT_FACE))
    return [
        *framed(view, area, theme, texts, hint=hint),
        heading(area, theme, texts("prefill-offer.title"), up=10 if area.small else 0),
        *fitting(
            theme,
            area.content,
            *(lambda look=look: _offered(theme, texts, place, *look) for look in looks[3 if area.small else 0 :]),
        ),
    ]


def _low(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return what is read above and the two cards below."""
    title = heading(area, theme, texts("prefill-offer.title"))
    top = title.rect.bottom + theme.px(12)
    notice = Rect(area.reading.x, top, area.reading.w, area.reading.bottom - top)
    faces = (Type.BODY, _HINT_FACE, Face(24, 32, most=28))
    told = [Notice(notice, texts("prefill-offer.notice"), icon="shield", face=face) for face in faces]
    left, right = area.controls.columns(2, theme.px(_GAP))
    return [
        *framed(view, area, theme, texts),
        title,
        next((said for said in told if said.fits(theme)), told[-1]),
        *fitting(theme, area.controls, *(lambda px=px: _cards(texts, left, right, px) for px in (0, -1))),
    ]


def _offered(theme: Theme, texts: Texts, place: Rect, picture_px: int, face: Type | Face) -> list[Widget]:
    notice = texts("prefill-offer.notice")
    inner = place.w - theme.px(103)
    high = theme.height(notice, face, inner) + theme.px(30 if picture_px > 0 else 10)
    low = Rect(place.x, place.bottom - high, place.w, high)
    cards = Rect(place.x, place.y, place.w, low.y - theme.px(_GAP if picture_px > 0 else 8) - place.y)
    left, right = cards.columns(2, theme.px(_GAP))
    return [
        *_cards(texts, left, right, picture_px),
        Notice(low, notice, icon="shield", face=face),
    ]


def _cards(texts: Texts, left: Rect, right: Rect, picture_px: int) -> list[Widget]:
    card, hand = texts("prefill-offer.card"), texts("prefill-offer.hand")
    card_text, hand_text = texts("prefill-offer.card_text"), texts("prefill-offer.hand_text")
    by_card, by_hand = Pressed(Outcome.BY_CARD), Pressed(Outcome.BY_HAND)
    if picture_px > 0:
        tag = texts("prefill-offer.recommended")
        return [
            PictureChoice(left, card, card_text, "prefill", tag, picture_px, press=by_card),
            PictureChoice(right, hand, hand_text, "by-hand", picture_px=picture_px, press=by_hand),
        ]
    if picture_px < 0:  # no room for anything but the two ways
        card_text = hand_text = ""
    face = _DENSE if card_text else _LEAST
    return [
        Choice(left, card, card_text, arrow=False, face=face, press=by_card),
        Choice(right, hand, hand_text, arrow=False, face=face, press=by_hand),
    ]
