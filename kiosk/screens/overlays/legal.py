"""利用規約, プライバシーポリシー, 著作権情報: read page by page, never scrolled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kiosk.journey.events import Opened, Overlay
from kiosk.screens.canvas import Align
from kiosk.screens.furniture import Actions, back, go, heading
from kiosk.screens.overlays.cover import covered
from kiosk.screens.rect import Rect
from kiosk.screens.scenes.flow import Column, body, facts
from kiosk.screens.theme import Type
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


def arrange(which: Overlay, view: View, area: Area, theme: Theme, texts: Texts) -> list[Widget]:
    """Return one page of the text."""
    place = body(area, theme)
    pages = paginated(texts(f"{which.value}.text", **facts(view)), theme, place)
    number = min(view.overlay_page, len(pages) - 1)
    column = Column(theme, place)
    for block in pages[number]:
        column.say(block)
        column.skip(_GAP)
    return [
        *covered(view, area, theme, texts, _actions(which, texts, number, len(pages))),
        *_title(area, theme, texts, which, number, len(pages)),
        *column.widgets,
    ]


def _title(area: Area, theme: Theme, texts: Texts, which: Overlay, number: int, count: int) -> list[Widget]:
    """Return the title, and at its right which page this is."""
    said = texts("page.number", page=number + 1, pages=count)
    wide = theme.width(said, Type.BODY) + 1
    place = area.heading
    title = heading(area, theme, texts(f"{which.value}.title"), width=(place.w - wide) / area.factor - 16)
    right = Rect(place.right - wide, place.y, wide, title.rect.h)
    return [title, Label(right, said, Type.BODY, "ink_soft", Align.RIGHT, middle=True, role=Role.STATE)]


def _actions(which: Overlay, texts: Texts, number: int, count: int) -> Actions:
    done = Opened(Overlay.SETTINGS)
    before = (
        back(texts("button.previous_page"), Opened(which, number - 1)) if number else back(texts("button.back"), done)
    )
    if number == count - 1:
        return Actions(back=before, main=go(texts("button.close"), done))
    return Actions(back=before, main=go(texts("button.next_page"), Opened(which, number + 1)))


def paginated(text: str, theme: Theme, place: Rect) -> list[list[str]]:
    """Return pages of blocks; a block goes on over the page only where it is higher than a page by itself."""
    pages: list[list[str]] = [[]]
    for block in re.split(r"\n\s*\n", text.strip()):
        if _fits([*pages[-1], block], theme, place):
            pages[-1].append(block)
        elif _fits([block], theme, place):
            pages.append([block])
        else:
            _split(block, pages, theme, place)
    return [page for page in pages if page]


def _split(block: str, pages: list[list[str]], theme: Theme, place: Rect) -> None:
    """Lay a block sentence by sentence."""
    pages.append([])
    for sentence in _sentences(block):
        grown = pages[-1][-1] + sentence if pages[-1] else sentence.lstrip()
        if _fits([grown], theme, place) or not pages[-1]:
            pages[-1] = [grown]
        else:
            pages.append([sentence.lstrip()])


def _sentences(block: str) -> list[str]:
    head, newline, rest = block.partition("\n")
    cut = [part for part in _SENTENCE.split(rest) if part]
    spaced = [part if part.endswith("。") or index == 0 else f" {part}" for index, part in enumerate(cut)]
    return [head + newline + "".join(spaced[:1]), *spaced[1:]]


def _fits(blocks: list[str], theme: Theme, place: Rect) -> bool:
    high = sum(theme.height(block, Type.BODY, place.w) for block in blocks)
    return high + theme.px(_GAP) * (len(blocks) - 1) <= place.h
