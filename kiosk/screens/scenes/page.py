"""The page that will be signed, as a whole, its upper part, or one enlarged part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screens.canvas import Align
from kiosk.screens.theme import Type
from kiosk.screens.widgets.label import Label
from kiosk.screens.widgets.picture import PagePicture

if TYPE_CHECKING:
    from kiosk.application.picture import Picture
    from kiosk.journey.view import View
    from kiosk.screens.rect import Rect
    from kiosk.screens.texts import Texts
    from kiosk.screens.widgets.base import Widget

MARGIN = 0.06  # the part of the page's width at each side that carries nothing
EDGE = 0.025  # and of its height above and below


def page_picture(view: View, place: Rect, texts: Texts) -> Widget:
    """Return the first page in a place, or its upper part where the place is broader than a page."""
    if not view.pictures:
        return Label(place, texts("consent.preparing"), Type.BODY, "ink_soft", Align.CENTRE, middle=True)
    page = view.pictures[0]
    rows = min(page.height, round(page.width * place.h / place.w))
    if rows >= page.height * 0.9:
        return PagePicture(place, page.width, page.height, page.rgb, texts("consent.page"))
    return PagePicture(place, page.width, rows, page.rgb[: rows * page.width * 3], texts("consent.page"))


def part_of(page: Picture, part: int, parts: int, shape: tuple[int, int]) -> Picture:
    """Return one of the page's parts from top to foot, in the shape (width, height) of its place.

    Parts overlap rather than leave a line out, and the empty margins are cut off.
    """
    left = round(page.width * MARGIN)
    width = page.width - 2 * left
    edge = round(page.height * EDGE)
    whole = page.height - 2 * edge
    high = min(whole, max(-(-whole // parts), round(width * shape[1] / shape[0])))
    top = edge + round((whole - high) * part / max(1, parts - 1))
    rows = (page.rgb[(y * page.width + left) * 3 : (y * page.width + left + width) * 3] for y in range(top, top + high))
    return type(page)(width, high, b"".join(rows))
