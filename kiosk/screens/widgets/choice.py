"""Choice cards: a form, a way to go on, an action of the staff."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screens.canvas import Align
from kiosk.screens.rect import Rect
from kiosk.screens.theme import CHOICE, DETAIL, Face, Type
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.check_row import draw_card
from kiosk.screens.widgets.label import fits
from kiosk.screens.widgets.marks import Tag

if TYPE_CHECKING:
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

PICTURE_TITLE = Face(36, 56, bold=True, most=46)


@dataclass(frozen=True, slots=True)
class Choice(Widget):
    """A card with an icon at the left, a title, a line of detail, and › where it leads on.

    `details` are the detail's sentences, told also where the card has no room to show them.
    """

    title: str
    detail: str = ""
    icon: str | None = None
    chosen: bool | None = None
    badge: bool = True
    arrow: bool = True
    face: Type | Face = CHOICE
    details: tuple[str, ...] = ()
    below: Face = DETAIL
    aside: int = 0  # panel px at the right for the detail, where it does not stand below

    def draw(self, canvas: Canvas) -> None:
        draw_card(canvas, self.rect, chosen=bool(self.chosen), pressed=self.pressed)
        self._draw_icon(canvas)
        if self.arrow:
            size = canvas.px(36)
            right = Rect(self.rect.right - canvas.px(23) - size, self.rect.y, size, self.rect.h)
            canvas.icon(right.centred(size, size), "next", 6, "primary")
        words = self._words(canvas.theme)
        if self.aside:
            canvas.text(words, self.title, self.face, middle=True)
            place = Rect(words.right, words.y, self.aside, words.h)
            canvas.text(place, self.detail, self.below, "ink_soft", Align.RIGHT, middle=True)
            return
        above = canvas.theme.height(self.title, self.face, words.w)
        below = canvas.theme.height(self.detail, self.below, words.w) if self.detail else 0
        top = self.rect.y + (self.rect.h - above - below) // 2
        canvas.text(Rect(words.x, top, words.w, above), self.title, self.face)
        if self.detail:
            canvas.text(Rect(words.x, top + above, words.w, below), self.detail, self.below, "ink_soft")

    def _draw_icon(self, canvas: Canvas) -> None:
        if self.icon is None:
            return
        if not self.badge:
            size = canvas.px(44)
            place = Rect(self.rect.x + canvas.px(25), self.rect.y, size, self.rect.h)
            canvas.icon(place.centred(size, size), self.icon, 4.5, "primary")
            return
        size = canvas.px(80)
        place = Rect(self.rect.x + canvas.px(27), self.rect.y, size, self.rect.h).centred(size, size)
        canvas.box(place, "primary_tint", radius=canvas.px(16))
        canvas.icon(place.centred(canvas.px(48), canvas.px(48)), self.icon, 4, "primary")

    def _words(self, theme: Theme) -> Rect:
        left = theme.px(27 if self.icon is None else 131 if self.badge else 87)
        right = theme.px(70 if self.arrow else 16) + self.aside
        return Rect(self.rect.x + left, self.rect.y, self.rect.w - left - right, self.rect.h)

    def detail_lines(self, theme: Theme) -> int:
        """Return over how many lines the detail goes below the title; beside it, it counts as one."""
        wide = self._words(theme).w
        if self.aside:
            return 1
        return theme.height(self.detail, self.below, wide) // theme.face(self.below).line if self.detail else 0

    def meaning(self) -> Meaning:
        details = self.details or ((self.detail,) if self.detail else ())
        return Meaning(Role.CHOICE, self.title, self.enabled, self.press, self.chosen, details)

    def radius(self) -> int:
        return 20

    def fits(self, theme: Theme) -> bool:
        words = self._words(theme)
        if self.aside:
            beside = fits(theme, self.detail, self.below, self.aside, words.h)
            return beside and fits(theme, self.title, self.face, words.w, words.h - theme.px(12))
        below = theme.height(self.detail, self.below, words.w) if self.detail else 0
        return fits(theme, self.title, self.face, words.w, words.h - below) and (
            not self.detail or fits(theme, self.detail, self.below, words.w, words.h)
        )


@dataclass(frozen=True, slots=True)
class PictureChoice(Widget):
    """A large card with a picture above a title and its explanation; `tag` stands beside the title."""

    title: str
    detail: str
    picture: str
    tag: str = ""
    picture_px: int = 372

    def draw(self, canvas: Canvas) -> None:
        theme = canvas.theme
        draw_card(canvas, self.rect, chosen=False, pressed=self.pressed)
        wide = canvas.px(self.picture_px)
        high, top = theme.picture_height(self.picture, wide), self.rect.y + canvas.px(23)
        canvas.illustration(Rect(self.rect.centre[0] - wide // 2, top, wide, high), self.picture)
        top += high + canvas.px(4)
        self._draw_title(canvas, top)
        inner = self.rect.inset(canvas.px(16), 0)
        line = theme.face(PICTURE_TITLE).line
        canvas.text(Rect(inner.x, top + line + canvas.px(4), inner.w, 0), self.detail, Type.BODY, align=Align.CENTRE)

    def _draw_title(self, canvas: Canvas, top: int) -> None:
        line = canvas.theme.face(PICTURE_TITLE).line
        if not self.tag:
            place = Rect(self.rect.x, top, self.rect.w, line)
            canvas.text(place, self.title, PICTURE_TITLE, "primary", Align.CENTRE)
            return
        tag = Tag(Rect(0, 0, 0, canvas.px(40)), self.tag, fill="here", word="on_here")
        width, gap = canvas.theme.width(self.title, PICTURE_TITLE), canvas.px(16)
        x = self.rect.x + (self.rect.w - width - gap - tag.width(canvas.theme)) // 2
        canvas.text(Rect(x, top, width, line), self.title, PICTURE_TITLE, "primary")
        tag.at(Rect(x + width + gap, top, tag.width(canvas.theme), line), canvas.theme).draw(canvas)

    def meaning(self) -> Meaning:
        tag = (self.tag,) if self.tag else ()
        return Meaning(Role.CHOICE, self.title, self.enabled, self.press, details=(*tag, self.detail))

    def radius(self) -> int:
        return 20

    def fits(self, theme: Theme) -> bool:
        wide = theme.px(self.picture_px)
        used = theme.px(31) + theme.picture_height(self.picture, wide) + theme.face(PICTURE_TITLE).line
        return fits(theme, self.detail, Type.BODY, self.rect.w - 2 * theme.px(16), self.rect.h - used - theme.px(8))
