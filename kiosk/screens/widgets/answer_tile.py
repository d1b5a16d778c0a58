"""An answer of the review on the 7 inch panel: label above value, pressed as a whole to be changed."""

# ruff: noqa: D102  # what the methods of widgets mean is said once, in base.Widget
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.screens.rect import Rect
from kiosk.screens.theme import Face
from kiosk.screens.widgets.base import Meaning, Role, Widget
from kiosk.screens.widgets.check_row import draw_card
from kiosk.screens.widgets.label import fits
from kiosk.screens.widgets.photo import kept
from kiosk.screens.widgets.shortened import shortened

if TYPE_CHECKING:
    from kiosk.application.picture import Picture
    from kiosk.screens.canvas import Canvas
    from kiosk.screens.theme import Theme

_NAME: Final = Face(24, 26, bold=True, most=26, small=22)
_VALUES: Final = (
    Face(28, 34, bold=True, most=36, small=26),
    Face(26, 30, bold=True, most=30, small=24),
    Face(24, 26, most=26, small=22),
)
# In larger type, before those: what is short grows as far as its tile has room.
_LARGE: Final = (
    Face(30, 38, bold=True, most=48),
    Face(28, 34, bold=True, most=40),
    Face(28, 34, bold=True, most=34),
)
_TOP, _TOP_READ = 3, 9  # design px above the label; a reading stands above its line


@dataclass(frozen=True, slots=True)
class AnswerTile(Widget):
    """What was asked, what was answered, and the pen that changes it; `card` shows that the card gave it."""

    name: str
    value: str
    card: bool = False
    photo: Picture | None = None  # small, at the right
    bare: bool = False  # the answer alone is shown, where there is not room for both
    brief: str = ""  # what is shown of it where it has not room as a whole

    def draw(self, canvas: Canvas) -> None:
        draw_card(canvas, self.rect, chosen=False, pressed=self.pressed)
        size = canvas.px(32)
        if self.press is not None:
            pen = Rect(self.rect.right - canvas.px(14) - size, self.rect.y, size, self.rect.h)
            canvas.icon(pen.centred(size, size), "pen", 4.5, "primary")
        if self.photo is not None:
            kept(canvas, self.photo, self._frame(canvas.theme, self.photo))
        name, words = self._parts(canvas.theme)
        named = self.name and not self.bare
        placed = canvas.text(name, self.name, _NAME, "ink_soft") if named else name
        if self.card and named:
            mark = Rect(placed.right + canvas.px(12), name.y, canvas.px(28), name.h)
            canvas.icon(mark, "card", 4.5, "primary")
        face = self._face(canvas.theme)
        said = shortened(canvas.theme, self.brief or self.value, face, words.size)
        canvas.text(words, said, face, middle=True)

    def _parts(self, theme: Theme) -> tuple[Rect, Rect]:
        """Return the places of label and value."""
        top = theme.px(_TOP_READ if "《" in self.name else _TOP)
        inner = Rect(self.rect.x + theme.px(16), self.rect.y + top, self.rect.w - theme.px(70), self.rect.h)
        if self.photo is not None:
            frame = self._frame(theme, self.photo)
            inner = Rect(inner.x, inner.y, frame.x - theme.px(10) - inner.x, inner.h)
        line = theme.face(_NAME).line if self.name and not self.bare else 0
        name = Rect(inner.x, inner.y, inner.w, line)
        return name, Rect(inner.x, name.bottom, inner.w, self.rect.bottom - theme.px(3) - name.bottom)

    def _frame(self, theme: Theme, photo: Picture) -> Rect:
        """Return the place of the small picture, before the pen."""
        high = self.rect.h - 2 * theme.px(10)
        wide = round(high * photo.width / photo.height)
        return Rect(self.rect.right - theme.px(54) - wide, self.rect.y + theme.px(10), wide, high)

    def _face(self, theme: Theme) -> Face:
        words = self._parts(theme)[1]
        faces = (*_LARGE, *_VALUES) if theme.text_factor > 1 else _VALUES
        shown = self.brief or self.value
        return next((face for face in faces if fits(theme, shown, face, words.w, words.h)), faces[-1])

    def fits(self, theme: Theme) -> bool:
        name, words = self._parts(theme)
        mark = theme.px(40) if self.card else 0
        named = not self.name or self.bare or fits(theme, self.name, _NAME, name.w - mark, name.h)
        return named and fits(theme, self.brief or self.value, self._face(theme), words.w, words.h)

    def meaning(self) -> Meaning:
        role = Role.BUTTON if self.press is not None else Role.PARAGRAPH
        return Meaning(role, f"{self.name}: {self.value}" if self.name else self.value, self.enabled, self.press)

    def radius(self) -> int:
        return 20
