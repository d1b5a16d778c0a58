"""Notices: a sentence with an icon on a tint."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.label import fits

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme


class Tone(StrEnum):
    """What a notice is about."""

    INFO = "info"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"


class _Look(NamedTuple):
    fill: str
    border: str
    icon: str
    drawing: str


_LOOKS: Final = {
    Tone.INFO: _Look("primary_tint", "primary", "primary", "info"),
    Tone.GOOD: _Look("success_tint", "success", "success", "check"),
    Tone.CAUTION: _Look("caution_tint", "here", "caution", "warn"),
    Tone.BAD: _Look("danger_tint", "danger", "danger", "cross"),
}


@dataclass(frozen=True, slots=True)
class Notice(Widget):
    """A sentence that must not be missed."""

    text: str
    tone: Tone = Tone.INFO
    icon: str | None = None
    face: Type | Face = Type.BODY
    icon_px: int = 40

    def draw(self, canvas: Canvas) -> None:
        look = _LOOKS[self.tone]
        stark = canvas.theme.stark
        border = "edge" if stark else look.border
        canvas.box(self.rect, look.fill, border, canvas.px(4 if stark else 3), canvas.px(16))
        size = canvas.px(self.icon_px)
        place = Rect(self.rect.x + canvas.px(27), self.rect.y, size, self.rect.h).centred(size, size)
        canvas.icon(place, self.icon or look.drawing, 4.5, look.icon)
        canvas.text(self._words(canvas.theme), self.text, self.face, middle=True)

    def _words(self, theme: Theme) -> Rect:
        used = theme.px(27 + self.icon_px + 16)
        return Rect(self.rect.x + used, self.rect.y, self.rect.w - used - theme.px(20), self.rect.h)

    def meaning(self) -> Meaning:
        return Meaning(Role.NOTICE, self.text)

    def fits(self, theme: Theme) -> bool:
        words = self._words(theme)
        return fits(theme, self.text, self.face, words.w, words.h - 2 * theme.px(3))
