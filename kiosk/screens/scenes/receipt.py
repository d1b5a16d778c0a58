"""署名済み, 送信待ち, 受付済み: what has become of the application, its number, and its code to take home."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Pressed
from kiosk.journey.map import Outcome
from kiosk.journey.view import ReceiptState, ReceiptView
from kiosk.screens.actions import Actions, go
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import furniture
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import BODIES, Column, facts, fitting, in_the_middle
from kiosk.screens.theme import FIGURE, MARK, Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Phase
from kiosk.screens.widgets.notice import Notice, Tone
from kiosk.screens.widgets.picture import Illustration, QrCode
from kiosk.screens.widgets.surfaces import Sheet
from kiosk.screens.widgets.track import Station, Track

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_TONES: Final = {
    ReceiptState.SIGNED: (Tone.INFO, "clock"),
    ReceiptState.HELD: (Tone.CAUTION, "clock"),
    ReceiptState.ACCEPTED: (Tone.GOOD, "info"),
    ReceiptState.ON_HOLD: (Tone.CAUTION, "clock"),
}
_BY_CITY: Final = frozenset({ReceiptState.ACCEPTED, ReceiptState.ON_HOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """What there is room for: the picture and the code's sheet (px), the second line, the notice below all."""

    picture: int = 0
    code: int
    sub: bool = False
    caption: bool = False
    notice_below: bool = False


_WIDE: Final = (
    _Share(picture=132, code=336, sub=True, caption=True),
    _Share(picture=96, code=336, sub=True, caption=True),
    _Share(code=336, caption=True),
    _Share(code=300, notice_below=True),
)
_LEAST: Final = Face(26, 36, most=26, small=22)
_SMALL: Final = (_Share(code=240), _Share(code=240, notice_below=True))


def arrange(view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return the receipt; without one there is nothing to show but the way on."""
    actions = Actions(main=go(texts("button.end"), Pressed(Outcome.LEAVE)))
    frame = furniture(view, area, theme, texts, actions)
    receipt = view.receipt
    if receipt is None:
        return frame
    shares = _SMALL if area.small else _WIDE
    return [
        *frame,
        *fitting(
            theme,
            area.content,
            *(
                _Receipt(receipt, facts(view), area, theme, texts, share, body).arranged
                for body in (*BODIES, _LEAST)
                for share in shares
            ),
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Receipt:
    """One receipt with what it is laid out by."""

    receipt: ReceiptView
    facts: dict[str, str]
    area: Area
    theme: Theme
    texts: Texts
    share: _Share
    body: Type | Face

    def arranged(self) -> list[Widget]:
        """Return title, track, number and notice at the left, the code at the right."""
        content, px = self.area.content, self.theme.px
        code = px(self.share.code)
        wide = content.w - code - px(16 if self.area.small else 48)
        foot = content.bottom - px(6 if self.area.small else 12)
        column = Column(
            self.theme, Rect(content.x, content.y + px(6 if self.area.small else 20), wide, foot - content.y)
        )
        head = self._head(column)
        self._track(column)
        self._number(column)
        right = self._code(
            Rect(content.right - code, content.y + px(10 if self.area.small else 24), code, foot - content.y - px(24))
        )
        if self.share.notice_below:
            column.y = max(column.y, right[0].rect.bottom + px(8))
            column.place = Rect(content.x, column.place.y, content.w, column.place.h)
        return [*head, *column.widgets, *right, self._notice(column, foot)]

    def _head(self, column: Column) -> list[Widget]:
        """Return picture, title and second line, and move the column below them."""
        px, place, share = self.theme.px, column.place, self.share
        used = px(share.picture + 24) if share.picture else 0
        words = Column(self.theme, Rect(place.x + used, place.y + px(4), place.w - used, place.h))
        words.say(self._said("title"), Type.HEADING, role=Role.TITLE)
        if share.sub:
            words.skip(4)
            words.say(self._said("sub"), self.body)
        column.y = max(words.y + px(4), place.y + px(share.picture)) + px(0 if self.area.small else 16)
        if not share.picture:
            return words.widgets
        name = "accepted" if self.receipt.state is ReceiptState.ACCEPTED else "held"
        picture = Rect(place.x, place.y, px(share.picture), px(share.picture))
        return [Illustration(picture, name), *in_the_middle(words.widgets, picture)]

    def _said(self, part: str) -> str:
        return self.texts(f"receipt.state.{self.receipt.state.value}.{part}", **self.facts)

    def _track(self, column: Column) -> None:
        """Add the stations; at 7 inches the times are left out."""
        texts, receipt = self.texts, self.receipt
        stations = [Station(texts("receipt.signed"), receipt.signed_at, Phase.DONE)]
        if receipt.state is ReceiptState.ACCEPTED:
            stations.append(Station(texts("receipt.accepted"), receipt.received_at, Phase.DONE))
        elif receipt.state is ReceiptState.ON_HOLD:
            stations.append(Station(texts("receipt.on_hold"), texts("receipt.now"), Phase.NOW))
        else:
            stations.append(Station(texts("receipt.waiting"), texts("receipt.now"), Phase.NOW))
            stations.append(Station(texts("receipt.accepted"), texts("receipt.later"), Phase.LATER))
        if self.area.small:
            stations = [replace(station, detail="") for station in stations]
        track = Track(column.take(0), tuple(stations))
        high = track.height(self.theme)
        column.add(Track(Rect(track.rect.x, track.rect.y, track.rect.w, high), tuple(stations)))
        column.y += high
        column.skip(4 if self.area.small else 16)

    def _number(self, column: Column) -> None:
        """Add the sheet with the number; the city alone gives a 受付番号."""
        px, theme = self.theme.px, self.theme
        label = self.texts("receipt.number" if self.receipt.state in _BY_CITY else "receipt.holding_number")
        high = max(px(64 if self.area.small else 112), theme.face(FIGURE).line)
        sheet = column.take(high)
        face = MARK if self.area.small else Type.LABEL
        named = max(px(100 if self.area.small else 184), theme.width(label, face) + px(12))
        left = px(12 if self.area.small else 28)
        number = Rect(sheet.x + left + named, sheet.y, sheet.w - left - named - px(8), high)
        column.add(
            Sheet(sheet),
            Label(Rect(sheet.x + left, sheet.y, named, high), label, face, "ink_soft", middle=True),
            Label(number, self.receipt.number, FIGURE, middle=True, role=Role.STATE),
        )
        column.skip(8 if self.area.small else 16)

    def _notice(self, column: Column, foot: int) -> Widget:
        tone, icon = _TONES[self.receipt.state]
        text = self._said("notice")
        if self.area.small:
            return Label(
                column.take(self.theme.height(text, self.body, column.place.w)), text, self.body, role=Role.NOTICE
            )
        needed = self.theme.height(text, self.body, column.place.w - self.theme.px(27 + 44 + 16 + 20)) + self.theme.px(
            16
        )
        place = Rect(column.place.x, column.y, column.place.w, max(needed, foot - column.y))
        return Notice(place, text, tone, icon, self.body, icon_px=44)

    def _code(self, place: Rect) -> list[Widget]:
        """Return the sheet with the QR code, and what it is for."""
        px, theme = self.theme.px, self.theme
        pad = px(14 if self.area.small else 28)
        side = place.w - 2 * pad
        caption = self._said("caption") if self.share.caption else ""
        words = Rect(place.x + px(12), place.y + px(24) + side + px(24), place.w - px(24), 0)
        high = theme.height(caption, self.body, words.w) if caption else 0
        top = pad if self.area.small else px(24)
        sheet = place if caption else Rect(place.x, place.y, place.w, top + side + top)
        parts: list[Widget] = [Sheet(sheet), QrCode(Rect(place.x + pad, place.y + top, side, side), self.receipt.code)]
        if caption:
            parts.append(Label(Rect(words.x, words.y, words.w, high), caption, self.body, align=Align.CENTRE))
        return parts
