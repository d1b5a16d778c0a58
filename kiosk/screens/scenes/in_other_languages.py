"""What a scene that hears no touch says to those who do not read its language: instead of its picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.screens.canvas import Canvas
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, fitting
from kiosk.screens.theme import Face
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.picture import Illustration
from kiosk.screens.widgets.surfaces import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_TITLE: Final = Face(28, 38, bold=True, most=28, small=22)
_WHERE: Final = Face(26, 34, most=26, small=22)


@dataclass(frozen=True, slots=True)
class Foreign(Label):
    """A label in another language than its scene's, with the characters of that language's region."""

    language: str = "ja"

    def draw(self, canvas: Canvas) -> None:
        """Draw the words."""
        Label.draw(self, Canvas(canvas.surface, self._own(canvas.theme)))

    def fits(self, theme: Theme) -> bool:
        """Tell whether the words stay within the rectangle."""
        return Label.fits(self, self._own(theme))

    def _own(self, theme: Theme) -> Theme:
        return replace(theme, language=self.language)


def in_other_languages(
    widgets: Sequence[Widget], area: Area, theme: Theme, texts: Mapping[str, Texts], counters: Mapping[str, str]
) -> list[Widget]:
    """Return the widgets with a sheet in the place of their picture, that says what it is in each of `texts`.

    `counters` is where to go instead, by language; a scene without a picture has no room for it.
    """
    picture = next((widget for widget in widgets if isinstance(widget, Illustration)), None)
    if picture is None or not texts:
        return list(widgets)
    pad = theme.px(4 if area.small else 16)
    place = Rect(picture.rect.x, area.content.y + pad, picture.rect.w, area.content.h - 2 * pad)
    ways = [
        partial(_sheet, theme, place, texts, counters, title=title, where=where)
        for title, where in (("out-of-service.title", True), ("header.closed", True), ("header.closed", False))
    ]
    return [*(widget for widget in widgets if widget is not picture), *fitting(theme, place, *ways)]


def _sheet(
    theme: Theme, place: Rect, texts: Mapping[str, Texts], counters: Mapping[str, str], *, title: str, where: bool
) -> list[Widget]:
    pad, gap = (12, 4 if where else 14) if theme.small else (28, 16)
    column = Column(theme, place.inset(theme.px(pad)))
    for language, words in texts.items():
        if column.widgets:
            column.skip(gap)
        own = replace(theme, language=language)
        between = "" if language.startswith("zh") else " "  # Chinese has no spaces
        said = [(words(title).replace("\n", between), _TITLE)]
        if where and counters.get(language):
            said.append((counters[language], _WHERE))
        for text, face in said:
            rect = column.take(own.height(text, face, column.place.w))
            column.add(Foreign(rect, text, face, "ink" if face is _TITLE else "ink_soft", language=language))
    low = max(column.y + theme.px(pad), place.y)
    return [Sheet(Rect(place.x, place.y, place.w, max(place.h, low - place.y))), *column.centred()]
