"""What the scenes of trouble share: the picture that gives way, the counter in this building, the tries left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import beside, in_the_middle
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.figure import Figure
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.marks import Pips
from kiosk.screens.widgets.picture import Icon
from kiosk.screens.widgets.surfaces import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.screens.scenes.flow import Arrangement, Column
    from kiosk.screens.theme import Theme

COUNTER = Face(42, 58, bold=True, most=56, small=32)
_TRIES = Face(36, 96, bold=True, most=56, small=28)
TRIES_LEFT = Face(92, 96, bold=True, fixed=True, most=92, small=56)


def pictured(
    place: Rect, theme: Theme, name: str, words: Callable[[Rect], Arrangement], wide: int = 390, gap: int = 58
) -> list[Callable[[], Arrangement]]:
    """Return attempts: the words beside the picture, both in the middle, beside a smaller one, and alone."""

    def with_picture(size: int) -> Arrangement:
        picture, room = beside(place, theme, name, size, gap)
        return [picture, *in_the_middle(words(room), room)]

    sizes = (200,) if theme.small else (wide, wide * 2 // 3)
    return [*(partial(with_picture, size) for size in sizes), partial(words, place)]


def counter_sheet(
    column: Column, theme: Theme, label: str, counter: str, below: str, face: Type | Face = Type.BODY
) -> None:
    """Add the sheet that says where in this building help is found."""
    pad, mark = theme.px(12 if theme.small else 24), theme.px(56 if theme.small else 72)
    wide = column.place.w - 2 * pad - mark - theme.px(28)
    faces: tuple[tuple[str, Type | Face, str], ...] = (
        (label, Type.LABEL, "ink_soft"),
        (counter, COUNTER, "ink"),
        (below, face, "ink"),
    )
    highs = [theme.height(text, set_in, wide) if text else 0 for text, set_in, _ in faces]
    sheet = column.take(sum(highs) + 2 * pad)
    column.add(Sheet(sheet))
    column.add(Icon(Rect(sheet.x + pad, sheet.y, mark, sheet.h).centred(mark, mark), "hall", 3.5))
    y = sheet.y + pad
    for (text, set_in, colour), high in zip(faces, highs, strict=True):
        if text:
            column.add(Label(Rect(sheet.x + pad + mark + theme.px(28), y, wide, high), text, set_in, colour))
        y += high


def tries_sheet(column: Column, theme: Theme, label: str, tries: str, left: int, most: int) -> None:
    """Add the sheet with the number of tries left and one dot for each; `tries` has its number in bold."""
    pad = theme.px(16 if theme.small else 40)
    line = theme.face(TRIES_LEFT).line
    top, room = theme.px(4 if theme.small else 18), theme.px(4 if theme.small else 20)
    sheet = column.take(top + theme.face(Type.LABEL).line + line + room)
    pips = theme.px(32 * most + 12 * (most - 1))
    words = Rect(sheet.x + pad, sheet.y + top, sheet.w - 2 * pad, theme.face(Type.LABEL).line)
    figure = Rect(words.x, words.bottom, words.w - pips - theme.px(16), line)
    beside = theme.width(label, Type.LABEL) <= words.w - pips - theme.px(16)
    row = sheet if beside else figure
    dots = Rect(words.right - pips, row.y, pips, row.h).centred(pips, theme.px(32))
    column.add(
        Sheet(sheet),
        Label(words, label, Type.LABEL, "ink_soft"),
        Figure(figure, tries, _TRIES, TRIES_LEFT, large_colour="primary", gap=10),
        Pips(dots, left, most),
    )
