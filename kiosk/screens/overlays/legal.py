"""利用規約, プライバシーポリシー, 著作権情報: read page by page, never scrolled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay
from kiosk.screens.actions import Actions, back, go
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import heading
from kiosk.screens.overlays.cover import covered
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body, facts
from kiosk.screens.scenes.titles import NUMBER
from kiosk.screens.theme import Face, Type
from kiosk.screens.widgets.base import Role
from kiosk.screens.widgets.label import Label

if TYPE_CHECKING:
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme
    from kiosk.screens.widgets.base import Widget

_SENTENCE: Final = re.compile(r"(?<=。)|(?<=[.!?]) ")
_GAP: Final = 16
_SMALL: Final = (Face(28, 42, most=39), Face(28, 40, most=28, small=24))


def arrange(which: Overlay, view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return one page of the text."""
    place = body(area, theme)
    face, pages = _set(texts(f"{which.value}.text", **facts(view)), theme, place)
    number = min(view.overlay_page, len(pages) - 1)
    column = Column(theme, place)
    for block in pages[number]:
        column.say(block, face)
        column.skip(_GAP)
    return [
        *covered(view, area, theme, texts, _actions(which, texts, number, len(pages))),
        *_title(area, theme, texts, which, number, len(pages)),
        *column.widgets,
    ]


def _title(area: Area, theme: Theme, texts: Texts, which: Overlay, number: int, count: int) -> list[Widget]:
    """Return the title, and at its right which page this is."""
    said = texts("page.number", page=number + 1, pages=count)
    wide = theme.width(said, NUMBER) + 1
    place = area.heading
    title = heading(area, theme, texts(f"{which.value}.title"), width=(place.w - wide) / area.factor - 16)
    right = Rect(place.right - wide, place.y, wide, title.rect.h)
    return [title, Label(right, said, NUMBER, "ink_soft", Align.RIGHT, middle=True, role=Role.STATE)]


def _actions(which: Overlay, texts: Texts, number: int, count: int) -> Actions:
    done = Opened(Overlay.SETTINGS)
    before = (
        back(texts("button.previous_page"), Opened(which, number - 1)) if number else back(texts("button.back"), done)
    )
    if number == count - 1:
        return Actions(back=before, main=go(texts("button.close"), done))
    return Actions(back=before, main=go(texts("button.next_page"), Opened(which, number + 1)))


def _set(text: str, theme: Theme, place: Rect) -> tuple[Type | Face, list[list[str]]]:
    """Return the pages and their type: on the 7 inch panel the largest has not room for every sentence."""
    faces = _SMALL if theme.small else (Type.BODY,)
    found = [(face, paginated(text, theme, place, face)) for face in faces]
    whole = (one for one in found if all(_fits(page, theme, place, one[0]) for page in one[1]))
    return next(whole, found[-1])


def paginated(text: str, theme: Theme, place: Rect, face: Type | Face = Type.BODY) -> list[list[str]]:
    """Return pages of blocks, as few as there can be and then as even as they can be."""
    pages = _cut(text, theme, place, face)
    step = theme.face(face).line
    for high in range(place.h - step, step, -step):
        lower = _cut(text, theme, Rect(place.x, place.y, place.w, high), face)
        if len(lower) > len(pages):
            break
        pages = lower
    return pages


def _cut(text: str, theme: Theme, place: Rect, face: Type | Face) -> list[list[str]]:
    """Fill pages one by one; a block goes on over the page only where it is higher than a page by itself."""
    pages: list[list[str]] = [[]]
    for block in re.split(r"\n\s*\n", text.strip()):
        if _fits([*pages[-1], block], theme, place, face):
            pages[-1].append(block)
        elif _fits([block], theme, place, face):
            pages.append([block])
        else:
            _split(block, pages, theme, place, face)
    return [page for page in pages if page]


def _split(block: str, pages: list[list[str]], theme: Theme, place: Rect, face: Type | Face) -> None:
    """Lay a block sentence by sentence."""
    pages.append([])
    for sentence in _sentences(block):
        grown = pages[-1][-1] + sentence if pages[-1] else sentence.lstrip()
        if _fits([grown], theme, place, face) or not pages[-1]:
            pages[-1] = [grown]
        else:
            pages.append([sentence.lstrip()])


def _sentences(block: str) -> list[str]:
    head, newline, rest = block.partition("\n")
    cut = [part for part in _SENTENCE.split(rest) if part]
    spaced = [part if part.endswith("。") or index == 0 else f" {part}" for index, part in enumerate(cut)]
    return [head + newline + "".join(spaced[:1]), *spaced[1:]]


def _fits(blocks: list[str], theme: Theme, place: Rect, face: Type | Face) -> bool:
    high = sum(theme.height(block, face, place.w) for block in blocks)
    return high + theme.px(_GAP) * (len(blocks) - 1) <= place.h
